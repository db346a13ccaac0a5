/** A clock that stands still until a test moves it. */
export interface FakeClock {
  /** The time in milliseconds since the epoch; may be passed on without its clock. */
  readonly now: () => number;
  readonly advance: (by: { readonly seconds: number }) => void;
  /** Sets the time, backwards too, in milliseconds since the epoch. */
  readonly set: (time: number) => void;
}

// The very beginning of a time step of 30 seconds.
const defaultStart = 1_800_000_000_000;

/** Makes a clock that shows `start`, in milliseconds since the epoch. */
export function fakeClock(start: number = defaultStart): FakeClock {
  let time = start;
  return {
    now: () => time,
    advance: ({ seconds }) => {
      time += seconds * 1000;
    },
    set: (to) => {
      time = to;
    },
  };
}

import { say } from "../../../words/say";
import { readWhole } from "./read-whole";

/** What a duration is counted in. */
export type Unit = keyof typeof SECONDS;

/** A duration as a person types it. */
export interface Duration {
  readonly amount: string;
  readonly unit: Unit;
}

const SECONDS = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 } as const;
/** The largest number that the server takes. */
const LARGEST = 2 ** 31 - 1;

/** Every unit, the longest one last. */
export const UNITS: readonly Unit[] = ["seconds", "minutes", "hours", "days"];

/** How many of each unit can be kept. */
export const LONGEST: Readonly<Record<Unit, number>> = {
  days: Math.floor(LARGEST / SECONDS.days),
  hours: Math.floor(LARGEST / SECONDS.hours),
  minutes: Math.floor(LARGEST / SECONDS.minutes),
  seconds: LARGEST,
};

/** Seconds in the longest unit that counts them whole; a day is written as 24 hours. */
export function durationOf(seconds: number): Duration {
  const unit =
    (["days", "hours", "minutes"] as const).find(
      (each) => seconds % SECONDS[each] === 0 && (each !== "days" || seconds > SECONDS.days),
    ) ?? "seconds";
  return { amount: String(seconds / SECONDS[unit]), unit };
}

/** How many seconds a duration without faults has. */
export function secondsOf({ amount, unit }: Duration): number {
  return Number(readWhole(amount)) * SECONDS[unit];
}

/** Writes a duration in words. */
export function writeDuration(seconds: number): string {
  const { amount, unit } = durationOf(seconds);
  return say.policy.duration(Number(amount), unit);
}

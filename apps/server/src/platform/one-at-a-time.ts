import { Refusal } from "./problem.js";

/** One work after the other. With patience, whose turn does not come within so many milliseconds is told so in time. */
export function oneAtATime(): <T>(work: () => Promise<T>, patience?: number) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (work, patience) => {
    const turn = patience === undefined ? tail : inTime(tail, patience);
    const result = turn.then(work);
    // Whoever gave up does not let the next one go before those ahead have ended.
    tail = Promise.allSettled([tail, result]).then(() => undefined);
    return result;
  };
}

function inTime(turn: Promise<unknown>, patience: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new Refusal("UNAVAILABLE", { retryAfterSeconds: 5 }));
    const late = setTimeout(refuse, patience);
    void turn.then(() => {
      clearTimeout(late);
      resolve();
    });
  });
}

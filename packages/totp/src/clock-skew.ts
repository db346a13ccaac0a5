import type { TotpSecret } from "./secret.js";
import { findStep, STEP_SECONDS, timeStep, WINDOW_STEPS } from "./time-step.js";
import { normalizeCode } from "./totp.js";

/**
 * Tells by how many seconds the clock of the device that showed a code seems to be off, in whole
 * steps of 30 and within one step of the truth: positive if it is ahead.
 *
 * Null if the code is malformed, matches no step nearby, or matches within the window: then the
 * clock is not the trouble.
 *
 * For a hint during enrollment only. It says which wrong codes are nearly right: shown for a
 * confirmed factor, it would help a guesser. It never makes a code valid, and may be mistaken: a
 * random code matches one of 41 steps with a chance of 1 in 24,000.
 *
 * @param at - The server's time in epoch milliseconds.
 * @param searchSteps - How many steps to search either side; 20 are ten minutes. Each step costs
 * a computed code.
 * @throws RangeError if `at` is no moment since 1970.
 */
export function clockSkewSeconds(
  secret: TotpSecret,
  code: string,
  { at, searchSteps = 20 }: { at: number; searchSteps?: number },
): number | null {
  const current = timeStep(at);
  const digits = normalizeCode(code);
  if (digits === null) return null;
  const step = findStep(secret, digits, nearestFirst(current, searchSteps));
  if (step === undefined || Math.abs(step - current) <= WINDOW_STEPS) return null;
  return (step - current) * STEP_SECONDS;
}

function nearestFirst(current: number, searchSteps: number): number[] {
  const distances = Array.from({ length: searchSteps }, (_, index) => index + 1);
  const around = distances.flatMap((distance) => [current - distance, current + distance]);
  return [current, ...around].filter((step) => step >= 0);
}

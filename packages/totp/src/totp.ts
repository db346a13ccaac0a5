import type { TotpSecret } from "./secret.js";
import { findStep, timeStep, WINDOW_STEPS } from "./time-step.js";

/**
 * Verifies a code against the step of `at` and one step either side, and answers the step it
 * belongs to, or null: malformed, wrong, used and outside the window look the same.
 *
 * Implements RFC 6238 with SHA-1, six digits and steps of 30 seconds. Steps up to `lastUsedStep`
 * are refused (section 5.2), also after the clock was set back. Where steps of the window share
 * a code, the latest counts, so that its digits are spent for all of them.
 *
 * Store the step before anything is granted, by an update that demands a greater one than is
 * stored: only then does a code work once among requests at the same time. Count failures
 * yourself: a guess hits with a chance of three in a million.
 *
 * @param at - The server's time in epoch milliseconds.
 * @param lastUsedStep - The step stored last; null if no code of this secret was ever accepted.
 * @throws RangeError if `at` is no moment since 1970.
 */
export function verifyTotp(
  secret: TotpSecret,
  code: string,
  { at, lastUsedStep }: { at: number; lastUsedStep: number | null },
): { step: number } | null {
  const current = timeStep(at);
  const digits = normalizeCode(code);
  if (digits === null) return null;
  const unused = stepsAround(current).filter((step) => isUnused(step, lastUsedStep));
  const step = findStep(secret, digits, unused);
  return step === undefined ? null : { step };
}

/**
 * Drops spaces from a typed code and answers its six ASCII digits, or null for anything else.
 *
 * Spaces are those of Unicode's category Zs, which a paste brings along. Other digits than
 * ASCII, tabs, line breaks, and at run time whatever is no string, are refused.
 */
export function normalizeCode(code: string): string | null {
  if (typeof code !== "string") return null;
  const digits = code.replace(/\p{Zs}/gu, "");
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}

function stepsAround(current: number): number[] {
  const latest = current + WINDOW_STEPS;
  const size = 2 * WINDOW_STEPS + 1;
  return Array.from({ length: size }, (_, back) => latest - back).filter((step) => step >= 0);
}

// An undefined or a NaN compares false: what a caller forgot is refused, not accepted.
function isUnused(step: number, lastUsedStep: number | null): boolean {
  return lastUsedStep === null || step > lastUsedStep;
}

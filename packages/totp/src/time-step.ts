import { crypto } from "@otplib/plugin-crypto-node";
import { createGuardrails, generateSync, ScureBase32Plugin } from "otplib";
import type { TotpSecret } from "./secret.js";

/** The length of a time step in seconds (RFC 6238, section 4.1). */
export const STEP_SECONDS = 30;

/** How many steps either side of the current one are accepted (RFC 6238, section 5.2). */
export const WINDOW_STEPS = 1;

const base32 = new ScureBase32Plugin();
// Else otplib builds them anew for each code.
const guardrails = createGuardrails();

/**
 * Counts the whole time steps from 1970 to a moment.
 *
 * @param at - Epoch milliseconds.
 * @throws RangeError if `at` is no moment since 1970: a mistake of the caller, never of a user.
 */
export function timeStep(at: number): number {
  if (!Number.isFinite(at) || at < 0) throw new RangeError("`at` must be epoch milliseconds");
  return Math.floor(at / 1000 / STEP_SECONDS);
}

/**
 * Finds the first of the given steps whose code is `digits`, comparing in constant time.
 *
 * @param digits - Six ASCII digits, already normalized.
 */
export function findStep(secret: TotpSecret, digits: string, steps: readonly number[]): number | undefined {
  const key = base32.decode(secret);
  return steps.find((step) => crypto.constantTimeEqual(codeOfStep(key, step), digits));
}

// otplib's own `verify` is not used: it answers the earliest of several matching steps, which
// leaves the same digits valid for the later one, and it throws after the clock was set back.
function codeOfStep(key: Uint8Array, step: number): string {
  return generateSync({ secret: key, epoch: step * STEP_SECONDS, crypto, guardrails });
}

import type { SecurityPolicy } from "../policy/policy.policy.js";
import { isLocked, type Lock } from "./account.policy.js";
import type { Role } from "./account-kind.js";

/** An attempt that nobody decides within this time no longer counts (a process died with it). */
const LAPSE = 30_000;
/** After so many wrong verification codes since the last right one, none is compared. */
export const CODE_BUDGET = 100;

/** The counters of an account, or of a login name that no account bears. */
export interface Counters extends Lock {
  readonly failedAttempts: number;
  /** One entry an attempt taken and not yet decided, oldest first: `time-tag,`, of one width. */
  readonly undecidedAttempts: string;
}

/** The counters of a name that nobody tried yet. */
export const NO_ATTEMPTS: Counters = {
  failedAttempts: 0,
  undecidedAttempts: "",
  lockedAt: null,
  lockedUntil: null,
};

export type AttemptDecision =
  | { readonly state: "locked"; readonly lockedUntil: number | null }
  | { readonly state: "full"; readonly retryAfterSeconds: number }
  | { readonly state: "taken"; readonly counters: Counters; readonly entry: string };

/**
 * Decides whether one more attempt may be made. Attempts that are not decided yet never lock, but stand in for
 * failures until they are: so no more than the limit are ever compared.
 *
 * @param tag four characters that tell attempts of one millisecond apart
 */
export function decideAttempt(
  counters: Counters,
  {
    policy,
    role,
    now,
    tag,
  }: { policy: Pick<SecurityPolicy, "maximumFailedAttempts">; role: Role | null; now: number; tag: string },
): AttemptDecision {
  if (isLocked(counters, role, now)) return { state: "locked", lockedUntil: counters.lockedUntil };
  const lockEnded = counters.lockedAt !== null;
  // A limit that was lowered below what had failed already leaves one attempt.
  const failed = lockEnded ? 0 : Math.min(counters.failedAttempts, policy.maximumFailedAttempts - 1);
  const undecided = entriesOf(counters.undecidedAttempts).filter((entry) => timeOf(entry) + LAPSE > now);
  if (failed + undecided.length >= policy.maximumFailedAttempts)
    return { state: "full", retryAfterSeconds: 1 };
  const entry = `${String(now).padStart(14, "0")}-${tag},`;
  const undecidedAttempts = [...undecided, entry].join("");
  return {
    state: "taken",
    entry,
    counters: { failedAttempts: failed, undecidedAttempts, lockedAt: null, lockedUntil: null },
  };
}

function entriesOf(undecided: string): string[] {
  return undecided
    .split(",")
    .slice(0, -1)
    .map((entry) => `${entry},`);
}

function timeOf(entry: string): number {
  return Number(entry.slice(0, 14));
}

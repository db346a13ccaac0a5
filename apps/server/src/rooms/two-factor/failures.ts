import type { MessageLocale } from "../../platform/locale.js";
import { unreachable } from "../../platform/problem.js";
import { type Failure, failure } from "../../platform/user-error.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import type { NotProven } from "./prove.js";
import type { TwoFactorAvailability } from "./two-factor.policy.js";

/** A lock, told with its count and its minutes. */
export interface AccountLockedFailure extends Failure<"ACCOUNT_LOCKED"> {
  readonly lockedUntil: number | null;
}

/** A wrong code; `clockSkewSeconds` is a hint for enrolling alone. */
export interface InvalidVerificationCodeFailure extends Failure<"INVALID_VERIFICATION_CODE"> {
  readonly clockSkewSeconds: number | null;
}

/** The failures of whatever asks for a proof. */
export type ProofFailure<Changed> =
  | AccountLockedFailure
  | InvalidVerificationCodeFailure
  | Failure<"TWO_FACTOR_UNREADABLE">
  | Changed;

/** Says that neither password nor code is compared. */
export function accountLocked(
  lockedUntil: number | null,
  policy: SecurityPolicy,
  locale: MessageLocale,
): AccountLockedFailure {
  const minutes = lockedUntil === null ? null : policy.lockoutMinutes;
  const told = failure("ACCOUNT_LOCKED", locale, { attempts: policy.maximumFailedAttempts, minutes });
  return { ...told, lockedUntil };
}

/** Says that a code is wrong, used or out of its window: one answer for all three. */
export function invalidVerificationCode(
  locale: MessageLocale,
  clockSkewSeconds: number | null = null,
): InvalidVerificationCodeFailure {
  return { ...failure("INVALID_VERIFICATION_CODE", locale), clockSkewSeconds };
}

/** Tells why nothing was proven; what a wrong password or a changed account means is the flow's to say. */
export function proofFailure<Otherwise>(
  notProven: NotProven,
  { policy, locale, otherwise }: { policy: SecurityPolicy; locale: MessageLocale; otherwise: Otherwise },
): ProofFailure<Otherwise> {
  switch (notProven.state) {
    case "wrong-password":
    case "changed":
      return otherwise;
    case "wrong-code":
      return invalidVerificationCode(locale);
    case "locked":
      return accountLocked(notProven.lockedUntil, policy, locale);
    case "unreadable":
      return failure("TWO_FACTOR_UNREADABLE", locale);
    default:
      return unreachable(notProven);
  }
}

/** Why a second factor cannot be set up. */
export interface TwoFactorUnavailableFailure extends Failure<"TWO_FACTOR_UNAVAILABLE"> {
  readonly availability: TwoFactorAvailability;
}

/** Says why a second factor cannot be set up. */
export function twoFactorUnavailable(
  availability: Exclude<TwoFactorAvailability, "AVAILABLE">,
  locale: MessageLocale,
): TwoFactorUnavailableFailure {
  return { ...failure("TWO_FACTOR_UNAVAILABLE", locale, availability), availability };
}

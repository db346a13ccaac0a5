import { type PolicyFault, unreachable } from "../../platform/problem.js";
import type { SecurityPolicyEntity } from "./security-policy.entity.js";
import type { TwoFactorRule } from "./two-factor-rule.js";

/** The organization's security policy as it is kept. */
export type SecurityPolicy = SecurityPolicyEntity;

/** Organizations whose trial began before this day are not offered two-factor authentication. */
const TWO_FACTOR_OFFERED_FROM = "2019-09-08";

/** Says whether two-factor authentication is offered to an organization whose trial began that day (yyyy-mm-dd). */
export function isTwoFactorOffered({ trialStartedOn }: Pick<SecurityPolicy, "trialStartedOn">): boolean {
  return trialStartedOn >= TWO_FACTOR_OFFERED_FROM;
}

/** The rule that binds now: one that is required from a later date is optional until then. */
export function ruleInForce(
  policy: Pick<SecurityPolicy, "twoFactor" | "twoFactorRequiredFrom" | "trialStartedOn">,
  now: number,
): TwoFactorRule {
  switch (policy.twoFactor) {
    case "FORBIDDEN":
    case "OPTIONAL":
      return policy.twoFactor;
    case "REQUIRED_FOR_ADMINISTRATORS":
      return isTwoFactorOffered(policy) ? "REQUIRED_FOR_ADMINISTRATORS" : "OPTIONAL";
    case "REQUIRED":
      return isTwoFactorOffered(policy) && (policy.twoFactorRequiredFrom ?? 0) <= now
        ? "REQUIRED"
        : "OPTIONAL";
    default:
      return unreachable(policy.twoFactor);
  }
}

/** What else decides about a policy: the one before, and how many administrators are active. */
export interface PolicyGround {
  readonly before: Pick<SecurityPolicy, "resetNeedsApproval">;
  readonly administrators: number;
}

/** One requests, another is reset, a third approves. */
const ADMINISTRATORS_FOR_APPROVAL = 3;

/** Judges a policy before it is kept; null: it may be. */
export function judgePolicy(
  policy: SecurityPolicy,
  { before, administrators }: PolicyGround,
): PolicyFault | null {
  if (policy.twoFactorRequiredFrom !== null && policy.twoFactor !== "REQUIRED")
    return "DATE_WITHOUT_REQUIRED";
  if (policy.twoFactor.startsWith("REQUIRED") && !isTwoFactorOffered(policy)) return "TWO_FACTOR_NOT_OFFERED";
  const { maximumFailedAttempts, lockoutMinutes, sessionIdleSeconds, sessionLifetimeSeconds } = policy;
  if (!within(maximumFailedAttempts, 1, 1000) || !within(lockoutMinutes ?? 1, 1, 525_600))
    return "LIMIT_OUT_OF_RANGE";
  if (sessionIdleSeconds < 1 || sessionLifetimeSeconds < 1) return "LIMIT_OUT_OF_RANGE";
  if (!within(policy.passwordMinimumLength, 8, 128)) return "PASSWORD_LENGTH_OUT_OF_RANGE";
  const isNew = policy.resetNeedsApproval && !before.resetNeedsApproval;
  if (isNew && administrators < ADMINISTRATORS_FOR_APPROVAL) return "TOO_FEW_ADMINISTRATORS";
  return null;
}

function within(value: number, minimum: number, maximum: number): boolean {
  return value >= minimum && value <= maximum;
}

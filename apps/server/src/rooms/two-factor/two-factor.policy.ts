import type { AccountEntity } from "../accounts/account.entity.js";
import { CODE_BUDGET } from "../accounts/attempts.policy.js";
import { isTwoFactorOffered, ruleInForce, type SecurityPolicy } from "../policy/policy.policy.js";

export const TwoFactorState = { DISABLED: "DISABLED", ENABLED: "ENABLED" } as const;
export type TwoFactorState = (typeof TwoFactorState)[keyof typeof TwoFactorState];

export const TwoFactorAvailability = {
  AVAILABLE: "AVAILABLE",
  NOT_ALLOWED: "NOT_ALLOWED",
  TRIAL_TOO_OLD: "TRIAL_TOO_OLD",
  ACCOUNT_KIND: "ACCOUNT_KIND",
} as const;
export type TwoFactorAvailability = (typeof TwoFactorAvailability)[keyof typeof TwoFactorAvailability];

export const TwoFactorMethod = { TOTP: "TOTP", RECOVERY_CODE: "RECOVERY_CODE" } as const;
export type TwoFactorMethod = (typeof TwoFactorMethod)[keyof typeof TwoFactorMethod];

/** The facts of an account that decide about its second factor. */
export type TwoFactorFacts = Pick<AccountEntity, "kind" | "role" | "twoFactorEnabledAt">;

/** Whether the account has a confirmed authenticator, dormant or not. */
export function twoFactorState({
  twoFactorEnabledAt,
}: Pick<TwoFactorFacts, "twoFactorEnabledAt">): TwoFactorState {
  return twoFactorEnabledAt === null ? "DISABLED" : "ENABLED";
}

/** Whether the account may set up a second factor; if not, why. */
export function twoFactorAvailability(
  { kind }: Pick<TwoFactorFacts, "kind">,
  policy: SecurityPolicy,
): TwoFactorAvailability {
  if (kind !== "PERSON") return "ACCOUNT_KIND";
  if (policy.twoFactor === "FORBIDDEN") return "NOT_ALLOWED";
  return isTwoFactorOffered(policy) ? "AVAILABLE" : "TRIAL_TOO_OLD";
}

/** Whether the account is asked for its second factor: it has one, and no policy lets it lie dormant. */
export function isTwoFactorActive({ twoFactorEnabledAt }: TwoFactorFacts, policy: SecurityPolicy): boolean {
  return twoFactorEnabledAt !== null && policy.twoFactor !== "FORBIDDEN";
}

/** Whether the policy binds this account to have a second factor now. */
export function isTwoFactorRequired(
  { kind, role }: Pick<TwoFactorFacts, "kind" | "role">,
  policy: SecurityPolicy,
  now: number,
): boolean {
  if (kind !== "PERSON") return false;
  const rule = ruleInForce(policy, now);
  return rule === "REQUIRED" || (rule === "REQUIRED_FOR_ADMINISTRATORS" && role === "ADMINISTRATOR");
}

/** From when the policy asks this account for a second factor that it does not have; null where it does not. */
export function twoFactorRequiredFrom(account: TwoFactorFacts, policy: SecurityPolicy): number | null {
  const from = policy.twoFactorRequiredFrom ?? policy.twoFactorChangedAt;
  return account.twoFactorEnabledAt === null && isTwoFactorRequired(account, policy, from) ? from : null;
}

/** What the account can prove its second factor with: codes no longer where their budget is spent. */
export function methodsOf({ wrongCodes }: Pick<AccountEntity, "wrongCodes">): TwoFactorMethod[] {
  return wrongCodes >= CODE_BUDGET ? ["RECOVERY_CODE"] : ["TOTP", "RECOVERY_CODE"];
}

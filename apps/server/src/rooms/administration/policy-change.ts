import { notNull } from "../../platform/input.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import type { TwoFactorRule } from "../policy/two-factor-rule.js";

export interface UpdateSecurityPolicyInput {
  readonly twoFactor?: TwoFactorRule | null;
  readonly twoFactorRequiredFrom?: number | null;
  readonly maximumFailedAttempts?: number | null;
  readonly lockoutMinutes?: number | null;
  readonly sessionIdleSeconds?: number | null;
  readonly sessionLifetimeSeconds?: number | null;
  readonly passwordMinimumLength?: number | null;
  readonly resetNeedsApproval?: boolean | null;
}

/** A change of the policy that was read. */
export type PolicyChange = Partial<Omit<SecurityPolicy, "id" | "version">>;

/** Reads a change: an absent field stays; null empties the two that can be empty, and is BAD_USER_INPUT elsewhere. */
export function readPolicyChange(input: UpdateSecurityPolicyInput): PolicyChange {
  const { twoFactorRequiredFrom, lockoutMinutes, ...rest } = input;
  const change: Record<string, unknown> = { twoFactorRequiredFrom, lockoutMinutes };
  for (const [name, value] of Object.entries(rest)) change[name] = notNull(value, ["input", name]);
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** The policy as a change makes it, under its next version. */
export function changedPolicy(before: SecurityPolicy, change: PolicyChange, now: number): SecurityPolicy {
  const after = { ...before, ...change, version: before.version + 1 };
  // A date belongs to REQUIRED: it goes with it, unless one was asked for beside another rule.
  if (after.twoFactor !== "REQUIRED" && change.twoFactorRequiredFrom === undefined)
    after.twoFactorRequiredFrom = null;
  return after.twoFactor === before.twoFactor ? after : { ...after, twoFactorChangedAt: now };
}

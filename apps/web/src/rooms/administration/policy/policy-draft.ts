import type { PolicyFieldsFragment, UpdateSecurityPolicyInput } from "../../../generated/security-policy";
import { fromLocalTime, toLocalTime } from "../../../words/local-time";
import { say } from "../../../words/say";
import { type Duration, durationOf, LONGEST, secondsOf } from "./duration";
import { readWhole } from "./read-whole";

/** The policy that is in force. */
export type Policy = PolicyFieldsFragment;

/** The policy as a person types it. */
export interface PolicyDraft {
  readonly twoFactor: Policy["twoFactor"];
  readonly requiredFrom: string;
  readonly resetNeedsApproval: boolean;
  readonly maximumFailedAttempts: string;
  readonly lock: "TIME" | "ADMINISTRATOR";
  readonly lockoutMinutes: string;
  readonly idle: Duration;
  readonly lifetime: Duration;
  readonly passwordMinimumLength: string;
}

/** What is wrong with what was typed, field by field. */
export type PolicyFaults = Readonly<Partial<Record<keyof PolicyDraft, string>>>;

const DEFAULT_LOCKOUT_MINUTES = 3;

/** The policy as it is shown to be changed. */
export function draftOf(policy: Policy): PolicyDraft {
  return {
    twoFactor: policy.twoFactor,
    requiredFrom: toLocalTime(policy.twoFactorRequiredFrom ?? ""),
    resetNeedsApproval: policy.resetNeedsApproval,
    maximumFailedAttempts: String(policy.maximumFailedAttempts),
    lock: policy.lockoutMinutes === null ? "ADMINISTRATOR" : "TIME",
    lockoutMinutes: String(policy.lockoutMinutes ?? DEFAULT_LOCKOUT_MINUTES),
    idle: durationOf(policy.sessionIdleSeconds),
    lifetime: durationOf(policy.sessionLifetimeSeconds),
    passwordMinimumLength: String(policy.passwordMinimumLength),
  };
}

/** Finds what cannot be sent. */
export function faultsOf(draft: PolicyDraft): PolicyFaults {
  const faults: { -readonly [Name in keyof PolicyFaults]: string } = {};
  const check = (
    name: keyof PolicyDraft,
    value: number | null,
    [from, to]: readonly [number, number],
  ): void => {
    if (value === null || value < from || value > to) faults[name] = say.policy.outOfRange(from, to);
  };
  check("maximumFailedAttempts", readWhole(draft.maximumFailedAttempts), [1, 1000]);
  if (draft.lock === "TIME") check("lockoutMinutes", readWhole(draft.lockoutMinutes), [1, 525_600]);
  check("idle", readWhole(draft.idle.amount), [1, LONGEST[draft.idle.unit]]);
  check("lifetime", readWhole(draft.lifetime.amount), [1, LONGEST[draft.lifetime.unit]]);
  check("passwordMinimumLength", readWhole(draft.passwordMinimumLength), [8, 128]);
  return faults;
}

/** What a draft without faults changes; what stays as it is, is not sent. */
export function changeOf(draft: PolicyDraft, policy: Policy): UpdateSecurityPolicyInput {
  const after: Partial<Policy> = {
    twoFactor: draft.twoFactor,
    ...(isDateTouched(draft, policy) && { twoFactorRequiredFrom: fromLocalTime(draft.requiredFrom) }),
    resetNeedsApproval: draft.resetNeedsApproval,
    maximumFailedAttempts: Number(readWhole(draft.maximumFailedAttempts)),
    lockoutMinutes: draft.lock === "TIME" ? Number(readWhole(draft.lockoutMinutes)) : null,
    sessionIdleSeconds: secondsOf(draft.idle),
    sessionLifetimeSeconds: secondsOf(draft.lifetime),
    passwordMinimumLength: Number(readWhole(draft.passwordMinimumLength)),
  };
  const names = Object.keys(after) as (keyof UpdateSecurityPolicyInput)[];
  return Object.fromEntries(
    names.filter((name) => after[name] !== policy[name]).map((name) => [name, after[name]]),
  );
}

/** The date belongs to the rule that everyone must; with any other it goes by itself. */
function isDateTouched({ twoFactor, requiredFrom }: PolicyDraft, policy: Policy): boolean {
  return twoFactor === "REQUIRED" && requiredFrom !== toLocalTime(policy.twoFactorRequiredFrom ?? "");
}

/** What the fields of a part of the policy need. */
export interface PolicyFieldsProps {
  readonly draft: PolicyDraft;
  readonly change: (part: Partial<PolicyDraft>) => void;
  readonly faults: PolicyFaults;
}

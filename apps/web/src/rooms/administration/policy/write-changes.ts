import type { UpdateSecurityPolicyInput } from "../../../generated/security-policy";
import { moment, number } from "../../../words/formats";
import { say } from "../../../words/say";
import { writeDuration } from "./duration";
import type { Policy } from "./policy-draft";

type Changed = keyof UpdateSecurityPolicyInput;
type Writer<Name extends Changed> = readonly [label: string, write: (value: Policy[Name]) => string];

const yesOrNo = (value: boolean): string => (value ? say.policy.yes : say.policy.no);

/** Every field by its name, and how its value is written. */
const WRITERS: { readonly [Name in Changed]-?: Writer<Name> } = {
  twoFactor: [say.policy.rule, (rule) => say.policy.rules[rule]],
  twoFactorRequiredFrom: [
    say.policy.requiredFrom,
    (from) => (from === null ? say.policy.requiredAtOnce : moment(from)),
  ],
  resetNeedsApproval: [say.policy.resetNeedsApproval, yesOrNo],
  maximumFailedAttempts: [say.policy.maximumFailedAttempts, number],
  lockoutMinutes: [
    say.policy.lock,
    (minutes) =>
      minutes === null ? say.policy.lockByAdministrator : say.policy.duration(minutes, "minutes"),
  ],
  sessionIdleSeconds: [say.policy.sessionIdle, writeDuration],
  sessionLifetimeSeconds: [say.policy.sessionLifetime, writeDuration],
  passwordMinimumLength: [say.policy.passwordMinimumLength, number],
};

/** Writes what a change makes of each field that it touches. */
export function writeChanges(policy: Policy, input: UpdateSecurityPolicyInput): [string, string][] {
  return (Object.keys(input) as Changed[]).map((name) =>
    writeChange(name, policy, { ...policy, ...input } as Policy),
  );
}

function writeChange<Name extends Changed>(name: Name, before: Policy, after: Policy): [string, string] {
  const [label, write] = WRITERS[name] as Writer<Name>;
  const wasMeant = name !== "twoFactorRequiredFrom" || before.twoFactor === "REQUIRED";
  const written = write(after[name]);
  return [label, wasMeant ? say.policy.changed(write(before[name]), written) : written];
}

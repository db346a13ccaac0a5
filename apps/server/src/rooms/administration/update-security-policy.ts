import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { notNull } from "../../platform/input.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { type SecurityPolicy as SecurityPolicyView, toSecurityPolicy } from "../policy/policy.graphql.js";
import { judgePolicy, ruleInForce, type SecurityPolicy } from "../policy/policy.policy.js";
import { holdPolicy, savePolicy } from "../policy/policy.repository.js";
import type { TwoFactorRule } from "../policy/two-factor-rule.js";
import { endSessionsWithoutFactor, endUnprotectedSessions } from "../sessions/session.repository.js";

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

export interface SecurityPolicyUpdatedAnswer {
  readonly __typename: "SecurityPolicyUpdated";
  readonly securityPolicy: SecurityPolicyView;
}

/**
 * Changes the organization's security policy; what is absent stays. Logins that are under way start again.
 *
 * Where two-factor is allowed again, factors wake up, and sessions that a password alone opened meanwhile end; where
 * it is required, those of people who have none.
 */
export async function updateSecurityPolicy(
  needs: Needs<"db" | "now">,
  caller: Caller,
  input: UpdateSecurityPolicyInput,
): Promise<SecurityPolicyUpdatedAnswer | Failure<"POLICY_CONFLICT">> {
  const change = readChange(input);
  const { account } = sessionOf(caller);
  const now = needs.now();
  const outcome = await needs.db.transaction(async (manager) => {
    const before = await holdPolicy(manager);
    const after = changed(before, change, now);
    const fault = judgePolicy(after);
    if (fault !== null) return { fault };
    await savePolicy(manager, after);
    await endSessions(manager, { before, after, now });
    const event = { actor: account, credential: "SESSION", details: detailsOf(before, after) } as const;
    await recordEvent(manager, { ...caller, now }, { action: "policy.updated", ...event });
    return { after };
  });
  if (outcome.fault !== undefined) return failure("POLICY_CONFLICT", localeOf(caller), outcome.fault);
  return { __typename: "SecurityPolicyUpdated", securityPolicy: toSecurityPolicy(outcome.after) };
}

/**
 * Ends for good what does not stand under the new policy, and what did not stand under the old one any more (its date
 * may have come meanwhile): no later policy brings it back.
 */
async function endSessions(
  manager: EntityManager,
  { before, after, now }: { before: SecurityPolicy; after: SecurityPolicy; now: number },
): Promise<void> {
  if (before.twoFactor === "FORBIDDEN" && after.twoFactor !== "FORBIDDEN")
    await endSessionsWithoutFactor(manager);
  await endUnprotectedSessions(manager, ruleInForce(before, now));
  await endUnprotectedSessions(manager, ruleInForce(after, now));
}

type Change = Partial<Omit<SecurityPolicy, "id" | "version">>;

/** An absent field stays; null empties the two that can be empty, and is BAD_USER_INPUT elsewhere. */
function readChange(input: UpdateSecurityPolicyInput): Change {
  const { twoFactorRequiredFrom, lockoutMinutes, ...rest } = input;
  const change: Record<string, unknown> = { twoFactorRequiredFrom, lockoutMinutes };
  for (const [name, value] of Object.entries(rest)) change[name] = notNull(value, ["input", name]);
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function changed(before: SecurityPolicy, change: Change, now: number): SecurityPolicy {
  const after = { ...before, ...change, version: before.version + 1 };
  // A date belongs to REQUIRED: it goes with it, unless one was asked for beside another rule.
  if (after.twoFactor !== "REQUIRED" && change.twoFactorRequiredFrom === undefined)
    after.twoFactorRequiredFrom = null;
  return after.twoFactor === before.twoFactor ? after : { ...after, twoFactorChangedAt: now };
}

function detailsOf(before: SecurityPolicy, after: SecurityPolicy): Record<string, string> {
  const shown = (policy: SecurityPolicy): [string, unknown][] => Object.entries(toPlain(policy));
  const old = new Map(shown(before));
  const differing = shown(after).filter(([name, value]) => old.get(name) !== value);
  return Object.fromEntries(differing.map(([name, value]) => [name, `${old.get(name)} → ${value}`]));
}

function toPlain({ id: _id, version: _version, twoFactorChangedAt: _at, ...plain }: SecurityPolicy): object {
  return plain;
}

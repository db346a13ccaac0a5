import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { endPasswordOnlyAccess } from "../accounts/end-access.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { type SecurityPolicy as SecurityPolicyView, toSecurityPolicy } from "../policy/policy.graphql.js";
import { judgePolicy, type SecurityPolicy } from "../policy/policy.policy.js";
import { holdPolicy, savePolicy } from "../policy/policy.repository.js";
import { endDeadSessions } from "../sessions/end-dead-sessions.js";
import { holdAdministrator } from "./administer.js";
import { countActiveAdministrators } from "./last-administrator.js";
import { changedPolicy, readPolicyChange, type UpdateSecurityPolicyInput } from "./policy-change.js";
import { tellPolicyChange } from "./tell-policy-change.js";

export interface SecurityPolicyUpdatedAnswer {
  readonly __typename: "SecurityPolicyUpdated";
  readonly securityPolicy: SecurityPolicyView;
}

/**
 * Changes the organization's security policy; what is absent stays. Logins that are under way start again.
 *
 * Where two-factor is allowed again, factors wake up, and what a password alone opened or made meanwhile ends; where
 * it is required, those of people who have none; where sessions are to be shorter, those that are too old. Whom a
 * change of the rule touches is told by mail.
 */
export async function updateSecurityPolicy(
  needs: Needs<"db" | "now" | "mailer" | "config" | "later" | "log">,
  caller: Caller,
  input: UpdateSecurityPolicyInput,
): Promise<SecurityPolicyUpdatedAnswer | Failure<"POLICY_CONFLICT">> {
  const change = readPolicyChange(input);
  const { account } = sessionOf(caller);
  const now = needs.now();
  const outcome = await needs.db.transaction(async (manager) => {
    const before = await holdPolicy(manager);
    await holdAdministrator(manager, caller);
    const after = changedPolicy(before, change, now);
    const fault = judgePolicy(after, { before, administrators: await countActiveAdministrators(manager) });
    if (fault !== null) return { fault };
    await savePolicy(manager, after);
    // What did not stand under the old policy any more goes too (its date may have come): the new one would revive it.
    await endDeadSessions(manager, before, now);
    await endDeadSessions(manager, after, now);
    const ended = await endMadeWhileForbidden(manager, before, after);
    const details = { ...detailsOf(before, after), ...ended };
    const event = { actor: account, credential: "SESSION", details } as const;
    await recordEvent(manager, { ...caller, now }, { action: "policy.updated", ...event });
    return { before, after };
  });
  if (outcome.fault !== undefined) return failure("POLICY_CONFLICT", localeOf(caller), outcome.fault);
  needs.later((stopping) => tellPolicyChange(needs, { ...outcome, by: account, now }, stopping));
  return { __typename: "SecurityPolicyUpdated", securityPolicy: toSecurityPolicy(outcome.after) };
}

/** Where a rule leaves FORBIDDEN, factors wake up: what passwords alone made while they lay dormant ends. */
async function endMadeWhileForbidden(
  manager: EntityManager,
  before: SecurityPolicy,
  after: SecurityPolicy,
): Promise<Readonly<Record<string, number>>> {
  if (before.twoFactor !== "FORBIDDEN" || after.twoFactor === "FORBIDDEN") return {};
  return { ...(await endPasswordOnlyAccess(manager, before.twoFactorChangedAt)) };
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

import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { columns, forUpdate, insertOnce, readEntity, sql } from "../../platform/sql.js";
import { type Origin, recordEvent } from "../audit/record-event.js";
import type { SecurityPolicy } from "./policy.policy.js";
import { SecurityPolicyEntity } from "./security-policy.entity.js";

const DEFAULTS = {
  id: 1,
  twoFactor: "OPTIONAL",
  twoFactorRequiredFrom: null,
  maximumFailedAttempts: 10,
  lockoutMinutes: 3,
  sessionIdleSeconds: 86_400,
  sessionLifetimeSeconds: 2_592_000,
  passwordMinimumLength: 8,
  resetNeedsApproval: false,
  version: 1,
} as const;

/** Loads the one policy. */
export async function loadPolicy(manager: EntityManager): Promise<SecurityPolicy> {
  return required(await findPolicy(manager, ""));
}

/** Loads the policy and holds it: who changes it, and who makes the first administrator, come one after the other. */
export async function holdPolicy(manager: EntityManager): Promise<SecurityPolicy> {
  return required(await findPolicy(manager, forUpdate(manager)));
}

/** Makes the policy where there is none yet, and keeps that day. */
export async function preparePolicy(manager: EntityManager, now: number): Promise<void> {
  if ((await findPolicy(manager, "")) !== null) return;
  const today = new Date(now).toISOString().slice(0, 10);
  const row = { ...DEFAULTS, twoFactorChangedAt: now, firstStartedOn: today, trialStartedOn: today };
  await insertOnce(manager, SecurityPolicyEntity, row);
}

/**
 * Keeps the day on which the trial started as the server's configuration says it, `yyyy-mm-dd`; null: the day of the
 * first start. Another day than before is a change of the policy: it has a version, and is recorded.
 */
export async function keepTrialStart(
  { db, now, config }: Needs<"db" | "now" | "config">,
  request: Origin,
): Promise<void> {
  await db.transaction(async (manager) => {
    const { trialStartedOn: before, firstStartedOn } = await holdPolicy(manager);
    const after = config.trialStartedOn ?? firstStartedOn;
    if (after === before) return;
    const text = "UPDATE security_policy SET trial_started_on = $1, version = version + 1";
    await sql(manager, text, [after]);
    const details = { trialStartedOn: `${before} → ${after}` };
    await recordEvent(manager, { request, now: now() }, { action: "policy.updated", details });
  });
}

/** Keeps a changed policy under its next version. */
export async function savePolicy(manager: EntityManager, policy: SecurityPolicy): Promise<void> {
  await sql(
    manager,
    `UPDATE security_policy SET two_factor = $1, two_factor_changed_at = $2, two_factor_required_from = $3,
       maximum_failed_attempts = $4, lockout_minutes = $5, session_idle_seconds = $6, session_lifetime_seconds = $7,
       password_minimum_length = $8, reset_needs_approval = $9, version = $10`,
    [
      policy.twoFactor,
      policy.twoFactorChangedAt,
      policy.twoFactorRequiredFrom,
      policy.maximumFailedAttempts,
      policy.lockoutMinutes,
      policy.sessionIdleSeconds,
      policy.sessionLifetimeSeconds,
      policy.passwordMinimumLength,
      policy.resetNeedsApproval,
      policy.version,
    ],
  );
}

async function findPolicy(manager: EntityManager, lock: string): Promise<SecurityPolicy | null> {
  const text = `SELECT ${columns(SecurityPolicyEntity, "p")} FROM security_policy p ${lock}`;
  const { rows } = await sql<Record<string, unknown>>(manager, text);
  return rows[0] === undefined ? null : readEntity(SecurityPolicyEntity, rows[0], "p");
}

function required(policy: SecurityPolicy | null): SecurityPolicy {
  if (policy === null) throw new Error("the security policy was never made: the database is not prepared");
  return policy;
}

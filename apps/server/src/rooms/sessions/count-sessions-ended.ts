import type { EntityManager } from "typeorm";
import { sql } from "../../platform/sql.js";
import { ruleInForce, type SecurityPolicy } from "../policy/policy.policy.js";

/** Counts the sessions that live under one policy and would not under another, as `isSessionLive` judges. */
export async function countSessionsEnded(
  manager: EntityManager,
  { before, after, now }: { before: SecurityPolicy; after: SecurityPolicy; now: number },
): Promise<number> {
  const text = `SELECT count(*) AS count FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE ${liveUnder(before, now)} AND NOT (${liveUnder(after, now)})`;
  return Number((await sql<{ count: number }>(manager, text)).rows[0]?.count);
}

/**
 * `isSessionLive` as a condition on `sessions s` and `accounts a`. Made of numbers and fixed words alone: nothing in it
 * was typed by anyone.
 */
export function liveUnder(policy: SecurityPolicy, now: number): string {
  const rule = ruleInForce(policy, now);
  const conditions = [
    `s.last_used_at > ${now - policy.sessionIdleSeconds * 1000}`,
    `s.created_at > ${now - policy.sessionLifetimeSeconds * 1000}`,
    "a.suspended_at IS NULL",
  ];
  if (rule === "REQUIRED") conditions.push("(a.kind <> 'PERSON' OR a.two_factor_enabled_at IS NOT NULL)");
  if (rule === "REQUIRED_FOR_ADMINISTRATORS")
    conditions.push("(a.kind <> 'PERSON' OR a.role = 'USER' OR a.two_factor_enabled_at IS NOT NULL)");
  if (rule !== "FORBIDDEN")
    conditions.push("(s.assurance = 'TWO_FACTOR' OR a.two_factor_enabled_at IS NULL)");
  return conditions.join(" AND ");
}

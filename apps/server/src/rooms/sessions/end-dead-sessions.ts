import type { EntityManager } from "typeorm";
import { sql } from "../../platform/sql.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import { liveUnder } from "./count-sessions-ended.js";

/** Ends for good every session that does not live under a policy: no later policy brings it back. */
export async function endDeadSessions(
  manager: EntityManager,
  policy: SecurityPolicy,
  now: number,
): Promise<void> {
  const dead = `SELECT s.id FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE NOT (${liveUnder(policy, now)})`;
  await sql(manager, `DELETE FROM sessions WHERE id IN (${dead})`);
}

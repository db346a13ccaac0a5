import type { EntityManager } from "typeorm";
import { sql } from "../../platform/sql.js";

/** Lifts an account's lock, and starts its counts of failed attempts and of wrong codes again. */
export async function unlock(manager: EntityManager, accountId: string): Promise<void> {
  const text = `UPDATE accounts SET failed_attempts = 0, undecided_attempts = '', locked_at = NULL,
    locked_until = NULL, wrong_codes = 0 WHERE id = $1`;
  await sql(manager, text, [accountId]);
}

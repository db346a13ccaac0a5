import type { EntityManager } from "typeorm";
import { sql } from "../../platform/sql.js";

/** Lifts an account's lock, and starts its count of failed attempts again; that of wrong codes where it is told to. */
export async function unlock(
  manager: EntityManager,
  accountId: string,
  { forgetsWrongCodes }: { readonly forgetsWrongCodes: boolean },
): Promise<void> {
  const text = `UPDATE accounts SET failed_attempts = 0, undecided_attempts = '', locked_at = NULL,
    locked_until = NULL ${forgetsWrongCodes ? ", wrong_codes = 0" : ""} WHERE id = $1`;
  await sql(manager, text, [accountId]);
}

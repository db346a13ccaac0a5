import type { EntityManager } from "typeorm";
import { Refusal } from "../../platform/problem.js";
import { sql } from "../../platform/sql.js";
import { type Caller, sessionOf } from "../credentials/viewer.js";

/**
 * Takes the row of the caller's account, first in a transaction that changes something of it, and sees once more that
 * neither the account nor the session is another than the request was let in with.
 *
 * What ends at the same moment (a reset, a changed password, a log-out) comes before or after the whole change.
 *
 * @throws Refusal INVALID_CREDENTIALS
 */
export async function holdSession(manager: EntityManager, caller: Pick<Caller, "viewer">): Promise<void> {
  const { account, session } = sessionOf(caller);
  const text = `UPDATE accounts SET stamp = stamp WHERE id = $1 AND stamp = $2 AND suspended_at IS NULL`;
  const { affected } = await sql(manager, text, [account.id, account.stamp]);
  if (affected === 0 || !(await lives(manager, session.id))) throw new Refusal("INVALID_CREDENTIALS");
}

/** Asked once the account's row is held: a statement that waited for it would still see what was before. */
async function lives(manager: EntityManager, sessionId: string): Promise<boolean> {
  return (await sql(manager, "SELECT id FROM sessions WHERE id = $1", [sessionId])).rows.length > 0;
}

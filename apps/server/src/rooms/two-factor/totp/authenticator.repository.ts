import type { EntityManager } from "typeorm";
import { columns, insert, places, readEntity, sql } from "../../../platform/sql.js";
import { AuthenticatorEntity } from "./authenticator.entity.js";

type Row = Record<string, unknown>;

/** The columns of authenticators for a SELECT that joins them as `t`, one row each. */
export const AUTHENTICATORS = (): string => columns(AuthenticatorEntity, "t");

/** Reads the authenticators out of rows that selected {@link AUTHENTICATORS}. */
export function readAuthenticators(rows: readonly Row[]): AuthenticatorEntity[] {
  return rows.map((row) => readEntity(AuthenticatorEntity, row, "t")).filter((found) => found !== null);
}

/** Lists an account's authenticators, oldest first. */
export function listAuthenticators(
  manager: EntityManager,
  accountId: string,
): Promise<AuthenticatorEntity[]> {
  return listAuthenticatorsOf(manager, [accountId]);
}

/** Lists the authenticators of accounts, oldest first. */
export async function listAuthenticatorsOf(
  manager: EntityManager,
  accountIds: readonly string[],
): Promise<AuthenticatorEntity[]> {
  const text = `SELECT ${AUTHENTICATORS()} FROM authenticators t
    WHERE t.account_id IN (${places(accountIds)}) ORDER BY t.created_at, t.id`;
  return readAuthenticators((await sql<Row>(manager, text, accountIds)).rows);
}

/** Adds an authenticator whose first code was right. */
export async function addAuthenticator(
  manager: EntityManager,
  authenticator: Omit<AuthenticatorEntity, "account">,
): Promise<void> {
  await insert(manager, AuthenticatorEntity, authenticator);
}

/**
 * Uses up a time step: false where that step or a later one was used, or the secret is not the one that was checked.
 */
export async function useStep(
  manager: EntityManager,
  { id, sealedSecret }: Pick<AuthenticatorEntity, "id" | "sealedSecret">,
  { step, now }: { step: number; now: number },
): Promise<boolean> {
  const text = `UPDATE authenticators SET last_used_step = $2, last_used_at = $3
    WHERE id = $1 AND last_used_step < $2 AND sealed_secret = $4`;
  return (await sql(manager, text, [id, step, now, sealedSecret])).affected === 1;
}

/** Renames one of an account's authenticators; false where it has none of that id. */
export async function renameAuthenticator(
  manager: EntityManager,
  { id, accountId, name }: { id: string; accountId: string; name: string },
): Promise<boolean> {
  const text = "UPDATE authenticators SET name = $3 WHERE id = $1 AND account_id = $2";
  return (await sql(manager, text, [id, accountId, name])).affected === 1;
}

/** Removes one of an account's authenticators, secret and all. */
export async function removeAuthenticator(
  manager: EntityManager,
  id: string,
  accountId: string,
): Promise<void> {
  await sql(manager, "DELETE FROM authenticators WHERE id = $1 AND account_id = $2", [id, accountId]);
}

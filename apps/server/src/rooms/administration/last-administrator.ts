import type { EntityManager } from "typeorm";
import { sql } from "../../platform/sql.js";

/** Says whether an account is the last active person with a password who is an administrator. */
export async function isLastAdministrator(manager: EntityManager, accountId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>(manager, `${ACTIVE_ADMINISTRATORS} LIMIT 2`);
  return rows.length === 1 && rows[0]?.id === accountId;
}

/** Counts the active people with a password who are administrators. */
export async function countActiveAdministrators(manager: EntityManager): Promise<number> {
  return (await sql(manager, ACTIVE_ADMINISTRATORS)).rows.length;
}

const ACTIVE_ADMINISTRATORS = `SELECT id FROM accounts WHERE role = 'ADMINISTRATOR' AND kind = 'PERSON'
  AND suspended_at IS NULL AND password_hash IS NOT NULL`;

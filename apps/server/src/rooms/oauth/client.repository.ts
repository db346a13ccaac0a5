import type { EntityManager } from "typeorm";
import { columns, readEntity, sql } from "../../platform/sql.js";
import { OAuthClientEntity } from "./client.entity.js";

type Row = Record<string, unknown>;

/** Whether an account `a` may act and a client `c` may act for it, now. */
export const USABLE = `(a.suspended_at IS NULL AND c.enabled = true AND (c.access = 'EVERYONE' OR EXISTS
  (SELECT 1 FROM oauth_client_accounts l WHERE l.client_id = c.id AND l.account_id = a.id)))`;

/** Finds a client that is enabled. */
export async function findEnabledClient(
  manager: EntityManager,
  id: string,
): Promise<OAuthClientEntity | null> {
  const client = await findOAuthClient(manager, id);
  return client?.enabled === true ? client : null;
}

/** Finds a client. */
async function findOAuthClient(manager: EntityManager, id: string): Promise<OAuthClientEntity | null> {
  const text = `SELECT ${columns(OAuthClientEntity, "c")} FROM oauth_clients c WHERE c.id = $1`;
  const { rows } = await sql<Row>(manager, text, [id]);
  return rows[0] === undefined ? null : readEntity(OAuthClientEntity, rows[0], "c");
}

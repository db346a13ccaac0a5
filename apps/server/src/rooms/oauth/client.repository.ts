import type { EntityManager } from "typeorm";
import type { Place } from "../../platform/page.js";
import { columns, insert, places, readEntity, sql } from "../../platform/sql.js";
import type { Given } from "../credentials/usable-scopes.js";
import { OAuthClientEntity } from "./client.entity.js";

type Row = Record<string, unknown>;

/** Whether an account `a` may act and a client `c` may act for it, now. */
export const USABLE = `(a.suspended_at IS NULL AND c.enabled = true AND (c.access = 'EVERYONE' OR EXISTS
  (SELECT 1 FROM oauth_client_accounts l WHERE l.client_id = c.id AND l.account_id = a.id)))`;

/**
 * The same for a token `t`. One that its client got by itself lives as long as the client may act by itself, and for
 * that account.
 */
export const USABLE_TOKEN = `(${USABLE} AND (t.authorization_id IS NOT NULL
  OR (c.service_account_id = a.id AND c.grant_types LIKE '%client_credentials%')))`;

/** What a client `c` and an account `a` have to give today: it bounds what was granted before. */
export const SCOPE_BOUNDS = "c.scopes AS client_scopes, a.role AS owner_role";

/** Reads what {@link SCOPE_BOUNDS} selected. */
export function scopeBounds(row: Readonly<Record<string, unknown>>): Omit<Given, "granted"> {
  const role = row["owner_role"] === "ADMINISTRATOR" ? "ADMINISTRATOR" : "USER";
  return { client: String(row["client_scopes"]), role };
}

/** Finds a client that is enabled. */
export async function findEnabledClient(
  manager: EntityManager,
  id: string,
): Promise<OAuthClientEntity | null> {
  const client = await findOAuthClient(manager, id);
  return client?.enabled === true ? client : null;
}

/** Finds a client; what has not the form of an id, a database need not take for one. */
export async function findOAuthClient(manager: EntityManager, id: string): Promise<OAuthClientEntity | null> {
  if (!/^[0-9A-Za-z-]{1,64}$/.test(id)) return null;
  const text = `SELECT ${columns(OAuthClientEntity, "c")} FROM oauth_clients c WHERE c.id = $1`;
  const { rows } = await sql<Row>(manager, text, [id]);
  return rows[0] === undefined ? null : readEntity(OAuthClientEntity, rows[0], "c");
}

/** Which clients are wanted, from where on and how many; `ids` null: all. */
export interface ClientRange {
  readonly ids: readonly string[] | null;
  readonly after: Place | null;
  readonly limit: number;
}

/** Lists clients, the oldest first. */
export async function listOAuthClients(
  manager: EntityManager,
  { ids, after, limit }: ClientRange,
): Promise<OAuthClientEntity[]> {
  if (ids?.length === 0) return [];
  const wanted = ids ?? [];
  const [at, id, count] = [1, 2, 3].map((index) => `$${wanted.length + index}`);
  const text = `SELECT ${columns(OAuthClientEntity, "c")} FROM oauth_clients c
    WHERE (c.created_at > ${at} OR (c.created_at = ${at} AND c.id > ${id}))
    ${ids === null ? "" : `AND c.id IN (${places(wanted)})`} ORDER BY c.created_at, c.id LIMIT ${count}`;
  const { rows } = await sql<Row>(manager, text, [...wanted, after?.at ?? 0, after?.id ?? "", limit]);
  return rows.map((row) => readEntity(OAuthClientEntity, row, "c")).filter((client) => client !== null);
}

/** Lists what all clients are called: there are few, and no database need know how to fold a name. */
export async function listClientNames(manager: EntityManager): Promise<{ id: string; name: string }[]> {
  return (await sql<{ id: string; name: string }>(manager, "SELECT id, name FROM oauth_clients")).rows;
}

/** Counts the clients. */
export async function countOAuthClients(manager: EntityManager): Promise<number> {
  const { rows } = await sql<{ count: number }>(manager, "SELECT count(*) AS count FROM oauth_clients");
  return Number(rows[0]?.count);
}

/** Keeps a new client. */
export async function addOAuthClient(manager: EntityManager, client: OAuthClientEntity): Promise<void> {
  await insert(manager, OAuthClientEntity, client);
}

/** Keeps a client as it was changed; its secret stays. */
export async function saveOAuthClient(manager: EntityManager, client: OAuthClientEntity): Promise<void> {
  const text = `UPDATE oauth_clients SET name = $2, redirect_uris = $3, grant_types = $4, scopes = $5, access = $6,
    service_account_id = $7, id_token_algorithm = $8, enabled = $9 WHERE id = $1`;
  const { id, name, redirectUris, grantTypes, scopes, access } = client;
  const { serviceAccountId, idTokenAlgorithm, enabled } = client;
  await sql(manager, text, [
    ...[id, name, redirectUris, grantTypes, scopes, access],
    ...[serviceAccountId, idTokenAlgorithm, enabled],
  ]);
}

/** Gives a client another secret; the one before is dead. */
export async function saveClientSecret(manager: EntityManager, id: string, hash: string): Promise<void> {
  await sql(manager, "UPDATE oauth_clients SET secret_hash = $2 WHERE id = $1", [id, hash]);
}

/** Removes a client with its grants, authorizations and tokens. */
export async function removeOAuthClient(manager: EntityManager, id: string): Promise<void> {
  await sql(manager, "DELETE FROM oauth_clients WHERE id = $1", [id]);
}

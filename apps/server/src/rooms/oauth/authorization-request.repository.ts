import type { AuthorizationRequest } from "@keyturn/oauth2";
import type { EntityManager } from "typeorm";
import { columns, readEntity, sql } from "../../platform/sql.js";
import { AuthorizationRequestEntity } from "./authorization-request.entity.js";
import { OAuthClientEntity } from "./client.entity.js";
import { USABLE } from "./client.repository.js";

/** A request that waits, with its client. */
export interface WaitingRequest {
  readonly waiting: AuthorizationRequestEntity;
  readonly client: OAuthClientEntity;
  readonly request: AuthorizationRequest;
}

/** As many of an account's wait; the oldest goes first. */
const MAXIMUM_WAITING = 20;

/** Keeps a request that an account has seen, once: where it is there already, it stays as it is. */
export async function addAuthorizationRequest(
  manager: EntityManager,
  { id, clientId, browserHash, accountId, request, expiresAt }: AuthorizationRequestEntity,
): Promise<void> {
  const add = `INSERT INTO oauth_authorization_requests
    (id, client_id, browser_hash, account_id, request, expires_at, closed)
    VALUES ($1, $2, $3, $4, $5, $6, false) ON CONFLICT (id) DO NOTHING`;
  await sql(manager, add, [id, clientId, browserHash, accountId, request, expiresAt]);
  const makeRoom = `DELETE FROM oauth_authorization_requests WHERE account_id = $1 AND closed = false AND id NOT IN
    (SELECT id FROM oauth_authorization_requests WHERE account_id = $1 AND closed = false
     ORDER BY expires_at DESC, id DESC LIMIT ${MAXIMUM_WAITING})`;
  await sql(manager, makeRoom, [accountId]);
}

/** Finds a request that waits and has not expired, of a client that is enabled. */
export async function findWaitingRequest(
  manager: EntityManager,
  id: string,
  now: number,
): Promise<WaitingRequest | null> {
  const { rows } = await sql<Record<string, unknown>>(
    manager,
    `SELECT ${columns(AuthorizationRequestEntity, "r")}, ${columns(OAuthClientEntity, "c")}
     FROM oauth_authorization_requests r JOIN oauth_clients c ON c.id = r.client_id
     WHERE r.id = $1 AND r.closed = false AND r.expires_at > $2 AND c.enabled = true`,
    [id, now],
  );
  const [row] = rows;
  const waiting = row === undefined ? null : readEntity(AuthorizationRequestEntity, row, "r");
  const client = row === undefined ? null : readEntity(OAuthClientEntity, row, "c");
  if (waiting === null || client === null) return null;
  return { waiting, client, request: requestOf(waiting) };
}

/** Reads what the client asked, whole. */
export function requestOf({ request }: AuthorizationRequestEntity): AuthorizationRequest {
  return JSON.parse(request) as AuthorizationRequest;
}

/** Closes a request: it is answered once, and remembered until it expires. True for the first who does. */
export async function closeRequest(manager: EntityManager, id: string): Promise<boolean> {
  const text = "UPDATE oauth_authorization_requests SET closed = true WHERE id = $1 AND closed = false";
  return (await sql(manager, text, [id])).affected === 1;
}

/** Closes what an account has seen and not answered. */
export async function closeRequestsOf(manager: EntityManager, accountId: string): Promise<void> {
  const text = "UPDATE oauth_authorization_requests SET closed = true WHERE account_id = $1";
  await sql(manager, text, [accountId]);
}

/** Says whether an account may use a client now, and what it allowed it before. */
export async function findAllowance(
  manager: EntityManager,
  clientId: string,
  accountId: string,
): Promise<{ mayUse: boolean; scopes: readonly string[] | null }> {
  const text = `SELECT ${USABLE} AS usable, g.scopes AS scopes FROM oauth_clients c CROSS JOIN accounts a
    LEFT JOIN oauth_grants g ON g.client_id = c.id AND g.account_id = a.id WHERE c.id = $1 AND a.id = $2`;
  const { rows } = await sql<{ usable: unknown; scopes: string | null }>(manager, text, [
    clientId,
    accountId,
  ]);
  const { usable, scopes } = rows[0] ?? { usable: false, scopes: null };
  return { mayUse: Boolean(usable), scopes: scopes === null ? null : scopes.split(" ") };
}

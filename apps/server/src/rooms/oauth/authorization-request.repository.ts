import type { AuthorizationRequest } from "@keyturn/oauth2";
import type { EntityManager } from "typeorm";
import { columns, insert, readEntity, sql } from "../../platform/sql.js";
import { AuthorizationRequestEntity } from "./authorization-request.entity.js";
import { OAuthClientEntity } from "./client.entity.js";
import { USABLE } from "./client.repository.js";

/** A request that waits, with its client. */
export interface WaitingRequest {
  readonly waiting: AuthorizationRequestEntity;
  readonly client: OAuthClientEntity;
  readonly request: AuthorizationRequest;
}

/** Keeps a request. */
export async function addAuthorizationRequest(
  manager: EntityManager,
  row: AuthorizationRequestEntity,
): Promise<void> {
  await insert(manager, AuthorizationRequestEntity, row);
}

/** Finds a request that has not expired, of a client that is enabled. */
export async function findWaitingRequest(
  manager: EntityManager,
  id: string,
  now: number,
): Promise<WaitingRequest | null> {
  const { rows } = await sql<Record<string, unknown>>(
    manager,
    `SELECT ${columns(AuthorizationRequestEntity, "r")}, ${columns(OAuthClientEntity, "c")}
     FROM oauth_authorization_requests r JOIN oauth_clients c ON c.id = r.client_id
     WHERE r.id = $1 AND r.expires_at > $2 AND c.enabled = true`,
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

/** Binds a request to the account that sees it first; false where that was another. */
export async function bindRequest(manager: EntityManager, id: string, accountId: string): Promise<boolean> {
  const text = `UPDATE oauth_authorization_requests SET account_id = $2
    WHERE id = $1 AND (account_id IS NULL OR account_id = $2)`;
  return (await sql(manager, text, [id, accountId])).affected === 1;
}

/** Takes a request away: it is answered once. */
export async function removeRequest(manager: EntityManager, id: string): Promise<boolean> {
  const text = "DELETE FROM oauth_authorization_requests WHERE id = $1";
  return (await sql(manager, text, [id])).affected === 1;
}

/** Takes away what an account has seen and not answered. */
export async function removeRequestsOf(manager: EntityManager, accountId: string): Promise<void> {
  await sql(manager, "DELETE FROM oauth_authorization_requests WHERE account_id = $1", [accountId]);
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

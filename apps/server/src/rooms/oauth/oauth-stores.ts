import type { Claims, OAuthClient, OAuthStores } from "@keyturn/oauth2";
import type { EntityManager } from "typeorm";
import type { Needs, RequestFacts } from "../../platform/context.js";
import { sql } from "../../platform/sql.js";
import { findAccount } from "../accounts/account.repository.js";
import { usableScopes } from "../credentials/usable-scopes.js";
import { authorizationStatements } from "./authorization.statements.js";
import { closeRequest } from "./authorization-request.repository.js";
import type { OAuthClientEntity } from "./client.entity.js";
import { findEnabledClient, SCOPE_BOUNDS, scopeBounds, USABLE } from "./client.repository.js";
import { tokenStatements } from "./token.statements.js";

/** What the stores know of the person who answers a request. */
export interface Answering {
  /** Run first in the transaction that keeps what a person allowed: sees that they still are who they were. */
  readonly holdPerson?: (manager: EntityManager) => Promise<void>;
  /** Whether the request came just now and was kept nowhere: nobody can answer it again. */
  readonly isUnkept?: boolean;
}

/** What the provider keeps, in this database and for one request: what happens is recorded where it is done. */
export function createOAuthStores(
  needs: Needs<"db" | "now">,
  request: RequestFacts,
  { holdPerson, isUnkept = false }: Answering,
): OAuthStores {
  const { db, now } = needs;
  return {
    async findClient(id) {
      const found = await findEnabledClient(db.read, id);
      return found === null ? null : toProvidersClient(found);
    },
    findServiceScopes: ({ id, serviceAccountId }) => findServiceScopes(db.read, id, serviceAccountId),
    findClaims: (subject) => findClaims(db.read, subject),
    transaction: (work) =>
      db.transaction(async (manager) => {
        await holdPerson?.(manager);
        const happening = { manager, request, now: now() };
        return await work({
          ...authorizationStatements(happening),
          ...tokenStatements(happening),
          takeRequest: async (id) => isUnkept || (await closeRequest(manager, id)),
        });
      }),
  };
}

/** A client as the provider knows it. */
export function toProvidersClient(client: OAuthClientEntity): OAuthClient {
  const { id, name, secretHash, serviceAccountId, idTokenAlgorithm } = client;
  return {
    ...{ id, name, secretDigest: secretHash, serviceAccountId, idTokenAlgorithm },
    redirectUris: client.redirectUris.split(" ").filter((uri) => uri !== ""),
    grantTypes: client.grantTypes.split(" ") as OAuthClient["grantTypes"][number][],
    scopes: client.scopes.split(" "),
  };
}

async function findServiceScopes(
  manager: EntityManager,
  clientId: string,
  accountId: string | null,
): Promise<string[] | null> {
  if (accountId === null) return null;
  const text = `SELECT ${SCOPE_BOUNDS} FROM oauth_clients c CROSS JOIN accounts a
    WHERE c.id = $1 AND a.id = $2 AND a.kind = 'SERVICE' AND ${USABLE}`;
  const { rows } = await sql<Record<string, unknown>>(manager, text, [clientId, accountId]);
  if (rows[0] === undefined) return null;
  const bounds = scopeBounds(rows[0]);
  return usableScopes({ granted: bounds.client ?? "", ...bounds });
}

/** An address that an administrator typed was never confirmed, and none is told from another: none is said to be. */
async function findClaims(manager: EntityManager, subject: string): Promise<Claims> {
  const found = await findAccount(manager, subject);
  if (found === null) return {};
  const { displayName, loginName, locale, emailAddress } = found.account;
  return {
    ...{ name: displayName, preferred_username: loginName, locale },
    ...(emailAddress === null ? {} : { email: emailAddress, email_verified: false }),
  };
}

import type { Authorization, EndReason, OAuthTransaction } from "@keyturn/oauth2";
import type { EntityManager } from "typeorm";
import { newId } from "../../platform/id.js";
import { columns, forUpdate, insert, readEntity, sql } from "../../platform/sql.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { findAccount } from "../accounts/account.repository.js";
import { type Happening, recordEvent } from "../audit/record-event.js";
import { usableScopes } from "../credentials/usable-scopes.js";
import { OAuthAuthorizationEntity } from "./authorization.entity.js";
import { SCOPE_BOUNDS, scopeBounds, USABLE } from "./client.repository.js";

/** A transaction of the provider's, and the request that it is for. */
export interface OAuthHappening extends Happening {
  readonly manager: EntityManager;
}

type Row = Record<string, unknown>;

/** At most so many families for an account and a client, and as many codes that wait; the oldest goes first. */
const MAXIMUM_FAMILIES = 10;

/** The statements about what a person allowed. */
export function authorizationStatements(
  happening: OAuthHappening,
): Pick<OAuthTransaction, "addAuthorization" | "redeemCode" | "endAuthorization"> {
  const { manager } = happening;
  return {
    async addAuthorization(authorization, code) {
      const { clientId, subject } = authorization;
      // The account's row first, so that its grant is made once, and a suspension comes before or after.
      await sql(manager, "UPDATE accounts SET stamp = stamp WHERE id = $1", [subject]);
      const account = await findUsable(manager, clientId, subject);
      if (account === null) return false;
      const grantId = await keepGrant(manager, authorization);
      await insert(manager, OAuthAuthorizationEntity, toEntity(authorization, { grantId, ...code }));
      await endOldest(happening, authorization.id);
      const details = { client: clientId, scopes: authorization.scopes.join(" ") };
      await recordEvent(manager, happening, {
        ...{
          action: "application.authorized",
          actor: account,
          subject: account,
          credential: "SESSION",
          details,
        },
      });
      return true;
    },

    async redeemCode(digest) {
      await holdGrant(manager, "code_hash = $1", digest);
      const text =
        "UPDATE oauth_authorizations SET redeemed = true WHERE code_hash = $1 AND redeemed = false";
      const { affected } = await sql(manager, text, [digest]);
      const { rows } = await sql<Row>(
        manager,
        `SELECT ${AUTHORIZATION()}, ${USABLE} AS usable FROM oauth_authorizations z
         JOIN accounts a ON a.id = z.account_id JOIN oauth_clients c ON c.id = z.client_id WHERE z.code_hash = $1`,
        [digest],
      );
      const authorization = rows[0] === undefined ? null : readAuthorization(rows[0]);
      if (authorization === null) return null;
      const expiresAt = Number(rows[0]?.["z.codeExpiresAt"]);
      return { authorization, expiresAt, isReplay: affected === 0, usable: Boolean(rows[0]?.["usable"]) };
    },

    endAuthorization: (id, why) => endAuthorization(happening, id, why),
  };
}

/**
 * The columns of an authorization with what its login is worth now: two factors only as long as the account has the
 * second factor that was proven before it, at the login or after.
 */
export const AUTHORIZATION = (): string => `${columns(OAuthAuthorizationEntity, "z")},
  ${SCOPE_BOUNDS}, (z.assurance = 'TWO_FACTOR' AND a.two_factor_enabled_at IS NOT NULL
    AND a.two_factor_enabled_at <= z.created_at) AS two_factor`;

/** Reads what {@link AUTHORIZATION} selected; null where an outer join found none. */
export function readAuthorization(row: Row): Authorization | null {
  const found = readEntity(OAuthAuthorizationEntity, row, "z");
  if (found === null) return null;
  const { id, clientId, accountId, redirectUri, codeChallenge, nonce, createdAt } = found;
  return {
    ...{ id, clientId, subject: accountId, redirectUri, codeChallenge, nonce, createdAt },
    scopes: usableScopes({ granted: found.scopes, ...scopeBounds(row) }),
    authentication: authenticationOf(found, Boolean(row["two_factor"])),
  };
}

/** What a login is worth now: where its second factor is gone, it proved the password, and says no more than that. */
function authenticationOf(
  { authenticatedAt, methods }: OAuthAuthorizationEntity,
  twoFactor: boolean,
): Authorization["authentication"] {
  return { at: authenticatedAt, methods: twoFactor ? methods.split(" ") : ["pwd"], twoFactor };
}

/**
 * Takes the row of the grant that an authorization came of, before anything below it: whoever withdraws it, allows more
 * or shows what came of it comes before or after, and no two wait for each other.
 */
export async function holdGrant(manager: EntityManager, where: string, value: string): Promise<void> {
  const text = `SELECT id FROM oauth_grants
    WHERE id = (SELECT grant_id FROM oauth_authorizations WHERE ${where}) ${forUpdate(manager)}`;
  await sql(manager, text, [value]);
}

async function findUsable(
  manager: EntityManager,
  clientId: string,
  accountId: string,
): Promise<AccountEntity | null> {
  const text = `SELECT 1 AS usable FROM oauth_clients c CROSS JOIN accounts a
    WHERE c.id = $1 AND a.id = $2 AND ${USABLE}`;
  const { rows } = await sql(manager, text, [clientId, accountId]);
  return rows.length === 0 ? null : ((await findAccount(manager, accountId))?.account ?? null);
}

/** Keeps that an account allowed a client something, beside what it allowed before. */
async function keepGrant(manager: EntityManager, authorization: Authorization): Promise<string> {
  const { clientId, subject, scopes, createdAt } = authorization;
  const text = "SELECT id, scopes FROM oauth_grants WHERE account_id = $1 AND client_id = $2";
  const { rows } = await sql<{ id: string; scopes: string }>(manager, text, [subject, clientId]);
  const [before] = rows;
  if (before === undefined) {
    const id = newId(createdAt);
    const columnsOf = "id, account_id, client_id, scopes, authorized_at";
    const values = [id, subject, clientId, scopes.join(" "), createdAt];
    await sql(manager, `INSERT INTO oauth_grants (${columnsOf}) VALUES ($1, $2, $3, $4, $5)`, values);
    return id;
  }
  const all = [...new Set([...before.scopes.split(" "), ...scopes])].join(" ");
  const update = "UPDATE oauth_grants SET scopes = $2, authorized_at = $3 WHERE id = $1";
  await sql(manager, update, [before.id, all, createdAt]);
  return before.id;
}

/**
 * Makes room for an authorization among those of its grant: a family takes the place of the oldest family, a code that
 * waits that of the oldest one.
 */
export async function endOldest(happening: OAuthHappening, id: string): Promise<void> {
  const { manager } = happening;
  const text = `SELECT o.id AS id FROM oauth_authorizations o JOIN oauth_authorizations z
      ON z.grant_id = o.grant_id AND z.redeemed = o.redeemed
    WHERE z.id = $1 ORDER BY o.created_at DESC, o.id DESC`;
  const { rows } = await sql<{ id: string }>(manager, text, [id]);
  for (const oldest of rows.slice(MAXIMUM_FAMILIES))
    await endAuthorization(happening, oldest.id, "displaced");
}

const ACTIONS = {
  revoked: "oauth-token.revoked",
  replayed: "oauth-token.replayed",
  misused: "oauth-token.replayed",
  displaced: "oauth-token.displaced",
} as const;

const FAILURES: ReadonlySet<string> = new Set<EndReason>(["replayed", "misused"]);

async function endAuthorization(
  happening: OAuthHappening,
  id: string,
  why: EndReason | "displaced",
): Promise<void> {
  const { manager } = happening;
  await holdGrant(manager, "id = $1", id);
  const text = `SELECT z.client_id AS client, a.id AS id, a.login_name AS name FROM oauth_authorizations z
    JOIN accounts a ON a.id = z.account_id WHERE z.id = $1`;
  const { rows } = await sql<{ client: string; id: string; name: string }>(manager, text, [id]);
  const { affected } = await sql(manager, "DELETE FROM oauth_authorizations WHERE id = $1", [id]);
  if (affected === 0 || rows[0] === undefined) return;
  const { client, id: accountId, name } = rows[0];
  await recordEvent(manager, happening, {
    ...{ action: ACTIONS[why], subject: { id: accountId, loginName: name }, details: { client, why } },
    ...(FAILURES.has(why) ? { failed: true } : {}),
  });
}

function toEntity(
  authorization: Authorization,
  { grantId, digest, expiresAt }: { grantId: string; digest: string; expiresAt: number },
): OAuthAuthorizationEntity {
  const { id, clientId, subject, scopes, authentication, redirectUri, codeChallenge, nonce } = authorization;
  return {
    ...{
      id,
      grantId,
      clientId,
      accountId: subject,
      scopes: scopes.join(" "),
      redirectUri,
      codeChallenge,
      nonce,
    },
    assurance: authentication.twoFactor ? "TWO_FACTOR" : "ONE_FACTOR",
    methods: authentication.methods.join(" "),
    authenticatedAt: authentication.at,
    ...{ codeHash: digest, codeExpiresAt: expiresAt, redeemed: false, createdAt: authorization.createdAt },
  };
}

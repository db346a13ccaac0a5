import type { NewTokens, OAuthTransaction } from "@keyturn/oauth2";
import { columns, readEntity, sql } from "../../platform/sql.js";
import { recordEvent } from "../audit/record-event.js";
import { usableScopes } from "../credentials/usable-scopes.js";
import {
  AUTHORIZATION,
  endOldest,
  holdGrant,
  type OAuthHappening,
  readAuthorization,
} from "./authorization.statements.js";
import { scopeBounds, USABLE_TOKEN } from "./client.repository.js";
import { OAuthTokenEntity } from "./token.entity.js";

type Row = Record<string, unknown>;

/** The statements about tokens. */
export function tokenStatements(
  happening: OAuthHappening,
): Pick<OAuthTransaction, "findToken" | "spendRefreshToken" | "addTokens" | "endAccessToken"> {
  const { manager } = happening;
  return {
    async findToken(digest) {
      const { rows } = await sql<Row>(
        manager,
        `SELECT ${columns(OAuthTokenEntity, "t")}, ${AUTHORIZATION()}, ${USABLE_TOKEN} AS usable
         FROM oauth_tokens t JOIN accounts a ON a.id = t.account_id JOIN oauth_clients c ON c.id = t.client_id
         LEFT JOIN oauth_authorizations z ON z.id = t.authorization_id WHERE t.token_hash = $1`,
        [digest],
      );
      const token = rows[0] === undefined ? null : readEntity(OAuthTokenEntity, rows[0], "t");
      if (rows[0] === undefined || token === null) return null;
      const { kind, clientId, accountId, createdAt, expiresAt, spent } = token;
      return {
        ...{ kind, digest, clientId, subject: accountId, issuedAt: createdAt, expiresAt, isSpent: spent },
        scopes: usableScopes({ granted: token.scopes, ...scopeBounds(rows[0]) }),
        authorization: readAuthorization(rows[0]),
        usable: Boolean(rows[0]["usable"]),
      };
    },

    async spendRefreshToken(digest) {
      const ofToken = "id = (SELECT authorization_id FROM oauth_tokens WHERE token_hash = $1)";
      await holdGrant(manager, ofToken, digest);
      const text = `UPDATE oauth_tokens SET spent = true
        WHERE token_hash = $1 AND kind = 'refresh' AND spent = false`;
      return (await sql(manager, text, [digest])).affected === 1;
    },

    addTokens: (tokens) => addTokens(happening, tokens),

    async endAccessToken(digest) {
      const text = `SELECT t.client_id AS client, a.id AS id, a.login_name AS name FROM oauth_tokens t
        JOIN accounts a ON a.id = t.account_id WHERE t.token_hash = $1`;
      const { rows } = await sql<{ client: string; id: string; name: string }>(manager, text, [digest]);
      const { affected } = await sql(manager, "DELETE FROM oauth_tokens WHERE token_hash = $1", [digest]);
      if (affected === 0 || rows[0] === undefined) return;
      const { client, id, name } = rows[0];
      const details = { client, why: "revoked" };
      await recordEvent(manager, happening, {
        ...{ action: "oauth-token.revoked", subject: { id, loginName: name }, details },
      });
    },
  };
}

async function addTokens(happening: OAuthHappening, added: NewTokens): Promise<boolean> {
  const { manager } = happening;
  const { authorizationId, clientId, subject, issuedAt, isFirst, tokens } = added;
  if (authorizationId !== null && !(await holdAuthorization(manager, authorizationId, issuedAt)))
    return false;
  if (authorizationId !== null && isFirst) await endOldest(happening, authorizationId);
  const rows = tokens.map(
    (_, index) =>
      `($${4 * index + 5}, $${4 * index + 6}, $1, $2, $3, $${4 * index + 7}, $4, $${4 * index + 8}, false)`,
  );
  await sql(
    manager,
    `INSERT INTO oauth_tokens
     (token_hash, kind, client_id, account_id, authorization_id, scopes, created_at, expires_at, spent)
     VALUES ${rows.join(", ")}`,
    [
      ...[clientId, subject, authorizationId, issuedAt],
      ...tokens.flatMap(({ digest, kind, scopes, expiresAt }) => [digest, kind, scopes.join(" "), expiresAt]),
    ],
  );
  if (authorizationId === null) await recordIssued(happening, added);
  return true;
}

/** Takes an authorization's row, so that its end comes before or after; false where it has ended. */
async function holdAuthorization(
  manager: OAuthHappening["manager"],
  id: string,
  now: number,
): Promise<boolean> {
  const hold = "UPDATE oauth_authorizations SET redeemed = true WHERE id = $1";
  if ((await sql(manager, hold, [id])).affected === 0) return false;
  const touch = `UPDATE oauth_grants SET last_used_at = $2
    WHERE id = (SELECT grant_id FROM oauth_authorizations WHERE id = $1)`;
  await sql(manager, touch, [id, now]);
  return true;
}

/** A machine's token comes of no consent that was recorded. */
async function recordIssued(
  happening: OAuthHappening,
  { clientId, subject, tokens }: NewTokens,
): Promise<void> {
  const { manager } = happening;
  const scopes = tokens[0]?.scopes ?? [];
  const text = "SELECT id, login_name AS name FROM accounts WHERE id = $1";
  const { rows } = await sql<{ id: string; name: string }>(manager, text, [subject]);
  const account = { id: subject, loginName: rows[0]?.name ?? "" };
  const details = { client: clientId, scopes: scopes.join(" ") };
  await recordEvent(manager, happening, { action: "oauth-token.issued", subject: account, details });
}

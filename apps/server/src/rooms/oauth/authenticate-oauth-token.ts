import type { TokenHash } from "../../platform/bearer-token.js";
import type { Needs } from "../../platform/context.js";
import { Refusal } from "../../platform/problem.js";
import { columns, readEntity, sql } from "../../platform/sql.js";
import { ACCOUNT_AND_POLICY, readAccountAndPolicy } from "../accounts/account.repository.js";
import { usableScopes } from "../credentials/usable-scopes.js";
import type { Viewer } from "../credentials/viewer.js";
import { AUTHORIZATION, readAuthorization } from "./authorization.statements.js";
import { scopeBounds, USABLE_TOKEN } from "./client.repository.js";
import { OAuthTokenEntity } from "./token.entity.js";

/** How often an application's last use is written down, in milliseconds. */
const TOUCH_EVERY = 60_000;

/**
 * Authenticates a request by an OAuth access token, in one statement; the last use is written after the answer.
 *
 * @throws Refusal INVALID_CREDENTIALS where the token was revoked or expired, or its client or account may not act now
 */
export async function authenticateOAuthToken(
  needs: Needs<"db" | "now" | "later">,
  tokenHash: TokenHash,
): Promise<Viewer> {
  const now = needs.now();
  const { rows } = await sql<Record<string, unknown>>(
    needs.db.read,
    `SELECT ${columns(OAuthTokenEntity, "t")}, ${AUTHORIZATION()}, ${ACCOUNT_AND_POLICY()},
       g.id AS grant_id, g.last_used_at AS used_at
     FROM oauth_tokens t JOIN accounts a ON a.id = t.account_id JOIN oauth_clients c ON c.id = t.client_id
     CROSS JOIN security_policy p LEFT JOIN oauth_authorizations z ON z.id = t.authorization_id
     LEFT JOIN oauth_grants g ON g.id = z.grant_id
     WHERE t.token_hash = $1 AND t.kind = 'access' AND ${USABLE_TOKEN}`,
    [tokenHash],
  );
  const [row] = rows;
  const token = row === undefined ? null : readEntity(OAuthTokenEntity, row, "t");
  if (row === undefined || token === null || token.expiresAt <= now) throw new Refusal("INVALID_CREDENTIALS");
  touch(needs, { id: row["grant_id"], usedAt: row["used_at"] });
  const authentication = readAuthorization(row)?.authentication;
  return {
    ...readAccountAndPolicy(row),
    ...{
      credential: "OAUTH_TOKEN",
      scopes: usableScopes({ granted: token.scopes, ...scopeBounds(row) }),
      session: null,
      tokenHash,
    },
    assurance: authentication?.twoFactor === true ? "TWO_FACTOR" : "ONE_FACTOR",
    methods: authentication?.methods ?? [],
    authenticatedAt: authentication?.at ?? token.createdAt,
  };
}

function touch(
  { db, now, later }: Needs<"db" | "now" | "later">,
  { id, usedAt }: { id: unknown; usedAt: unknown },
): void {
  if (typeof id !== "string" || now() - Number(usedAt ?? 0) < TOUCH_EVERY) return;
  const text = "UPDATE oauth_grants SET last_used_at = $2 WHERE id = $1";
  later(() => db.transaction((manager) => sql(manager, text, [id, now()])));
}

import type { EntityManager } from "typeorm";
import { sql } from "../../platform/sql.js";

/**
 * Every table that holds what somebody shows to get in. What came of a grant, its codes and tokens, goes with its row;
 * a program's own tokens are of no grant.
 */
export const BEARER_TABLES = [
  "sessions",
  "api_tokens",
  "oauth_grants",
  "oauth_authorizations",
  "oauth_tokens",
  "oauth_authorization_requests",
  "login_challenges",
  "totp_enrollments",
  "mail_links",
] as const;

/** What goes on where an account's access ends; all else ends. */
export interface Spared {
  /** The id of one session. */
  readonly session?: string;
  readonly sessionsOfTwoFactors?: boolean;
  readonly apiTokens?: boolean;
  /** What was allowed to applications, and a program's own OAuth tokens. */
  readonly applications?: boolean;
}

/** How much ended. */
export interface Ended {
  readonly sessionsRevoked: number;
  readonly apiTokensRevoked: number;
  readonly applicationsRevoked: number;
}

/** Whose access ends, and when, in epoch milliseconds. */
export interface Ending {
  readonly accountId: string;
  readonly now: number;
}

/**
 * Ends the access to an account for good, but for what is spared: its sessions and the enrollments within them, the
 * logins that are under way, mailed links, API tokens, applications with their codes and tokens. Nothing brings any of
 * it back.
 */
export async function endAccess(
  manager: EntityManager,
  { accountId, now }: Ending,
  spared: Spared = {},
): Promise<Ended> {
  const end = async (text: string, ...more: (string | number)[]): Promise<number> =>
    (await sql(manager, text, [accountId, ...more])).affected;
  const unproven = spared.sessionsOfTwoFactors === true ? "AND assurance = 'ONE_FACTOR'" : "";
  const sessionsRevoked = await end(
    `DELETE FROM sessions WHERE account_id = $1 AND id <> $2 ${unproven}`,
    spared.session ?? "",
  );
  await end(`DELETE FROM totp_enrollments
    WHERE account_id = $1 AND session_id NOT IN (SELECT id FROM sessions WHERE account_id = $1)`);
  await end("DELETE FROM login_challenges WHERE account_id = $1");
  await end("UPDATE mail_links SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL", now);
  const apiTokensRevoked =
    spared.apiTokens === true ? 0 : await end("DELETE FROM api_tokens WHERE account_id = $1");
  if (spared.applications === true) return { sessionsRevoked, apiTokensRevoked, applicationsRevoked: 0 };
  const applicationsRevoked = await end("DELETE FROM oauth_grants WHERE account_id = $1");
  await end("DELETE FROM oauth_tokens WHERE account_id = $1");
  await end("DELETE FROM oauth_authorization_requests WHERE account_id = $1");
  return { sessionsRevoked, apiTokensRevoked, applicationsRevoked };
}

/**
 * Ends what a client was given, and returns of how many accounts: by everyone, its own tokens among it; or by those who
 * are not on its list. No list and no switch brings any of it back.
 */
export async function endClientAccess(
  manager: EntityManager,
  clientId: string,
  by: "everyone" | "those not listed",
): Promise<number> {
  const whose =
    by === "everyone"
      ? ""
      : "AND account_id NOT IN (SELECT account_id FROM oauth_client_accounts WHERE client_id = $1)";
  const remove = (table: "oauth_grants" | "oauth_authorization_requests") =>
    sql(manager, `DELETE FROM ${table} WHERE client_id = $1 ${whose}`, [clientId]);
  const { affected } = await remove("oauth_grants");
  await remove("oauth_authorization_requests");
  if (by === "everyone") await endClientTokens(manager, clientId);
  return affected;
}

/** Ends the tokens that a client got for its service account. */
export async function endClientTokens(manager: EntityManager, clientId: string): Promise<void> {
  await sql(manager, "DELETE FROM oauth_tokens WHERE client_id = $1 AND authorization_id IS NULL", [
    clientId,
  ]);
}

const OF_PROTECTED = "account_id IN (SELECT id FROM accounts WHERE two_factor_enabled_at IS NOT NULL)";

/**
 * Ends what a password alone made since a time, in epoch milliseconds, of accounts that have a second factor: it lay
 * dormant then. What two factors had made before goes on. Sessions are ended by the policy that is left.
 */
export async function endPasswordOnlyAccess(
  manager: EntityManager,
  since: number,
): Promise<Omit<Ended, "sessionsRevoked">> {
  const byPasswordAlone = `assurance = 'ONE_FACTOR' AND created_at >= $1 AND ${OF_PROTECTED}`;
  const apiTokens = await sql(manager, `DELETE FROM api_tokens WHERE ${byPasswordAlone}`, [since]);
  const made = `authorized_at >= $1 AND ${OF_PROTECTED} AND id NOT IN
    (SELECT grant_id FROM oauth_authorizations WHERE assurance = 'TWO_FACTOR' AND created_at >= $1)`;
  const wholly = await sql(manager, `DELETE FROM oauth_grants WHERE ${made}`, [since]);
  await sql(manager, `DELETE FROM oauth_authorizations WHERE ${byPasswordAlone}`, [since]);
  return { apiTokensRevoked: apiTokens.affected, applicationsRevoked: wholly.affected };
}

/** A list of scopes, parted by spaces, without those for administrators: the same words on both databases. */
const WITHOUT_ADMIN_SCOPES = `trim(replace(replace(' ' || scopes || ' ', ' admin:read ', ' '), ' admin:write ', ' '))`;

/**
 * Takes an administrator's rights away from all that was given for an account, for good: another role brings none back.
 * What is left without any right ends.
 */
export async function endAdminScopes(
  manager: EntityManager,
  accountId: string,
): Promise<Omit<Ended, "sessionsRevoked">> {
  const narrow = async (table: string): Promise<number> => {
    const ofAccount = "account_id = $1 AND scopes LIKE '%admin:%'";
    await sql(manager, `UPDATE ${table} SET scopes = ${WITHOUT_ADMIN_SCOPES} WHERE ${ofAccount}`, [
      accountId,
    ]);
    const empty = `DELETE FROM ${table} WHERE account_id = $1 AND scopes = ''`;
    return (await sql(manager, empty, [accountId])).affected;
  };
  const applicationsRevoked = await narrow("oauth_grants");
  await narrow("oauth_authorizations");
  await narrow("oauth_tokens");
  return { apiTokensRevoked: await narrow("api_tokens"), applicationsRevoked };
}

import type { EntityManager } from "typeorm";
import { drawToken, type PlainToken } from "../../platform/bearer-token.js";
import type { RequestFacts } from "../../platform/context.js";
import { newId } from "../../platform/id.js";
import { columns, insert, places, readEntity, sql } from "../../platform/sql.js";
import {
  ACCOUNT_AND_POLICY,
  type AccountAndPolicy,
  readAccountAndPolicy,
} from "../accounts/account.repository.js";
import type { TwoFactorRule } from "../policy/two-factor-rule.js";
import type { Proven } from "../two-factor/proven.js";
import { SessionEntity } from "./session.entity.js";
import { isSessionLive } from "./session.policy.js";

type Row = Record<string, unknown>;

/** What a new session is made from. */
export interface NewSession extends AccountAndPolicy {
  readonly proven: Proven;
  readonly request: RequestFacts;
  readonly useCookie: boolean;
  readonly now: number;
}

/**
 * Opens a session: the one function that mints one, and only where all that the account is asked for was proven: its
 * password first of all. A program has no sessions, and who has no password yet has none to prove.
 *
 * The token is returned this once; its hash is kept.
 */
export async function openSession(
  manager: EntityManager,
  { account, policy, proven, request, useCookie, now }: NewSession,
): Promise<{ session: SessionEntity; token: PlainToken }> {
  const { plain, hash } = drawToken("kts_");
  const session: SessionEntity = {
    id: newId(now),
    tokenHash: hash,
    accountId: account.id,
    assurance: proven.assurance,
    methods: proven.methods.join(" "),
    authenticatedAt: now,
    createdAt: now,
    lastUsedAt: now,
    ipAddress: request.ipAddress,
    userAgent: request.userAgent,
    useCookie,
  };
  if (!proven.password || account.kind === "SERVICE" || account.passwordHash === null)
    throw new Error("a session was to open without a password");
  if (!isSessionLive(session, { account, policy }, now))
    throw new Error("a session was to open without its factors");
  await insert(manager, SessionEntity, session);
  return { session, token: plain };
}

/** Finds the session of a token with its account and the policy, in one statement; it may be dead. */
export async function findSession(
  manager: EntityManager,
  tokenHash: string,
): Promise<(AccountAndPolicy & { session: SessionEntity }) | null> {
  const { rows } = await sql<Row>(
    manager,
    `SELECT ${columns(SessionEntity, "s")}, ${ACCOUNT_AND_POLICY()}
     FROM sessions s JOIN accounts a ON a.id = s.account_id CROSS JOIN security_policy p WHERE s.token_hash = $1`,
    [tokenHash],
  );
  const session = rows[0] === undefined ? null : readEntity(SessionEntity, rows[0], "s");
  return rows[0] === undefined || session === null ? null : { session, ...readAccountAndPolicy(rows[0]) };
}

/** What a session has newly proven, under a new token; its id and its age stay. */
export interface RenewedSession {
  readonly id: string;
  readonly proven: Proven;
  readonly authenticatedAt: number;
}

/** Renews the token of a session: the one before is dead. Null where the session ended meanwhile. */
export async function renewSession(
  manager: EntityManager,
  { id, proven, authenticatedAt }: RenewedSession,
): Promise<PlainToken | null> {
  const { plain, hash } = drawToken("kts_");
  const text =
    "UPDATE sessions SET token_hash = $2, assurance = $3, methods = $4, authenticated_at = $5 WHERE id = $1";
  const values = [id, hash, proven.assurance, proven.methods.join(" "), authenticatedAt];
  return (await sql(manager, text, values)).affected === 1 ? plain : null;
}

/** So many sessions of an account are listed at most. */
const LISTED = 200;

/** Lists the sessions of accounts, the newest first; those that ended by time may still be among them. */
export async function listSessions(
  manager: EntityManager,
  accountIds: readonly string[],
): Promise<SessionEntity[]> {
  const text = `SELECT ${columns(SessionEntity, "s")} FROM (
      SELECT t.*, row_number() OVER (PARTITION BY t.account_id ORDER BY t.created_at DESC, t.id DESC) AS place
      FROM sessions t WHERE t.account_id IN (${places(accountIds)})) s
    WHERE s.place <= ${LISTED} ORDER BY s.created_at DESC, s.id DESC`;
  const { rows } = await sql<Row>(manager, text, accountIds);
  return rows.map((row) => readEntity(SessionEntity, row, "s")).filter((session) => session !== null);
}

/** Ends the session of a token, where there is one. */
export async function endSessionOfToken(manager: EntityManager, tokenHash: string): Promise<void> {
  await sql(manager, "DELETE FROM sessions WHERE token_hash = $1", [tokenHash]);
}

/** Ends one session; false where there is none of that id. */
export async function endSession(manager: EntityManager, id: string): Promise<boolean> {
  return (await sql(manager, "DELETE FROM sessions WHERE id = $1", [id])).affected === 1;
}

/** Ends an account's sessions, but for one that goes on, and returns how many. */
export async function endSessions(
  manager: EntityManager,
  accountId: string,
  { except = null }: { except?: string | null } = {},
): Promise<number> {
  const text = "DELETE FROM sessions WHERE account_id = $1 AND id <> $2";
  return (await sql(manager, text, [accountId, except ?? ""])).affected;
}

/** Ends every session of a person whom the rule in force asks for a second factor that they do not have. */
export async function endUnprotectedSessions(manager: EntityManager, rule: TwoFactorRule): Promise<void> {
  if (rule !== "REQUIRED" && rule !== "REQUIRED_FOR_ADMINISTRATORS") return;
  const whose = rule === "REQUIRED" ? "" : "AND role = 'ADMINISTRATOR'";
  await sql(
    manager,
    `DELETE FROM sessions WHERE account_id IN
       (SELECT id FROM accounts WHERE kind = 'PERSON' AND two_factor_enabled_at IS NULL ${whose})`,
  );
}

/** Notes that a session was used, where that was not noted within the last minute. */
export async function touchSession(manager: EntityManager, id: string, now: number): Promise<void> {
  await sql(manager, "UPDATE sessions SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2", [id, now]);
}

/** Lets a session go on with one factor: the second one of its account is gone. */
export async function lowerSession(manager: EntityManager, id: string): Promise<void> {
  await sql(manager, "UPDATE sessions SET assurance = 'ONE_FACTOR', methods = 'pwd' WHERE id = $1", [id]);
}

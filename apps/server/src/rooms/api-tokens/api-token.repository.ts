import type { EntityManager } from "typeorm";
import { Refusal } from "../../platform/problem.js";
import { columns, insert, places, readEntity, sql } from "../../platform/sql.js";
import {
  ACCOUNT_AND_POLICY,
  type AccountAndPolicy,
  readAccountAndPolicy,
} from "../accounts/account.repository.js";
import { ApiTokenEntity } from "./api-token.entity.js";

type Row = Record<string, unknown>;

/** Finds an API token with its account and the policy, in one statement; it may have ended. */
export async function findApiToken(
  manager: EntityManager,
  tokenHash: string,
): Promise<(AccountAndPolicy & { apiToken: ApiTokenEntity }) | null> {
  const { rows } = await sql<Row>(
    manager,
    `SELECT ${columns(ApiTokenEntity, "k")}, ${ACCOUNT_AND_POLICY()}
     FROM api_tokens k JOIN accounts a ON a.id = k.account_id CROSS JOIN security_policy p WHERE k.token_hash = $1`,
    [tokenHash],
  );
  const apiToken = rows[0] === undefined ? null : readEntity(ApiTokenEntity, rows[0], "k");
  return rows[0] === undefined || apiToken === null ? null : { apiToken, ...readAccountAndPolicy(rows[0]) };
}

/** Finds an API token by its id. */
export async function findApiTokenById(manager: EntityManager, id: string): Promise<ApiTokenEntity | null> {
  const text = `SELECT ${columns(ApiTokenEntity, "k")} FROM api_tokens k WHERE k.id = $1`;
  const { rows } = await sql<Row>(manager, text, [id]);
  return rows[0] === undefined ? null : readEntity(ApiTokenEntity, rows[0], "k");
}

/** Lists the API tokens of accounts, the newest first, ended ones among them. */
export async function listApiTokens(
  manager: EntityManager,
  accountIds: readonly string[],
): Promise<ApiTokenEntity[]> {
  const text = `SELECT ${columns(ApiTokenEntity, "k")} FROM api_tokens k
    WHERE k.account_id IN (${places(accountIds)}) ORDER BY k.created_at DESC, k.id DESC`;
  const { rows } = await sql<Row>(manager, text, accountIds);
  return rows.map((row) => readEntity(ApiTokenEntity, row, "k")).filter((token) => token !== null);
}

/**
 * Takes the owner's row, so that tokens made at once are counted one after the other, and counts what there is.
 *
 * @throws Refusal NOT_FOUND where the owner was deleted in the same moment
 */
export async function countApiTokens(manager: EntityManager, accountId: string): Promise<number> {
  const owner = await sql(manager, "UPDATE accounts SET stamp = stamp WHERE id = $1", [accountId]);
  if (owner.affected === 0) throw new Refusal("NOT_FOUND");
  const text = "SELECT count(*) AS count FROM api_tokens WHERE account_id = $1";
  return Number((await sql<{ count: number }>(manager, text, [accountId])).rows[0]?.count);
}

/** Keeps an API token. */
export async function addApiToken(manager: EntityManager, token: ApiTokenEntity): Promise<void> {
  await insert(manager, ApiTokenEntity, token);
}

/** Takes an API token's row, so that its end comes before or after; false where it has ended. */
export async function holdApiToken(manager: EntityManager, tokenHash: string): Promise<boolean> {
  const text = "UPDATE api_tokens SET name = name WHERE token_hash = $1";
  return (await sql(manager, text, [tokenHash])).affected === 1;
}

/** Revokes one API token; false where there is none of that id. */
export async function removeApiToken(manager: EntityManager, id: string): Promise<boolean> {
  return (await sql(manager, "DELETE FROM api_tokens WHERE id = $1", [id])).affected === 1;
}

/** Lets the API tokens of an account fall to one factor: its second factor is gone. */
export async function lowerApiTokens(manager: EntityManager, accountId: string): Promise<void> {
  await sql(manager, "UPDATE api_tokens SET assurance = 'ONE_FACTOR' WHERE account_id = $1", [accountId]);
}

/** Notes that an API token was used. */
export async function touchApiToken(manager: EntityManager, id: string, now: number): Promise<void> {
  const text =
    "UPDATE api_tokens SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)";
  await sql(manager, text, [id, now]);
}

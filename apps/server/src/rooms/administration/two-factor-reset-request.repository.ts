import type { EntityManager } from "typeorm";
import { columns, insert, readEntity, sql } from "../../platform/sql.js";
import { AccountEntity } from "../accounts/account.entity.js";
import {
  ACCOUNT_AND_POLICY,
  type AccountAndPolicy,
  readAccountAndPolicy,
} from "../accounts/account.repository.js";
import { TwoFactorResetRequestEntity } from "./two-factor-reset-request.entity.js";

type Row = Record<string, unknown>;

/** A request with whose factor it is about, and who asked. */
export interface FoundResetRequest extends AccountAndPolicy {
  readonly request: TwoFactorResetRequestEntity;
  readonly requester: AccountEntity;
}

/** Requests live: not expired, about the factor that is still on, by somebody who still is an administrator. */
const LIVE = `FROM two_factor_reset_requests r
  JOIN accounts a ON a.id = r.account_id AND a.two_factor_enabled_at = r.two_factor_enabled_at
  JOIN accounts q ON q.id = r.requested_by AND q.role = 'ADMINISTRATOR' AND q.suspended_at IS NULL
  CROSS JOIN security_policy p WHERE r.expires_at > $1`;

const SELECTION = (): string =>
  `${columns(TwoFactorResetRequestEntity, "r")}, ${columns(AccountEntity, "q")}, ${ACCOUNT_AND_POLICY()}`;

/** Keeps a request in place of an older one by the same administrator for the same account. */
export async function keepResetRequest(
  manager: EntityManager,
  request: TwoFactorResetRequestEntity,
): Promise<void> {
  const text = "DELETE FROM two_factor_reset_requests WHERE account_id = $1 AND requested_by = $2";
  await sql(manager, text, [request.accountId, request.requestedBy]);
  await insert(manager, TwoFactorResetRequestEntity, request);
}

/** Finds a live request by its id. */
export async function findResetRequest(
  manager: EntityManager,
  id: string,
  now: number,
): Promise<FoundResetRequest | null> {
  const { rows } = await sql<Row>(manager, `SELECT ${SELECTION()} ${LIVE} AND r.id = $2`, [now, id]);
  return rows[0] === undefined ? null : read(rows[0]);
}

/** Takes the row of the account that a request is about: its owner may turn the factor off in the same moment. */
export async function holdRequested(manager: EntityManager, id: string): Promise<void> {
  const text = `UPDATE accounts SET stamp = stamp
    WHERE id IN (SELECT account_id FROM two_factor_reset_requests WHERE id = $1)`;
  await sql(manager, text, [id]);
}

/** Lists live requests, the oldest first, from after an id on. */
export async function listResetRequests(
  manager: EntityManager,
  { after, limit, now }: { after: string | null; limit: number; now: number },
): Promise<FoundResetRequest[]> {
  const text = `SELECT ${SELECTION()} ${LIVE} AND r.id > $2 ORDER BY r.id LIMIT $3`;
  return (await sql<Row>(manager, text, [now, after ?? "", limit])).rows.map(read);
}

/** Counts live requests. */
export async function countResetRequests(manager: EntityManager, now: number): Promise<number> {
  const { rows } = await sql<{ count: number }>(manager, `SELECT count(*) AS count ${LIVE}`, [now]);
  return Number(rows[0]?.count);
}

/** Removes a request; false where another answer was quicker. */
export async function removeResetRequest(manager: EntityManager, id: string): Promise<boolean> {
  return (await sql(manager, "DELETE FROM two_factor_reset_requests WHERE id = $1", [id])).affected === 1;
}

/** Removes what an account requested: it is no administrator any more, or suspended. */
export async function removeResetRequestsBy(manager: EntityManager, accountId: string): Promise<void> {
  await sql(manager, "DELETE FROM two_factor_reset_requests WHERE requested_by = $1", [accountId]);
}

function read(row: Row): FoundResetRequest {
  const request = readEntity(TwoFactorResetRequestEntity, row, "r");
  const requester = readEntity(AccountEntity, row, "q");
  if (request === null || requester === null) throw new Error("a request without its accounts was selected");
  return { request, requester, ...readAccountAndPolicy(row) };
}

import type { EntityManager } from "typeorm";
import { places, sql } from "../../platform/sql.js";
import {
  ACCOUNT_AND_POLICY,
  type AccountAndPolicy,
  readAccountAndPolicy,
} from "../accounts/account.repository.js";

type Row = Record<string, unknown>;

/** An account on the list of a client. */
export interface AllowedAccount extends AccountAndPolicy {
  readonly clientId: string;
}

/** Lists the accounts on the lists of clients, of each the oldest first: from after an id on, at most `limit` each. */
export async function listAllowedAccounts(
  manager: EntityManager,
  clientIds: readonly string[],
  { after, limit }: { after: string | null; limit: number },
): Promise<AllowedAccount[]> {
  const next = clientIds.length + 1;
  const text = `SELECT * FROM (
      SELECT l.client_id AS client_id, ${ACCOUNT_AND_POLICY()},
        row_number() OVER (PARTITION BY l.client_id ORDER BY l.account_id) AS place
      FROM oauth_client_accounts l JOIN accounts a ON a.id = l.account_id CROSS JOIN security_policy p
      WHERE l.client_id IN (${places(clientIds)}) AND l.account_id > $${next}
    ) listed WHERE place <= $${next + 1} ORDER BY place`;
  const { rows } = await sql<Row>(manager, text, [...clientIds, after ?? "", limit]);
  return rows.map((row) => ({ ...readAccountAndPolicy(row), clientId: String(row["client_id"]) }));
}

/** Counts the accounts on the lists of clients; a client without any is not among them. */
export async function countAllowedAccounts(
  manager: EntityManager,
  clientIds: readonly string[],
): Promise<Map<string, number>> {
  const text = `SELECT client_id AS id, count(*) AS count FROM oauth_client_accounts
    WHERE client_id IN (${places(clientIds)}) GROUP BY client_id`;
  const { rows } = await sql<{ id: string; count: number }>(manager, text, clientIds);
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}

/** Puts these accounts on the list of a client in place of those before; false where one of them is gone. */
export async function replaceAllowedAccounts(
  manager: EntityManager,
  clientId: string,
  accountIds: readonly string[],
): Promise<boolean> {
  await sql(manager, "DELETE FROM oauth_client_accounts WHERE client_id = $1", [clientId]);
  if (accountIds.length === 0) return true;
  const text = `INSERT INTO oauth_client_accounts (client_id, account_id)
    SELECT c.id, a.id FROM oauth_clients c CROSS JOIN accounts a
    WHERE c.id = $1 AND a.id IN (SELECT key FROM json_each($2))`;
  const keys = Object.fromEntries(accountIds.map((id) => [id, 0]));
  const { affected } = await sql(manager, text, [clientId, JSON.stringify(keys)]);
  return affected === Object.keys(keys).length;
}

import type { EntityManager } from "typeorm";
import { columns, readEntity, sql } from "../../platform/sql.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import { SecurityPolicyEntity } from "../policy/security-policy.entity.js";
import { AccountEntity } from "./account.entity.js";
import type { Subject } from "./attempts.js";
import { displayNameKey, emailKey, loginNameKey } from "./login-name.js";
import { UnknownLoginNameEntity } from "./unknown-login-name.entity.js";

type Row = Record<string, unknown>;

/** An account beside the policy that binds it: what every decision about it needs. */
export interface AccountAndPolicy {
  readonly account: AccountEntity;
  readonly policy: SecurityPolicy;
}

/** The columns of {@link AccountAndPolicy}, for a SELECT over `accounts a` and `security_policy p`. */
export const ACCOUNT_AND_POLICY = (): string =>
  `${columns(AccountEntity, "a")}, ${columns(SecurityPolicyEntity, "p")}`;

/** Reads what {@link ACCOUNT_AND_POLICY} selected. */
export function readAccountAndPolicy(row: Row): AccountAndPolicy {
  const account = readEntity(AccountEntity, row, "a");
  const policy = readEntity(SecurityPolicyEntity, row, "p");
  if (account === null || policy === null)
    throw new Error("a row without an account or a policy was selected");
  return { account, policy };
}

/**
 * Finds whose attempts a login name counts, with the policy: an account, or the name itself where no account bears
 * it. One statement, the same for both.
 *
 * @param unknownKey the name's keyed hash
 */
export async function findSubject(
  manager: EntityManager,
  loginName: string,
  unknownKey: string,
): Promise<{ subject: Subject; policy: SecurityPolicy }> {
  const { rows } = await sql<Row>(
    manager,
    `SELECT ${ACCOUNT_AND_POLICY()}, ${columns(UnknownLoginNameEntity, "u")} FROM security_policy p
     LEFT JOIN accounts a ON a.login_name_key = $1 LEFT JOIN unknown_login_names u ON u.id = $2`,
    [loginNameKey(loginName), unknownKey],
  );
  const row = rows[0] ?? {};
  const policy = readEntity(SecurityPolicyEntity, row, "p");
  if (policy === null) throw new Error("the database is not prepared");
  const account = readEntity(AccountEntity, row, "a");
  if (account !== null) return { subject: { kind: "account", account }, policy };
  return {
    subject: { kind: "unknown", key: unknownKey, counters: readEntity(UnknownLoginNameEntity, row, "u") },
    policy,
  };
}

/** Finds an account by its id, with the policy. */
export async function findAccount(manager: EntityManager, id: string): Promise<AccountAndPolicy | null> {
  const text = `SELECT ${ACCOUNT_AND_POLICY()} FROM accounts a CROSS JOIN security_policy p WHERE a.id = $1`;
  const { rows } = await sql<Row>(manager, text, [id]);
  return rows[0] === undefined ? null : readAccountAndPolicy(rows[0]);
}

/** Finds the accounts of these ids, with the policy, by one statement; those that are gone are not among them. */
export async function findAccountsById(
  manager: EntityManager,
  ids: ReadonlySet<string>,
): Promise<Map<string, AccountAndPolicy>> {
  if (ids.size === 0) return new Map();
  // The keys of one JSON object: both databases read them by the same words, however many there are.
  const text = `SELECT ${ACCOUNT_AND_POLICY()} FROM accounts a CROSS JOIN security_policy p
    WHERE a.id IN (SELECT key FROM json_each($1))`;
  const keys = Object.fromEntries([...ids].map((id) => [id, 0]));
  const { rows } = await sql<Row>(manager, text, [JSON.stringify(keys)]);
  return new Map(rows.map(readAccountAndPolicy).map((found) => [found.account.id, found]));
}

/** Finds every account of one mail address. */
export async function findAccountsByEmail(manager: EntityManager, key: string): Promise<AccountEntity[]> {
  const text = `SELECT ${columns(AccountEntity, "a")} FROM accounts a WHERE a.email_key = $1 ORDER BY a.id LIMIT 20`;
  const { rows } = await sql<Row>(manager, text, [key]);
  return rows.map((row) => readEntity(AccountEntity, row, "a")).filter((account) => account !== null);
}

/** Says whether an error is that of a login name that another account took at the same moment. */
export function isLoginNameTaken(error: unknown): boolean {
  const { driverError } = error as { driverError?: { message?: string; constraint?: string } };
  return /accounts_login_name_key|accounts\.login_name_key/.test(
    `${driverError?.constraint} ${driverError?.message}`,
  );
}

/** Changes an account's display name and language; what is undefined stays. */
export async function updateNames(
  manager: EntityManager,
  id: string,
  { displayName, locale }: { displayName?: string; locale?: string },
): Promise<void> {
  const key = displayName === undefined ? null : displayNameKey(displayName);
  const text = `UPDATE accounts SET display_name = coalesce($2, display_name),
    display_name_key = coalesce($3, display_name_key), locale = coalesce($4, locale) WHERE id = $1`;
  await sql(manager, text, [id, displayName ?? null, key, locale ?? null]);
}

/** Gives an account another login name; a name that is taken is {@link isLoginNameTaken}. */
export async function updateLoginName(manager: EntityManager, id: string, loginName: string): Promise<void> {
  const text = "UPDATE accounts SET login_name = $2, login_name_key = $3 WHERE id = $1";
  await sql(manager, text, [id, loginName, loginNameKey(loginName)]);
}

/** Gives an account another mail address, or none. */
export async function updateEmailAddress(
  manager: EntityManager,
  id: string,
  address: string | null,
): Promise<void> {
  const key = address === null ? null : emailKey(address);
  await sql(manager, "UPDATE accounts SET email_address = $2, email_key = $3 WHERE id = $1", [
    id,
    address,
    key,
  ]);
}

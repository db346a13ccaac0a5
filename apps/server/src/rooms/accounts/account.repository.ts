import type { EntityManager } from "typeorm";
import { columns, readEntity, sql } from "../../platform/sql.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import { SecurityPolicyEntity } from "../policy/security-policy.entity.js";
import { AccountEntity } from "./account.entity.js";
import type { Subject } from "./attempts.js";
import { loginNameKey } from "./login-name.js";
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
  if (policy === null || policy.id === undefined) throw new Error("the database is not prepared");
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

import type { EntityManager } from "typeorm";
import { sql } from "../../platform/sql.js";
import type { AccountStatus } from "./account.graphql.js";
import { LOCKED_NOW } from "./account.policy.js";
import { ACCOUNT_AND_POLICY, type AccountAndPolicy, readAccountAndPolicy } from "./account.repository.js";
import type { AccountKind, Role } from "./account-kind.js";
import { emailKey, loginNameKey } from "./login-name.js";

/** Which accounts are wanted; what is absent or null wants all. */
export interface AccountFilter {
  /** Part of the login name, the display name or the mail address, in any case. */
  readonly search?: string | null;
  readonly twoFactor?: "ENABLED" | "DISABLED" | null;
  readonly role?: Role | null;
  readonly kind?: AccountKind | null;
  readonly status?: AccountStatus | null;
  readonly locked?: boolean | null;
}

/** Finds accounts with the policy, the oldest first: from after an id on, at most `limit`. */
export async function findAccounts(
  manager: EntityManager,
  filter: AccountFilter,
  { after, limit, now }: { after: string | null; limit: number; now: number },
): Promise<AccountAndPolicy[]> {
  const { where, values } = conditionOf(filter, now);
  const text = `SELECT ${ACCOUNT_AND_POLICY()} FROM accounts a CROSS JOIN security_policy p
    WHERE ${where} AND a.id > $${values.length + 1} ORDER BY a.id LIMIT $${values.length + 2}`;
  const { rows } = await sql<Record<string, unknown>>(manager, text, [...values, after ?? "", limit]);
  return rows.map(readAccountAndPolicy);
}

/** Counts the accounts that a filter wants. */
export async function countAccounts(
  manager: EntityManager,
  filter: AccountFilter,
  now: number,
): Promise<number> {
  const { where, values } = conditionOf(filter, now);
  const text = `SELECT count(*) AS count FROM accounts a WHERE ${where}`;
  return Number((await sql<{ count: number }>(manager, text, values)).rows[0]?.count);
}

type Value = string | number;

function conditionOf(filter: AccountFilter, now: number): { where: string; values: Value[] } {
  const values: Value[] = [];
  const place = (value: Value): string => `$${values.push(value)}`;
  const conditions = ["1 = 1"];
  if (filter.search != null) conditions.push(searchOf(filter.search, place));
  if (filter.role != null) conditions.push(`a.role = ${place(filter.role)}`);
  if (filter.kind != null) conditions.push(`a.kind = ${place(filter.kind)}`);
  if (filter.twoFactor != null)
    conditions.push(`a.two_factor_enabled_at IS ${filter.twoFactor === "ENABLED" ? "NOT NULL" : "NULL"}`);
  if (filter.status != null)
    conditions.push(`a.suspended_at IS ${filter.status === "ACTIVE" ? "NULL" : "NOT NULL"}`);
  if (filter.locked != null) conditions.push(`${filter.locked ? "" : "NOT "}(${LOCKED_NOW(place(now))})`);
  return { where: conditions.join(" AND "), values };
}

/** The names are kept folded, so no database need know how to fold. */
function searchOf(search: string, place: (value: Value) => string): string {
  const name = place(patternOf(loginNameKey(search)));
  const address = place(patternOf(emailKey(search)));
  return `(${loosened("a.login_name_key")} LIKE ${name} ESCAPE '!' OR ${loosened("a.display_name_key")} LIKE ${name}
    ESCAPE '!' OR ${loosened("a.email_key")} LIKE ${address} ESCAPE '!')`;
}

/** What folding leaves of İ beside its i. */
const DOT_ABOVE = "\u0307";

/**
 * Folding leaves another sigma at the end of a word, and a part of a name can end anywhere; and it leaves the dot of İ,
 * which nobody types who searches for ibrahim.
 */
function loosened(column: string): string {
  return `replace(replace(${column}, 'ς', 'σ'), '${DOT_ABOVE}', '')`;
}

function patternOf(text: string): string {
  const loose = text.replaceAll("ς", "σ").replaceAll(DOT_ABOVE, "");
  return `%${loose.replace(/[!%_]/g, "!$&")}%`;
}

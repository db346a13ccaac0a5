import type { EntityManager } from "typeorm";
import { sql } from "../../platform/sql.js";
import type { TwoFactorRule } from "../policy/two-factor-rule.js";

const THIRTY_DAYS = 30 * 24 * 60 * 60_000;

/** Notes that a password sent with a request was accepted. */
export async function notePasswordCall(
  manager: EntityManager,
  accountId: string,
  now: number,
): Promise<void> {
  await sql(manager, "UPDATE accounts SET last_password_call_at = $2 WHERE id = $1", [accountId, now]);
}

/**
 * Counts the accounts that called with a password in the last 30 days, are accepted under one rule in force and would
 * be refused under another, as `judgeCredential` judges.
 */
export async function countPasswordCallersRefused(
  manager: EntityManager,
  { before, after, now }: { before: TwoFactorRule; after: TwoFactorRule; now: number },
): Promise<number> {
  const text = `SELECT count(*) AS count FROM accounts
    WHERE last_password_call_at > $1 AND suspended_at IS NULL AND NOT (${REFUSED[before]}) AND ${REFUSED[after]}`;
  return Number((await sql<{ count: number }>(manager, text, [now - THIRTY_DAYS])).rows[0]?.count);
}

const REFUSED: Readonly<Record<TwoFactorRule, string>> = {
  FORBIDDEN: "1 = 0",
  OPTIONAL: "kind = 'PERSON' AND two_factor_enabled_at IS NOT NULL",
  REQUIRED_FOR_ADMINISTRATORS:
    "kind = 'PERSON' AND (two_factor_enabled_at IS NOT NULL OR role = 'ADMINISTRATOR')",
  REQUIRED: "1 = 1",
};

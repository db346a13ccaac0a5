import { randomBytes } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { Refusal } from "../../platform/problem.js";
import { sql } from "../../platform/sql.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import type { AccountEntity } from "./account.entity.js";
import { lockEnd } from "./account.policy.js";
import { CODE_BUDGET, type Counters, decideAttempt, NO_ATTEMPTS } from "./attempts.policy.js";
import type { UnknownLoginNameEntity } from "./unknown-login-name.entity.js";

/** Whose attempts are counted: an account's, or those of a name (its keyed hash) that no account bears. */
export type Subject =
  | { readonly kind: "account"; readonly account: AccountEntity }
  | { readonly kind: "unknown"; readonly key: string; readonly counters: UnknownLoginNameEntity | null };

/** An attempt that was taken; exactly one of {@link fail}, {@link giveBack} and {@link settle} decides it. */
export interface Attempt {
  readonly subject: Subject;
  readonly policy: SecurityPolicy;
  readonly entry: string;
  /** Whether a verification code was charged to the account's budget with it. */
  readonly codeCharged: boolean;
}

export type AttemptTaken =
  | { readonly state: "taken"; readonly attempt: Attempt }
  | { readonly state: "locked"; readonly lockedUntil: number | null };

/**
 * Takes an attempt before anything is compared, in a transaction of its own, and charges a verification code to the
 * account's budget where one will be compared and the budget lasts.
 *
 * The counters are compared and set: of attempts that read the same counters one is taken, and the others read
 * again. At most the limit can be taken, so that ends.
 *
 * @throws Refusal RATE_LIMITED while undecided attempts and failures reach the limit
 */
export async function takeAttempt(
  needs: Needs<"db" | "now">,
  subject: Subject,
  { policy, code }: { policy: SecurityPolicy; code: "code" | "no code" },
): Promise<AttemptTaken> {
  for (let current = subject; ; current = await readAgain(needs.db.read, subject)) {
    const was = countersOf(current);
    const role = current.kind === "account" ? current.account.role : null;
    const tag = randomBytes(3).toString("base64url");
    const now = needs.now();
    const decision = decideAttempt(was, { policy, role, now, tag });
    if (decision.state === "locked") return decision;
    if (decision.state === "full")
      throw new Refusal("RATE_LIMITED", { retryAfterSeconds: decision.retryAfterSeconds });
    const charge = code === "code" && was.wrongCodes < CODE_BUDGET ? 1 : 0;
    const is = { ...decision.counters, wrongCodes: was.wrongCodes + charge };
    const won = await needs.db.transaction((manager) => exchange(manager, current, { was, is, now }));
    if (won)
      return {
        state: "taken",
        attempt: { subject, policy, entry: decision.entry, codeCharged: charge === 1 },
      };
  }
}

/** Whether a failed attempt got as far as its code: only then the code stays charged. */
export type FailedAt = "password" | "code";

/** Counts an attempt as failed; the one that reaches the limit locks. Returns whether it did. */
export async function fail(
  manager: EntityManager,
  attempt: Attempt,
  { at, now }: { at: FailedAt; now: number },
): Promise<{ locked: boolean }> {
  const { maximumFailedAttempts } = attempt.policy;
  const { rows } = await sql<{ failed: number }>(
    manager,
    `UPDATE ${tableOf(attempt.subject)}
     SET undecided_attempts = replace(undecided_attempts, $2, ''), failed_attempts = failed_attempts + 1,
       locked_at = CASE WHEN failed_attempts + 1 >= $3 THEN $4 ELSE locked_at END,
       locked_until = CASE WHEN failed_attempts + 1 >= $3 THEN $5 ELSE locked_until END
       ${at === "password" ? refundOf(attempt) : ""}
     WHERE id = $1 RETURNING failed_attempts AS failed`,
    [idOf(attempt.subject), attempt.entry, maximumFailedAttempts, now, lockEnd(attempt.policy, now)],
  );
  return { locked: rows[0]?.failed === maximumFailedAttempts };
}

/** Gives an attempt back, and its code: nothing was compared, or a password was right. Failures before it stay. */
export async function giveBack(manager: EntityManager, attempt: Attempt): Promise<void> {
  const text = `UPDATE ${tableOf(attempt.subject)}
    SET undecided_attempts = replace(undecided_attempts, $2, '') ${refundOf(attempt)} WHERE id = $1`;
  await sql(manager, text, [idOf(attempt.subject), attempt.entry]);
}

/** What a right attempt was for: a login sets the counter to zero, anything else leaves the failures before it. */
export interface Settlement {
  readonly completes: "login" | "nothing";
  readonly codeWasRight: boolean;
  /** A password hash of today's cost, in place of an older one. */
  readonly renewedHash: string | null;
  readonly now: number;
}

/**
 * Settles a right attempt, and takes the account's row for the rest of the transaction.
 *
 * False where the account is not what it was when the attempt was taken (another password, other factors, suspended,
 * deleted): then nothing may come of it.
 */
export async function settle(
  manager: EntityManager,
  attempt: Attempt,
  settlement: Settlement,
): Promise<boolean> {
  const { subject, entry } = attempt;
  if (subject.kind === "unknown") throw new Error("a name that no account bears was settled");
  const { id, stamp } = subject.account;
  const values: (string | number | null)[] = [id, entry, stamp, settlement.renewedHash];
  const sets = [
    "undecided_attempts = replace(undecided_attempts, $2, '')",
    "password_hash = coalesce($4, password_hash)",
  ];
  if (settlement.codeWasRight) sets.push("wrong_codes = 0");
  if (settlement.completes === "login") {
    sets.push("failed_attempts = 0, locked_at = NULL, locked_until = NULL, last_login_at = $5");
    values.push(settlement.now, attempt.policy.version);
  }
  const samePolicy = settlement.completes === "login" ? "AND (SELECT version FROM security_policy) = $6" : "";
  const text = `UPDATE accounts SET ${sets.join(", ")}
    WHERE id = $1 AND stamp = $3 AND suspended_at IS NULL ${samePolicy}`;
  return (await sql(manager, text, values)).affected === 1;
}

function refundOf({ codeCharged }: Attempt): string {
  return codeCharged ? ", wrong_codes = CASE WHEN wrong_codes > 0 THEN wrong_codes - 1 ELSE 0 END" : "";
}

type CountersAndBudget = Counters & { readonly wrongCodes: number };

function countersOf(subject: Subject): CountersAndBudget {
  return subject.kind === "account"
    ? subject.account
    : { ...(subject.counters ?? NO_ATTEMPTS), wrongCodes: 0 };
}

function tableOf({ kind }: Subject): string {
  return kind === "account" ? "accounts" : "unknown_login_names";
}

function idOf(subject: Subject): string {
  return subject.kind === "account" ? subject.account.id : subject.key;
}

async function exchange(
  manager: EntityManager,
  subject: Subject,
  { was, is, now }: { was: CountersAndBudget; is: CountersAndBudget; now: number },
): Promise<boolean> {
  const values = [
    idOf(subject),
    is.failedAttempts,
    is.undecidedAttempts,
    was.failedAttempts,
    was.undecidedAttempts,
  ];
  const set = "failed_attempts = $2, undecided_attempts = $3, locked_at = NULL, locked_until = NULL";
  if (subject.kind === "account") {
    const text = `UPDATE accounts SET ${set}, wrong_codes = $6
      WHERE id = $1 AND failed_attempts = $4 AND undecided_attempts = $5 AND wrong_codes = $7`;
    return (await sql(manager, text, [...values, is.wrongCodes, was.wrongCodes])).affected === 1;
  }
  const text = `INSERT INTO unknown_login_names AS u (id, failed_attempts, undecided_attempts, updated_at)
    VALUES ($1, $2, $3, $6) ON CONFLICT (id) DO UPDATE SET ${set}, updated_at = $6
    WHERE u.failed_attempts = $4 AND u.undecided_attempts = $5`;
  return (await sql(manager, text, [...values, now])).affected === 1;
}

async function readAgain(manager: EntityManager, subject: Subject): Promise<Subject> {
  const counters = await readCounters(manager, subject);
  if (subject.kind === "unknown") return { ...subject, counters: counters as UnknownLoginNameEntity | null };
  if (counters === null) throw new Refusal("NOT_FOUND");
  return { ...subject, account: { ...subject.account, ...counters } };
}

async function readCounters(manager: EntityManager, subject: Subject): Promise<Counters | null> {
  const budget = subject.kind === "account" ? `, wrong_codes AS "wrongCodes"` : "";
  const { rows } = await sql<Counters>(
    manager,
    `SELECT failed_attempts AS "failedAttempts", undecided_attempts AS "undecidedAttempts",
       locked_at AS "lockedAt", locked_until AS "lockedUntil"${budget} FROM ${tableOf(subject)} WHERE id = $1`,
    [idOf(subject)],
  );
  return rows[0] ?? null;
}

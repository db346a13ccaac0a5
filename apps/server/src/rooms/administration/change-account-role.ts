import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { BadInput } from "../../platform/problem.js";
import { sql } from "../../platform/sql.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import type { Role } from "../accounts/account-kind.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, viewerOf } from "../credentials/viewer.js";
import { ruleInForce } from "../policy/policy.policy.js";
import { holdPolicy } from "../policy/policy.repository.js";
import { endUnprotectedSessions } from "../sessions/session.repository.js";
import { findForAdministrator } from "./account-for-administrator.js";

export interface AccountUpdatedAnswer {
  readonly __typename: "AccountUpdated";
  readonly account: Account;
}

/**
 * Makes an account an administrator or a user; the last administrator who can log in stays one. Where administrators
 * must have a second factor, the sessions of one who has none end.
 */
export async function changeAccountRole(
  needs: Needs<"db" | "now">,
  caller: Caller,
  input: { readonly accountId: string; readonly role: Role },
): Promise<AccountUpdatedAnswer | Failure<"LAST_ADMINISTRATOR">> {
  const { role } = input;
  const { account, policy } = await findForAdministrator(needs.db.read, caller, input.accountId);
  if (account.kind === "GUEST" && role === "ADMINISTRATOR")
    throw new BadInput(["input", "role"], { rule: "personsOnly" });
  const { account: administrator, credential } = viewerOf(caller);
  const now = needs.now();
  const changed = await needs.db.transaction(async (manager) => {
    // Whoever changes roles holds the policy: of two that demote each other one comes second, and sees it.
    await holdPolicy(manager);
    if (role === "USER" && (await isLastAdministrator(manager, account.id))) return false;
    const text = "UPDATE accounts SET role = $2, role_changed_at = $3 WHERE id = $1 AND role <> $2";
    const { affected } = await sql(manager, text, [account.id, role, now]);
    const event = { actor: administrator, subject: account, credential, details: { role } };
    if (affected > 0)
      await recordEvent(manager, { ...caller, now }, { action: "account.role-changed", ...event });
    await endUnprotectedSessions(manager, ruleInForce(policy, now));
    return true;
  });
  if (!changed) return failure("LAST_ADMINISTRATOR", localeOf(caller));
  return { __typename: "AccountUpdated", account: toAccount({ account: { ...account, role }, policy }, now) };
}

/** The last active person with a password who is an administrator. */
async function isLastAdministrator(manager: EntityManager, accountId: string): Promise<boolean> {
  const text = `SELECT id FROM accounts WHERE role = 'ADMINISTRATOR' AND kind = 'PERSON' AND suspended_at IS NULL
    AND password_hash IS NOT NULL LIMIT 2`;
  const { rows } = await sql<{ id: string }>(manager, text);
  return rows.length === 1 && rows[0]?.id === accountId;
}

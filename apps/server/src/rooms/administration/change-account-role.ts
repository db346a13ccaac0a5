import type { Needs } from "../../platform/context.js";
import { BadInput } from "../../platform/problem.js";
import { sql } from "../../platform/sql.js";
import { type Failure, failure } from "../../platform/user-error.js";
import type { Account } from "../accounts/account.graphql.js";
import type { Role } from "../accounts/account-kind.js";
import { endAdminScopes } from "../accounts/end-access.js";
import { type Caller, localeOf } from "../credentials/viewer.js";
import { closeRequestsOf } from "../oauth/authorization-request.repository.js";
import { ruleInForce } from "../policy/policy.policy.js";
import { endUnprotectedSessions } from "../sessions/session.repository.js";
import { administer } from "./administer.js";
import { isLastAdministrator } from "./last-administrator.js";
import { tellTwoFactorRequired } from "./tell-policy-change.js";
import { removeResetRequestsBy } from "./two-factor-reset-request.repository.js";

/** A changed account, as every change of one answers. */
export interface AccountUpdatedAnswer {
  readonly __typename: "AccountUpdated";
  readonly account: Account;
}

/**
 * Makes an account an administrator or a user; the last administrator who can log in stays one. A demotion takes the
 * rights of an administrator away from its tokens and applications, for good. Where administrators
 * must have a second factor, the sessions of one who has none end, and they are told.
 */
export async function changeAccountRole(
  needs: Needs<"db" | "now" | "mailer" | "config">,
  caller: Caller,
  { accountId, role }: { readonly accountId: string; readonly role: Role },
): Promise<AccountUpdatedAnswer | Failure<"LAST_ADMINISTRATOR">> {
  const changed = await administer(needs, { caller, accountId }, async (held) => {
    const { manager, account, policy, now } = held;
    if (account.kind === "GUEST" && role === "ADMINISTRATOR")
      throw new BadInput(["input", "role"], { rule: "personsOnly" });
    if (role === "USER" && (await isLastAdministrator(manager, account.id))) return null;
    const text = `UPDATE accounts SET role = $2, role_changed_at = $3, stamp = stamp + 1
      WHERE id = $1 AND role <> $2`;
    const { affected } = await sql(manager, text, [account.id, role, now]);
    const ended = role === "USER" ? await endAdminScopes(manager, account.id) : {};
    if (affected > 0) await held.record({ action: "account.role-changed", details: { role, ...ended } });
    // What an application was to be allowed was read by the former role.
    if (affected > 0) await closeRequestsOf(manager, account.id);
    if (role === "USER") await removeResetRequestsBy(manager, account.id);
    await endUnprotectedSessions(manager, ruleInForce(policy, now));
    return { ...held, account: { ...account, role }, isNew: affected > 0, shown: await held.shown() };
  });
  if (changed === null) return failure("LAST_ADMINISTRATOR", localeOf(caller));
  if (changed.isNew && ruleInForce(changed.policy, changed.now) === "REQUIRED_FOR_ADMINISTRATORS")
    tellTwoFactorRequired(needs, changed);
  return { __typename: "AccountUpdated", account: changed.shown };
}

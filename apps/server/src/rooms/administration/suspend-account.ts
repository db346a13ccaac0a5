import type { Needs } from "../../platform/context.js";
import { readText } from "../../platform/input.js";
import { sql } from "../../platform/sql.js";
import { type Failure, failure } from "../../platform/user-error.js";
import type { Account } from "../accounts/account.graphql.js";
import { endMailLinks } from "../accounts/mail-link.repository.js";
import { type Caller, localeOf } from "../credentials/viewer.js";
import { endSessions } from "../sessions/session.repository.js";
import { administer } from "./administer.js";
import { isLastAdministrator } from "./last-administrator.js";
import { removeResetRequestsBy } from "./two-factor-reset-request.repository.js";

export interface AccountSuspendedAnswer {
  readonly __typename: "AccountSuspended";
  readonly account: Account;
  readonly sessionsRevoked: number;
}

/**
 * Suspends an account: every credential that it has is refused at once, its sessions and links end. Its tokens and its
 * second factor lie still until it is reinstated.
 */
export async function suspendAccount(
  needs: Needs<"db" | "now">,
  caller: Caller,
  input: { readonly accountId: string; readonly reason: string },
): Promise<AccountSuspendedAnswer | Failure<"LAST_ADMINISTRATOR">> {
  const reason = readText(input.reason, { path: ["input", "reason"], maximum: 500 });
  const suspended = await administer(needs, { caller, accountId: input.accountId }, async (held) => {
    const { manager, account, now } = held;
    if (await isLastAdministrator(manager, account.id)) return null;
    const text =
      "UPDATE accounts SET suspended_at = coalesce(suspended_at, $2), stamp = stamp + 1 WHERE id = $1";
    await sql(manager, text, [account.id, now]);
    await endMailLinks(manager, account.id, now);
    await removeResetRequestsBy(manager, account.id);
    const sessionsRevoked = await endSessions(manager, account.id);
    await held.record({ action: "account.suspended", details: { reason, sessionsRevoked } });
    return { account: await held.shown(), sessionsRevoked };
  });
  if (suspended === null) return failure("LAST_ADMINISTRATOR", localeOf(caller));
  return { __typename: "AccountSuspended", ...suspended };
}

export interface AccountReinstatedAnswer {
  readonly __typename: "AccountReinstated";
  readonly account: Account;
}

/** Lets a suspended account be used again, by what it could be used by before; nothing of it was changed. */
export async function reinstateAccount(
  needs: Needs<"db" | "now">,
  caller: Caller,
  { accountId }: { readonly accountId: string },
): Promise<AccountReinstatedAnswer> {
  const account = await administer(needs, { caller, accountId }, async (held) => {
    const text = `UPDATE accounts SET suspended_at = NULL, stamp = stamp + 1
      WHERE id = $1 AND suspended_at IS NOT NULL`;
    const { affected } = await sql(held.manager, text, [held.account.id]);
    if (affected > 0) await held.record({ action: "account.reinstated" });
    return await held.shown();
  });
  return { __typename: "AccountReinstated", account };
}

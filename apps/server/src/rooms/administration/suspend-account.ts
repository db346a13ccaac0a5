import type { Needs } from "../../platform/context.js";
import { readText } from "../../platform/input.js";
import { sql } from "../../platform/sql.js";
import { type Failure, failure } from "../../platform/user-error.js";
import type { Account } from "../accounts/account.graphql.js";
import { type Ended, endAccess } from "../accounts/end-access.js";
import { type Caller, localeOf } from "../credentials/viewer.js";
import { administer } from "./administer.js";
import { isLastAdministrator } from "./last-administrator.js";
import { removeResetRequestsBy } from "./two-factor-reset-request.repository.js";

export interface SuspendAccountInput {
  readonly accountId: string;
  readonly reason: string;
  readonly keepApiTokens?: boolean | null;
  readonly keepAuthorizedApplications?: boolean | null;
}

export interface AccountSuspendedAnswer extends Ended {
  readonly __typename: "AccountSuspended";
  readonly account: Account;
}

/**
 * Suspends an account: every credential that it has is refused at once, and its access ends. For a pause its API tokens
 * or its applications can be spared: they lie still until it is reinstated, as its second factor does.
 */
export async function suspendAccount(
  needs: Needs<"db" | "now">,
  caller: Caller,
  input: SuspendAccountInput,
): Promise<AccountSuspendedAnswer | Failure<"LAST_ADMINISTRATOR">> {
  const reason = readText(input.reason, { path: ["input", "reason"], maximum: 500 });
  const suspended = await administer(needs, { caller, accountId: input.accountId }, async (held) => {
    const { manager, account, now } = held;
    if (await isLastAdministrator(manager, account.id)) return null;
    const text =
      "UPDATE accounts SET suspended_at = coalesce(suspended_at, $2), stamp = stamp + 1 WHERE id = $1";
    await sql(manager, text, [account.id, now]);
    await removeResetRequestsBy(manager, account.id);
    const spared = {
      apiTokens: input.keepApiTokens ?? false,
      applications: input.keepAuthorizedApplications ?? false,
    };
    const ended = await endAccess(manager, { accountId: account.id, now }, spared);
    const kept = { apiTokensKept: String(spared.apiTokens), applicationsKept: String(spared.applications) };
    await held.record({ action: "account.suspended", details: { reason, ...ended, ...kept } });
    return { account: await held.shown(), ...ended };
  });
  if (suspended === null) return failure("LAST_ADMINISTRATOR", localeOf(caller));
  return { __typename: "AccountSuspended", ...suspended };
}

export interface AccountReinstatedAnswer {
  readonly __typename: "AccountReinstated";
  readonly account: Account;
}

/** Lets a suspended account be used again, by its password and factor and by what was spared; nothing that ended returns. */
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

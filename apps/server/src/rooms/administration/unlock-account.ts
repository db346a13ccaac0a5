import type { Needs } from "../../platform/context.js";
import { sql } from "../../platform/sql.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, viewerOf } from "../credentials/viewer.js";
import { findForAdministrator } from "./account-for-administrator.js";

export interface AccountUnlockedAnswer {
  readonly __typename: "AccountUnlocked";
  readonly account: Account;
}

/** Lifts an account's lock, and starts its counts of failed attempts and of wrong codes again. */
export async function unlockAccount(
  needs: Needs<"db" | "now">,
  caller: Caller,
  input: { readonly accountId: string },
): Promise<AccountUnlockedAnswer> {
  const { account, policy } = await findForAdministrator(needs.db.read, caller, input.accountId);
  const { account: administrator, credential } = viewerOf(caller);
  const now = needs.now();
  await needs.db.transaction(async (manager) => {
    const text = `UPDATE accounts SET failed_attempts = 0, undecided_attempts = '', locked_at = NULL,
      locked_until = NULL, wrong_codes = 0 WHERE id = $1`;
    await sql(manager, text, [account.id]);
    const event = { actor: administrator, subject: account, credential };
    await recordEvent(manager, { ...caller, now }, { action: "account.unlocked", ...event });
  });
  const after = { ...account, lockedAt: null, lockedUntil: null, wrongCodes: 0 };
  return { __typename: "AccountUnlocked", account: toAccount({ account: after, policy }, now) };
}

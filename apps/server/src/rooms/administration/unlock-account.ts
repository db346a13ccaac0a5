import type { Needs } from "../../platform/context.js";
import type { Account } from "../accounts/account.graphql.js";
import { unlock } from "../accounts/unlock.js";
import { type Caller, viewerOf } from "../credentials/viewer.js";
import { administer } from "./administer.js";

export interface AccountUnlockedAnswer {
  readonly __typename: "AccountUnlocked";
  readonly account: Account;
}

/**
 * Lifts an account's lock, and starts its counts of failed attempts and of wrong codes again; by a token the former
 * alone, since whoever holds one could guess codes without end.
 */
export async function unlockAccount(
  needs: Needs<"db" | "now">,
  caller: Caller,
  { accountId }: { readonly accountId: string },
): Promise<AccountUnlockedAnswer> {
  const account = await administer(needs, { caller, accountId }, async (held) => {
    await unlock(held.manager, held.account.id, { forgetsWrongCodes: viewerOf(caller).tokenHash === null });
    await held.record({ action: "account.unlocked" });
    return await held.shown();
  });
  return { __typename: "AccountUnlocked", account };
}

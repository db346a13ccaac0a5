import type { Needs } from "../../platform/context.js";
import { sql } from "../../platform/sql.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { type Caller, localeOf } from "../credentials/viewer.js";
import { administer } from "./administer.js";
import { isLastAdministrator } from "./last-administrator.js";

export interface AccountDeletedAnswer {
  readonly __typename: "AccountDeleted";
  readonly id: string;
}

/** Deletes an account with everything that hangs on it; its audit events stay, with its name as it was. */
export async function deleteAccount(
  needs: Needs<"db" | "now">,
  caller: Caller,
  { accountId }: { readonly accountId: string },
): Promise<AccountDeletedAnswer | Failure<"LAST_ADMINISTRATOR">> {
  const id = await administer(needs, { caller, accountId }, async (held) => {
    const { manager, account } = held;
    if (await isLastAdministrator(manager, account.id)) return null;
    await held.record({ action: "account.deleted", details: { kind: account.kind, role: account.role } });
    await sql(manager, "DELETE FROM accounts WHERE id = $1", [account.id]);
    return account.id;
  });
  if (id === null) return failure("LAST_ADMINISTRATOR", localeOf(caller));
  return { __typename: "AccountDeleted", id };
}

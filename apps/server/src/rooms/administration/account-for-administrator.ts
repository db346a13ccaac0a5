import type { EntityManager } from "typeorm";
import { readId } from "../../platform/input.js";
import { Refusal } from "../../platform/problem.js";
import { type AccountAndPolicy, findAccount } from "../accounts/account.repository.js";
import { type Caller, viewerOf } from "../credentials/viewer.js";

/**
 * Finds the account that an administrator acts on.
 *
 * @throws Refusal NOT_FOUND; FORBIDDEN where a token would reach an administrator's account
 */
export async function findForAdministrator(
  manager: EntityManager,
  caller: Caller,
  accountId: string,
): Promise<AccountAndPolicy> {
  const found = await findAccount(manager, readId(accountId));
  if (found === null) throw new Refusal("NOT_FOUND");
  const { credential } = viewerOf(caller);
  const byToken = credential === "API_TOKEN" || credential === "OAUTH_TOKEN";
  if (byToken && found.account.role === "ADMINISTRATOR")
    throw new Refusal("FORBIDDEN", { requiredCredential: "SESSION" });
  return found;
}

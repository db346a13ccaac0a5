import type { Needs } from "../../platform/context.js";
import { Refusal } from "../../platform/problem.js";
import {
  type CreateApiTokenAnswer,
  createApiToken,
  type NewApiToken,
} from "../api-tokens/create-api-token.js";
import { type Caller, sessionOf } from "../credentials/viewer.js";
import { findForAdministrator } from "./administer.js";

/** Makes an API token for a service account; any other account is NOT_FOUND: nobody makes a token for another person. */
export async function createServiceApiToken(
  needs: Needs<"db" | "now" | "config">,
  caller: Caller,
  input: NewApiToken & { readonly accountId: string },
): Promise<CreateApiTokenAnswer> {
  const { account } = await findForAdministrator(needs.db.read, caller, input.accountId);
  if (account.kind !== "SERVICE") throw new Refusal("NOT_FOUND");
  const { assurance } = sessionOf(caller);
  return await createApiToken(needs, { caller, owner: account, assurance }, input);
}

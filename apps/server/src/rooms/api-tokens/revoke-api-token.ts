import type { Needs } from "../../platform/context.js";
import { readId } from "../../platform/input.js";
import { Refusal } from "../../platform/problem.js";
import { findAccount } from "../accounts/account.repository.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, viewerOf } from "../credentials/viewer.js";
import { holdSession } from "../sessions/hold-session.js";
import type { ApiTokenRevoked } from "./api-token.graphql.js";
import { findApiTokenById, removeApiToken } from "./api-token.repository.js";

/** Revokes an API token of one's own; for an administrator, anyone's. It is dead at once. */
export async function revokeApiToken(
  needs: Needs<"db" | "now">,
  caller: Caller,
  input: { readonly id: string },
): Promise<ApiTokenRevoked> {
  const { account, credential } = viewerOf(caller);
  const id = readId(input.id);
  const token = await findApiTokenById(needs.db.read, id);
  const mine = token?.accountId === account.id;
  if (token === null || (!mine && account.role !== "ADMINISTRATOR")) throw new Refusal("NOT_FOUND");
  const owner = mine ? account : ((await findAccount(needs.db.read, token.accountId))?.account ?? null);
  await needs.db.transaction(async (manager) => {
    await holdSession(manager, caller);
    if (!(await removeApiToken(manager, id))) throw new Refusal("NOT_FOUND");
    const details = { token: id, name: token.name };
    const event = {
      action: "api-token.revoked",
      actor: account,
      subject: owner,
      credential,
      details,
    } as const;
    await recordEvent(manager, { ...caller, now: needs.now() }, event);
  });
  return { __typename: "ApiTokenRevoked", id };
}

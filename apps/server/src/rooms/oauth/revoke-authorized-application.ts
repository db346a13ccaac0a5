import type { Needs } from "../../platform/context.js";
import { readId } from "../../platform/input.js";
import { Refusal } from "../../platform/problem.js";
import { findAccount } from "../accounts/account.repository.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, viewerOf } from "../credentials/viewer.js";
import { holdSession } from "../sessions/hold-session.js";
import type { AuthorizedApplicationRevoked } from "./application.graphql.js";
import { findGrant, removeGrant } from "./grant.repository.js";

/** Withdraws what one allowed an application; for an administrator, what anyone did. Its tokens are dead at once. */
export async function revokeAuthorizedApplication(
  needs: Needs<"db" | "now">,
  caller: Caller,
  input: { readonly id: string },
): Promise<AuthorizedApplicationRevoked> {
  const { account, credential } = viewerOf(caller);
  const id = readId(input.id);
  const found = await findGrant(needs.db.read, id);
  const mine = found?.grant.accountId === account.id;
  if (found === null || (!mine && account.role !== "ADMINISTRATOR")) throw new Refusal("NOT_FOUND");
  const { grant, application } = found;
  const owner = mine ? account : ((await findAccount(needs.db.read, grant.accountId))?.account ?? null);
  await needs.db.transaction(async (manager) => {
    await holdSession(manager, caller);
    if (!(await removeGrant(manager, id))) throw new Refusal("NOT_FOUND");
    const details = { client: application.id, name: application.name };
    const event = {
      action: "application.revoked",
      actor: account,
      subject: owner,
      credential,
      details,
    } as const;
    await recordEvent(manager, { ...caller, now: needs.now() }, event);
  });
  return { __typename: "AuthorizedApplicationRevoked", id };
}

import type { Needs } from "../../platform/context.js";
import type { Caller } from "../credentials/viewer.js";
import { removeOAuthClient } from "../oauth/client.repository.js";
import { administerClients, findClientToChange } from "./administer-clients.js";

export interface OAuthClientDeletedAnswer {
  readonly __typename: "OAuthClientDeleted";
  readonly id: string;
}

/** Removes a client with all that people allowed it, and with its tokens; its audit events stay. */
export async function deleteOAuthClient(
  needs: Needs<"db" | "now">,
  caller: Caller,
  { id }: { readonly id: string },
): Promise<OAuthClientDeletedAnswer> {
  await administerClients(needs, caller, async ({ manager, record }) => {
    const client = await findClientToChange(manager, id);
    await removeOAuthClient(manager, id);
    await record("oauth-client.deleted", client);
  });
  return { __typename: "OAuthClientDeleted", id };
}

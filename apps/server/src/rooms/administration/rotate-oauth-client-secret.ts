import type { Needs } from "../../platform/context.js";
import { BadInput } from "../../platform/problem.js";
import type { Caller } from "../credentials/viewer.js";
import { type OAuthClient, toOAuthClient } from "../oauth/client.graphql.js";
import { saveClientSecret } from "../oauth/client.repository.js";
import { administerClients, findClientToChange } from "./administer-clients.js";

export interface OAuthClientSecretRotatedAnswer {
  readonly __typename: "OAuthClientSecretRotated";
  readonly client: OAuthClient;
  readonly clientSecret: string;
}

/** Draws another secret for a client and returns it this once; the one before is dead, and its tokens live on. */
export async function rotateOAuthClientSecret(
  needs: Needs<"db" | "now">,
  caller: Caller,
  { id }: { readonly id: string },
): Promise<OAuthClientSecretRotatedAnswer> {
  const { digestSecret, drawClientSecret } = await import("@keyturn/oauth2");
  const clientSecret = drawClientSecret();
  const client = await administerClients(needs, caller, async ({ manager, record }) => {
    const found = await findClientToChange(manager, id);
    if (found.secretHash === null)
      throw new BadInput(["input", "id"], { rule: "client", fault: "PUBLIC_CLIENT" });
    await saveClientSecret(manager, id, digestSecret(clientSecret));
    await record("oauth-client.secret-rotated", found);
    return found;
  });
  return { __typename: "OAuthClientSecretRotated", client: toOAuthClient(client), clientSecret };
}

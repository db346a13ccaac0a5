import { authenticateClient } from "./client-authentication.js";
import { json, type OAuthAnswer, type OAuthRequest } from "./messages.js";
import { answered, type Provider } from "./provider.js";
import { OAuthRefusal, wrongMethod } from "./refusal.js";
import type { OAuthClient, OAuthTransaction, StoredToken } from "./stores.js";

/**
 * Answers `POST /oauth2/revoke` (RFC 7009): ends an access token, or the whole family of a refresh token. What is not
 * known, or is another client's, is answered the same, and stays.
 */
export async function revoke(provider: Provider, request: OAuthRequest): Promise<OAuthAnswer> {
  if (request.method !== "POST") return wrongMethod("POST");
  return await answered(provider, async () => {
    const { client, parameters } = await authenticateClient(provider, request);
    const plain = parameters.get("token");
    if (plain === undefined) throw new OAuthRefusal("invalid_request", "Send the token.");
    await provider.stores.transaction((statements) => end({ provider, statements, client }, plain));
    // The status says it all (RFC 7009, section 2.2), but there are clients that parse whatever comes.
    return json(200, {});
  });
}

async function end(
  { provider, statements, client }: { provider: Provider; statements: OAuthTransaction; client: OAuthClient },
  plain: string,
): Promise<void> {
  const kinds: readonly StoredToken["kind"][] = ["access", "refresh"];
  for (const kind of kinds) {
    const digest = provider.secrets.digest(plain, kind);
    const token = digest === null ? null : await statements.findToken(digest);
    if (token === null || token.kind !== kind || token.clientId !== client.id) continue;
    if (kind === "access") await statements.endAccessToken(token.digest);
    else if (token.authorization !== null)
      await statements.endAuthorization(token.authorization.id, "revoked");
  }
}

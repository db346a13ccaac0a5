import { authenticateClient } from "./client-authentication.js";
import { acrOf } from "./id-token.js";
import { FAMILY_LIFETIME } from "./lifetimes.js";
import { json, type OAuthAnswer, type OAuthRequest } from "./messages.js";
import { answered, type Provider } from "./provider.js";
import { OAuthRefusal, wrongMethod } from "./refusal.js";
import type { OAuthClient, OAuthTransaction, StoredToken } from "./stores.js";

/** Finds a token that lives: neither spent nor expired, of a client and an account that may act now. */
export async function findLiveToken(
  provider: Provider,
  statements: OAuthTransaction,
  { plain, kinds }: { plain: string; kinds: readonly StoredToken["kind"][] },
): Promise<StoredToken | null> {
  for (const kind of kinds) {
    const digest = provider.secrets.digest(plain, kind);
    const token = digest === null ? null : await statements.findToken(digest);
    if (token !== null && token.kind === kind) return isLive(token, provider.now()) ? token : null;
  }
  return null;
}

function isLive(token: StoredToken, now: number): boolean {
  return token.usable && !token.isSpent && endOf(token) > now;
}

/** When a token ends: at its own end, or its family's. */
function endOf({ kind, expiresAt, authorization }: StoredToken): number {
  if (kind === "access" || authorization === null) return expiresAt;
  return Math.min(expiresAt, authorization.createdAt + FAMILY_LIFETIME);
}

/**
 * Answers `POST /oauth2/introspect` (RFC 7662) to a confidential client: the facts of its own live tokens, and of access
 * tokens that share a scope with it; of everything else that it is not active, and nothing more.
 */
export async function introspect(provider: Provider, request: OAuthRequest): Promise<OAuthAnswer> {
  if (request.method !== "POST") return wrongMethod("POST");
  return await answered(provider, async () => {
    const { client, parameters } = await authenticateClient(provider, request);
    if (client.secretDigest === null)
      throw new OAuthRefusal("unauthorized_client", "Only a client with a secret may ask what a token is.");
    const plain = parameters.get("token");
    if (plain === undefined) throw new OAuthRefusal("invalid_request", "Send the token.");
    const live = await provider.stores.transaction((statements) =>
      findLiveToken(provider, statements, { plain, kinds: ["access", "refresh"] }),
    );
    const scopes = live === null ? null : scopesToTell(client, live);
    return json(200, live === null || scopes === null ? { active: false } : factsOf(provider, live, scopes));
  });
}

/**
 * The scopes of a token of which a client is told; null: to that client the token is not active (RFC 7662, section 4).
 * A refresh token is its own client's affair, and an access token that of whoever takes one of its scopes.
 */
function scopesToTell(
  client: OAuthClient,
  { clientId, kind, scopes }: StoredToken,
): readonly string[] | null {
  if (clientId === client.id) return scopes;
  const shared = scopes.filter((scope) => client.scopes.includes(scope));
  return kind === "refresh" || shared.length === 0 ? null : shared;
}

function factsOf(provider: Provider, token: StoredToken, scopes: readonly string[]): Record<string, unknown> {
  const authentication = token.authorization?.authentication;
  return {
    active: true,
    iss: provider.issuer,
    sub: token.subject,
    client_id: token.clientId,
    aud: provider.issuer,
    scope: scopes.join(" "),
    iat: Math.floor(token.issuedAt / 1000),
    exp: Math.floor(endOf(token) / 1000),
    ...(token.kind === "access" ? { token_type: "Bearer" } : {}),
    amr: authentication?.methods ?? [],
    ...(authentication === undefined
      ? {}
      : { acr: acrOf(authentication), auth_time: Math.floor(authentication.at / 1000) }),
  };
}

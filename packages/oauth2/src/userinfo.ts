import { findLiveToken } from "./introspect.js";
import { isForm, json, type OAuthAnswer, type OAuthRequest, queryOf } from "./messages.js";
import { answered, type Provider } from "./provider.js";
import { wrongMethod } from "./refusal.js";
import type { Claims } from "./stores.js";

/**
 * Answers `GET` and `POST /oauth2/userinfo` (OpenID Connect Core, section 5.3): what an access token with `openid` may
 * know of its account. The token comes in the header and nowhere else (RFC 9700, section 4.3.2).
 */
export async function userinfo(provider: Provider, request: OAuthRequest): Promise<OAuthAnswer> {
  if (request.method !== "GET" && request.method !== "POST") return wrongMethod("GET, POST");
  return await answered(provider, async () => {
    const { authorization } = request.headers;
    if (sentElsewhere(request))
      return refuse(400, "invalid_request", "Send the access token in the header, and nowhere else.");
    if (authorization === undefined) return json(401, {}, { "www-authenticate": "Bearer" });
    const [, plain = ""] = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization.trim()) ?? [];
    const token = await provider.stores.transaction((statements) =>
      findLiveToken(provider, statements, { plain, kinds: ["access"] }),
    );
    if (token === null) return refuse(401, "invalid_token", "The access token is wrong, expired or revoked.");
    if (!token.scopes.includes("openid") || token.authorization === null)
      return refuse(403, "insufficient_scope", "The access token was not granted openid.");
    const claims = await provider.stores.findClaims(token.subject);
    return json(200, { sub: token.subject, ...granted(claims, token.scopes) });
  });
}

/** Beside the header it would be sent in two ways (RFC 6750, section 2); without it, where it is logged. */
function sentElsewhere(request: OAuthRequest): boolean {
  const texts = [queryOf(request), isForm(request) ? request.body : ""];
  return texts.some((text) => new URLSearchParams(text).has("access_token"));
}

/** RFC 6750, section 3. */
function refuse(status: number, error: string, description: string): OAuthAnswer {
  const challenge = `Bearer error="${error}", error_description="${description}", scope="openid"`;
  return json(status, { error, error_description: description }, { "www-authenticate": challenge });
}

/** The claims of the scopes that were granted (OpenID Connect Core, section 5.4). */
function granted({ email, email_verified, ...profile }: Claims, scopes: readonly string[]): Claims {
  return {
    ...(scopes.includes("profile") ? profile : {}),
    ...(scopes.includes("email") && email !== undefined
      ? { email, email_verified: email_verified === true }
      : {}),
  };
}

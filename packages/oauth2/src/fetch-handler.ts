import type { AuthorizationOutcome } from "./authorize.js";
import type { OAuthProvider } from "./create-oauth-provider.js";
import type { OAuthAnswer, OAuthRequest } from "./messages.js";
import { PATHS } from "./metadata.js";

/**
 * Serves a provider to a web-standard host. What needs a person (authorize, end-session) is the host's: `authorize` gets
 * what came of the request. Null: the address is none of the provider's.
 *
 * Convenient, and dear: a web `Request` and `Response` alone cost more than an introspection. A host that counts
 * microseconds calls the provider with plain values.
 */
export function fetchHandler(
  provider: OAuthProvider,
  { authorize }: { authorize: (outcome: AuthorizationOutcome, request: Request) => Promise<Response> },
): (request: Request) => Promise<Response | null> {
  const endpoints: Readonly<Record<string, (request: OAuthRequest) => OAuthAnswer | Promise<OAuthAnswer>>> = {
    [PATHS.token]: provider.token,
    [PATHS.introspect]: provider.introspect,
    [PATHS.revoke]: provider.revoke,
    [PATHS.userinfo]: provider.userinfo,
    [PATHS.jwks]: provider.jwks,
    "/.well-known/oauth-authorization-server": provider.authorizationServerMetadata,
    "/.well-known/openid-configuration": provider.openIdConfiguration,
  };
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === PATHS.authorize)
      return await authorize(await provider.readAuthorization(await plain(request)), request);
    const endpoint = endpoints[pathname];
    if (endpoint === undefined) return null;
    const { status, headers, body } = await endpoint(await plain(request));
    return new Response(body === "" ? null : body, { status, headers });
  };
}

async function plain(request: Request): Promise<OAuthRequest> {
  const body = request.method === "GET" || request.method === "HEAD" ? "" : await request.clone().text();
  return { method: request.method, url: request.url, headers: Object.fromEntries(request.headers), body };
}

import { readIdTokenHint } from "./id-token.js";
import { type OAuthRequest, queryOf, readParameters, withParameters } from "./messages.js";
import type { Provider } from "./provider.js";
import { isRegistered } from "./redirect-uri.js";
import { OAuthRefusal } from "./refusal.js";

/** What a client that wants to log a person out asks for. */
export interface EndSessionRequest {
  /** Whom a right `id_token_hint` names: of this person's session no question need be asked. Null: ask. */
  readonly subject: string | null;
  /** Where to send the browser afterwards, with `state`; null: to a page of the host's. */
  readonly redirectTo: string | null;
}

/**
 * Reads `GET /oauth2/end-session` (OpenID Connect RP-Initiated Logout, section 2). The browser goes back only to an
 * address that is registered for the client that the hint, or `client_id` beside it, names.
 *
 * @throws OAuthRefusal for a page
 */
export async function readEndSession(provider: Provider, request: OAuthRequest): Promise<EndSessionRequest> {
  const { parameters, repeated } = readParameters(queryOf(request));
  if (repeated.size > 0) throw new OAuthRefusal("invalid_request", "Send each parameter once.");
  const sent = parameters.get("id_token_hint");
  const hint = sent === undefined ? null : await readIdTokenHint(provider.keyring, provider.issuer, sent);
  const clientId = parameters.get("client_id");
  if (hint !== null && clientId !== undefined && clientId !== hint.clientId)
    throw new OAuthRefusal("invalid_request", "The id_token_hint was issued to another client.");
  const target = parameters.get("post_logout_redirect_uri");
  if (target === undefined) return { subject: hint?.subject ?? null, redirectTo: null };
  const client = await provider.stores.findClient(hint?.clientId ?? clientId ?? "");
  if (client === null || !isRegistered(target, client.redirectUris))
    throw new OAuthRefusal(
      "invalid_request",
      "This post_logout_redirect_uri is not registered for the application.",
    );
  const state = parameters.get("state") ?? null;
  return {
    subject: hint?.subject ?? null,
    redirectTo: state === null ? target : withParameters(target, { state }),
  };
}

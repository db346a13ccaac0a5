import { type IdTokenHint, readIdTokenHint } from "./id-token.js";
import {
  isForm,
  type OAuthRequest,
  type Parameters,
  queryOf,
  readParameters,
  withParameters,
} from "./messages.js";
import type { Provider } from "./provider.js";
import { isRegistered } from "./redirect-uri.js";

/** What a client that wants to log a person out asks for. */
export interface EndSessionRequest {
  /** Of the person whom it names, no question need be asked; any other one is asked. */
  readonly hint: IdTokenHint;
  /** Where to send the browser afterwards, with `state`; null: to a page of the host's. */
  readonly redirectTo: string | null;
}

/**
 * Reads `GET` or `POST /oauth2/end-session` (OpenID Connect RP-Initiated Logout, section 2). The browser goes back only to
 * an address that is registered for the client that the hint, or `client_id` beside it, names. What cannot be read costs
 * that redirect, never the logout: the person wants to leave.
 */
export async function readEndSession(provider: Provider, request: OAuthRequest): Promise<EndSessionRequest> {
  const text = request.method === "POST" && isForm(request) ? request.body : queryOf(request);
  const { parameters, repeated } = readParameters(text);
  const hint = repeated.size > 0 ? UNREADABLE : await readHint(provider, parameters);
  return { hint, redirectTo: await readTarget(provider, hint, parameters) };
}

const UNREADABLE = { kind: "unreadable" } as const;

/** A hint that was issued to another client than the one that asks tells nothing. */
async function readHint({ keyring, issuer }: Provider, parameters: Parameters): Promise<IdTokenHint> {
  const hint = await readIdTokenHint(keyring, issuer, parameters.get("id_token_hint"));
  const clientId = parameters.get("client_id");
  const isForeign = hint.kind === "person" && clientId !== undefined && clientId !== hint.clientId;
  return isForeign ? UNREADABLE : hint;
}

async function readTarget(
  { stores }: Provider,
  hint: IdTokenHint,
  parameters: Parameters,
): Promise<string | null> {
  const target = parameters.get("post_logout_redirect_uri");
  const clientId = clientOf(hint, parameters);
  if (target === undefined || clientId === null) return null;
  const client = await stores.findClient(clientId);
  if (client === null || !isRegistered(target, client.redirectUris)) return null;
  const state = parameters.get("state") ?? null;
  return state === null ? target : withParameters(target, { state });
}

function clientOf(hint: IdTokenHint, parameters: Parameters): string | null {
  switch (hint.kind) {
    case "none":
      return parameters.get("client_id") ?? null;
    case "person":
      return hint.clientId;
    case "unreadable":
      return null;
  }
}

import {
  type AuthorizationRequest,
  answerClient,
  readAuthorizationParameters,
  readAuthorizationRequest,
  readReturnAddress,
} from "./authorization-request.js";
import { readIdTokenHint } from "./id-token.js";
import { MAY_NOT_USE } from "./judge-authorization.js";
import type { OAuthAnswer, OAuthRequest, Parameters } from "./messages.js";
import { CODE_LIFETIME, type Provider } from "./provider.js";
import { type OAuthErrorCode, OAuthRefusal } from "./refusal.js";
import type { Authentication, OAuthClient } from "./stores.js";

/** What came of an authorization request. */
export type AuthorizationOutcome =
  /** The person is asked; `judgeAuthorization` says for what. */
  | { readonly kind: "asked"; readonly request: AuthorizationRequest; readonly client: OAuthClient }
  /** The client gets an error. */
  | { readonly kind: "answer"; readonly answer: OAuthAnswer }
  /** Sending the browser anywhere would be unsafe: the host shows a page. */
  | { readonly kind: "page"; readonly refusal: OAuthRefusal };

/** What a person allowed. */
export interface Allowed {
  readonly request: AuthorizationRequest;
  /** The account. */
  readonly subject: string;
  readonly authentication: Authentication;
}

/**
 * Reads an authorization request by GET or POST (RFC 6749, section 4.1.1). An error goes to the client only where the
 * address it would go to is registered.
 */
export async function readAuthorization(
  provider: Provider,
  request: OAuthRequest,
): Promise<AuthorizationOutcome> {
  try {
    const sent = readAuthorizationParameters(request);
    const id = sent.repeated.has("client_id") ? undefined : sent.parameters.get("client_id");
    if (id === undefined) throw new OAuthRefusal("invalid_request", "Send client_id once.");
    const client = await provider.stores.findClient(id);
    if (client === null)
      throw new OAuthRefusal("invalid_client", "No application of this client_id is enabled.");
    const address = readReturnAddress(client, sent);
    try {
      const [twice] = sent.repeated;
      if (twice !== undefined) throw new OAuthRefusal("invalid_request", "Send each parameter once.");
      const { parameters } = sent;
      const subject = await readSubject(provider, parameters);
      const read = readAuthorizationRequest(client, address, { parameters, subject, now: provider.now() });
      return { kind: "asked", request: read, client };
    } catch (error) {
      if (!(error instanceof OAuthRefusal)) throw error;
      return { kind: "answer", answer: refuseAuthorization(provider, address, error) };
    }
  } catch (refusal) {
    if (refusal instanceof OAuthRefusal) return { kind: "page", refusal };
    throw refusal;
  }
}

/** Whom an ID token of ours names; another text names nobody. */
async function readSubject({ keyring, issuer }: Provider, parameters: Parameters): Promise<string | null> {
  const hint = parameters.get("id_token_hint");
  return hint === undefined ? null : ((await readIdTokenHint(keyring, issuer, hint))?.subject ?? null);
}

/** Keeps what a person allowed, and sends the browser back with a code. */
export async function grantAuthorization(
  provider: Provider,
  { request, subject, authentication }: Allowed,
): Promise<OAuthAnswer> {
  const { plain, digest } = provider.secrets.draw("code");
  const now = provider.now();
  const authorization = {
    ...{ id: provider.drawId(), clientId: request.clientId, subject, scopes: request.scopes },
    ...{ redirectUri: request.redirectUri, codeChallenge: request.codeChallenge, nonce: request.nonce },
    ...{ authentication, createdAt: now },
  };
  const isKept = await provider.stores.transaction((statements) =>
    statements.addAuthorization(authorization, { digest, expiresAt: now + CODE_LIFETIME }),
  );
  if (!isKept) return refuseAuthorization(provider, request, MAY_NOT_USE);
  return answerClient(provider.issuer, request, { code: plain });
}

/** Sends the browser back with an error (RFC 6749, section 4.1.2.1). */
export function refuseAuthorization(
  provider: Pick<Provider, "issuer">,
  address: { readonly redirectUri: string; readonly state: string | null },
  { error, description }: { readonly error: OAuthErrorCode; readonly description: string },
): OAuthAnswer {
  return answerClient(provider.issuer, address, { error, error_description: description });
}

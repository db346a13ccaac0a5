import {
  type AuthorizationRequest,
  answerClient,
  mayStillAsk,
  readAuthorizationParameters,
  readAuthorizationRequest,
  readReturnAddress,
} from "./authorization-request.js";
import { readIdTokenHint } from "./id-token.js";
import { judgeAllowed, MAY_NOT_USE, type Person } from "./judge-authorization.js";
import { CODE_LIFETIME } from "./lifetimes.js";
import type { OAuthAnswer, OAuthRequest, Parameters } from "./messages.js";
import type { Provider } from "./provider.js";
import { isRegistered } from "./redirect-uri.js";
import { OAuthRefusal } from "./refusal.js";
import type { OAuthClient, OAuthTransaction } from "./stores.js";

/** What came of an authorization request. */
export type AuthorizationOutcome =
  /** The person is asked; `judgeAuthorization` says for what. */
  | { readonly kind: "asked"; readonly request: AuthorizationRequest; readonly client: OAuthClient }
  /** The client gets an error. */
  | { readonly kind: "answer"; readonly answer: OAuthAnswer }
  /** Sending the browser anywhere would be unsafe: the host shows a page. */
  | { readonly kind: "page"; readonly refusal: OAuthRefusal };

/** How an authorization request is answered: it is not asked any more. */
export type AuthorizationAnswer = Exclude<AuthorizationOutcome, { readonly kind: "asked" }>;

/** What a person allowed. */
export interface Allowed {
  /** As it was read, perhaps with fewer scopes. */
  readonly request: AuthorizationRequest;
  /** Whoever allowed it, as they are now. */
  readonly person: Person;
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
      const read = readAuthorizationRequest(client, address, { provider, parameters, subject });
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

/** Whom an `id_token_hint` names; null where none was sent. */
async function readSubject({ keyring, issuer }: Provider, parameters: Parameters): Promise<string | null> {
  const hint = await readIdTokenHint(keyring, issuer, parameters.get("id_token_hint"));
  switch (hint.kind) {
    case "none":
      return null;
    case "person":
      return hint.subject;
    case "unreadable":
      // Passed over, it would sign in whoever is there.
      throw new OAuthRefusal("invalid_request", "The id_token_hint is no ID token of this issuer.");
  }
}

/**
 * Keeps what a person allowed, and sends the browser back with a code. The request is judged once more, by what the
 * client and the person are now, and answered once.
 */
export async function grantAuthorization(
  provider: Provider,
  { request, person }: Allowed,
): Promise<AuthorizationAnswer> {
  const client = await provider.stores.findClient(request.clientId);
  if (client === null || !isRegistered(request.redirectUri, client.redirectUris)) return page(NOT_ANY_MORE);
  if (request.expiresAt <= provider.now()) return page(ANSWERED);
  const refusal = judgeClient(client, request) ?? judgeAllowed(request, person, provider.now());
  if (refusal !== null) return answer(refuseAuthorization(provider, request, refusal));
  const { plain, digest } = provider.secrets.draw("code");
  const outcome = await provider.stores.transaction((statements) =>
    keep(provider, statements, { request, person, digest }),
  );
  switch (outcome) {
    case "kept":
      return answer(answerClient(provider.issuer, request, { code: plain }));
    case "may-not-use":
      return answer(refuseAuthorization(provider, request, MAY_NOT_USE));
    case "answered":
      return page(ANSWERED);
  }
}

const NOT_ANY_MORE = "The application may not ask this any more.";
const ANSWERED = "This request was answered before, or has expired.";

function page(description: string): AuthorizationAnswer {
  return { kind: "page", refusal: new OAuthRefusal("invalid_request", description) };
}

function answer(given: OAuthAnswer): AuthorizationAnswer {
  return { kind: "answer", answer: given };
}

/** While a person was asked, the client's registration can have changed. */
function judgeClient(client: OAuthClient, request: AuthorizationRequest): Refused | null {
  if (!client.grantTypes.includes("authorization_code"))
    return { error: "unauthorized_client", description: NOT_ANY_MORE };
  return mayStillAsk(client, request) ? null : { error: "invalid_scope", description: NOT_ANY_MORE };
}

type Refused = Pick<OAuthRefusal, "error" | "description">;

async function keep(
  provider: Provider,
  statements: OAuthTransaction,
  { request, person, digest }: Allowed & { readonly digest: string },
): Promise<"kept" | "may-not-use" | "answered"> {
  if (!(await statements.takeRequest(request.id, request.expiresAt))) return "answered";
  const now = provider.now();
  const { clientId, scopes, redirectUri, codeChallenge, nonce } = request;
  const { subject, authentication } = person;
  const isKept = await statements.addAuthorization(
    {
      ...{ id: provider.drawId(), clientId, subject, scopes, redirectUri, codeChallenge, nonce },
      ...{ authentication, createdAt: now },
    },
    { digest, expiresAt: now + CODE_LIFETIME },
  );
  return isKept ? "kept" : "may-not-use";
}

/** Sends the browser back with an error (RFC 6749, section 4.1.2.1). */
export function refuseAuthorization(
  provider: Pick<Provider, "issuer">,
  address: { readonly redirectUri: string; readonly state: string | null },
  { error, description }: Refused,
): OAuthAnswer {
  return answerClient(provider.issuer, address, { error, error_description: description });
}

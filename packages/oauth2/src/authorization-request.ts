import { ONE_FACTOR_ACR, TWO_FACTOR_ACR } from "./id-token.js";
import { REQUEST_LIFETIME } from "./lifetimes.js";
import {
  isForm,
  type OAuthAnswer,
  type OAuthRequest,
  type Parameters,
  queryOf,
  readParameters,
  redirect,
  withParameters,
} from "./messages.js";
import type { Provider } from "./provider.js";
import { isRegistered } from "./redirect-uri.js";
import { type OAuthErrorCode, OAuthRefusal } from "./refusal.js";
import type { OAuthClient } from "./stores.js";

/** What servers and proxies take as an address. */
const LONGEST = 8192;
/** Of an answer's headers proxies take 8 kB, its address among them. */
const LONGEST_ANSWER = 6500;
/** What `state`, `nonce` and `login_hint` hold, in characters. */
const LONGEST_VALUE = 1024;
/** Longer than any answer without its state: the code, or an error with its description. */
const ROOM_FOR_ANSWER = 800;
const LONGEST_DESCRIPTION = 500;

const PROMPTS = ["none", "login", "consent", "select_account"] as const;

/** What a client wants of the person (OpenID Connect Core, section 3.1.2.1). */
export type Prompt = (typeof PROMPTS)[number];

/** What a client asks of a person. Plain data: a host can keep it while the person logs in. */
export interface AuthorizationRequest {
  /** No other request has it: it is answered once. */
  readonly id: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** As it came; null where none came. */
  readonly state: string | null;
  readonly scopes: readonly string[];
  /** By S256 (RFC 7636). */
  readonly codeChallenge: string;
  readonly nonce: string | null;
  readonly prompt: readonly Prompt[];
  /** The person must have been authenticated within so many seconds; null: at any time. */
  readonly maxAge: number | null;
  /** Whether `acr_values` asks for a second factor. */
  readonly twoFactor: boolean;
  readonly loginHint: string | null;
  /** Whom an `id_token_hint` names: nobody else is answered for. */
  readonly subject: string | null;
  readonly createdAt: number;
  /** It is answered before that, or not at all. */
  readonly expiresAt: number;
}

/** Where an answer to a request goes. */
export interface ReturnAddress {
  readonly redirectUri: string;
  readonly state: string | null;
}

/** Reads the parameters of an authorization request: of the query, or of a form that was posted. */
export function readAuthorizationParameters(request: OAuthRequest): {
  parameters: Parameters;
  repeated: ReadonlySet<string>;
} {
  if (request.method === "POST" && !isForm(request))
    throw new OAuthRefusal("invalid_request", "Send the content type application/x-www-form-urlencoded.");
  const text = request.method === "POST" ? request.body : queryOf(request);
  if (text.length > LONGEST)
    throw new OAuthRefusal("invalid_request", `Send at most ${LONGEST} characters of parameters.`);
  return readParameters(text);
}

/**
 * The address to which the answer may go. Whoever it would go to else may be an attacker, so nothing is redirected
 * before this is known (RFC 6749, section 4.1.2.1).
 *
 * @throws OAuthRefusal for a page
 */
export function readReturnAddress(
  client: OAuthClient,
  { parameters, repeated }: { parameters: Parameters; repeated: ReadonlySet<string> },
): ReturnAddress {
  if (repeated.has("redirect_uri")) throw new OAuthRefusal("invalid_request", "Send redirect_uri once.");
  const redirectUri = parameters.get("redirect_uri");
  if (redirectUri === undefined) throw new OAuthRefusal("invalid_request", "Send redirect_uri.");
  if (!isRegistered(redirectUri, client.redirectUris))
    throw new OAuthRefusal("invalid_request", "This redirect_uri is not registered for the application.");
  const state = parameters.get("state") ?? null;
  const fits = !repeated.has("state") && judgeState(redirectUri, state) === null;
  return { redirectUri, state: fits ? state : null };
}

/** Says why a state cannot be sent back; null: it can. */
function judgeState(redirectUri: string, state: string | null): string | null {
  if (state === null) return null;
  if (state.length > LONGEST_VALUE) return `Send a state of ${LONGEST_VALUE} characters at most.`;
  const { length } = withParameters(redirectUri, { state });
  return length + ROOM_FOR_ANSWER > LONGEST_ANSWER
    ? "Send a shorter state: the answer would be longer than proxies take."
    : null;
}

/**
 * Reads what a client asks.
 *
 * @throws OAuthRefusal that goes to the return address
 */
export function readAuthorizationRequest(
  client: OAuthClient,
  { redirectUri, state }: ReturnAddress,
  { provider, parameters, subject }: { provider: Provider; parameters: Parameters; subject: string | null },
): AuthorizationRequest {
  refuseUnsupported(parameters);
  refuseTooLong(redirectUri, parameters);
  const responseType = parameters.get("response_type");
  if (responseType === undefined) throw new OAuthRefusal("invalid_request", "Send response_type=code.");
  if (responseType !== "code")
    throw new OAuthRefusal("unsupported_response_type", "Only response_type=code is possible.");
  if (!client.grantTypes.includes("authorization_code"))
    throw new OAuthRefusal("unauthorized_client", "The client is not registered for authorization_code.");
  const now = provider.now();
  return {
    ...{ id: provider.drawId(), clientId: client.id, redirectUri, state, subject },
    ...{ createdAt: now, expiresAt: now + REQUEST_LIFETIME },
    scopes: readScopes(provider, client, parameters),
    codeChallenge: readCodeChallenge(parameters),
    nonce: readNonce(parameters),
    prompt: readPrompt(parameters),
    maxAge: readMaxAge(parameters),
    twoFactor: asksForTwoFactor(parameters),
    loginHint: parameters.get("login_hint") ?? null,
  };
}

/** Says whether a client may still ask what it asked: while the person is asked, its registration can change. */
export function mayStillAsk(
  { grantTypes, redirectUris, scopes }: Pick<OAuthClient, "grantTypes" | "redirectUris" | "scopes">,
  asked: Pick<AuthorizationRequest, "redirectUri" | "scopes">,
): boolean {
  if (!grantTypes.includes("authorization_code") || !isRegistered(asked.redirectUri, redirectUris))
    return false;
  return asked.scopes.length > 0 && asked.scopes.every((scope) => scopes.includes(scope));
}

/** Sends an answer back to the client, with `iss` (RFC 9207) and `state`. */
export function answerClient(
  issuer: string,
  { redirectUri, state }: ReturnAddress,
  answer: { code: string } | { error: OAuthErrorCode; error_description: string },
): OAuthAnswer {
  const shown =
    "error" in answer
      ? { ...answer, error_description: answer.error_description.slice(0, LONGEST_DESCRIPTION) }
      : answer;
  return redirect(withParameters(redirectUri, { ...shown, state, iss: issuer }));
}

/**
 * The scopes that are asked for. One that nobody knows is ignored (OpenID Connect Core, section 3.1.2.1), one that the
 * client is not registered for refused. Without any the client's are meant, but for those that are only given by name.
 */
export function readScopes(
  { scopes: known, explicitScopes }: Pick<Provider, "scopes" | "explicitScopes">,
  client: OAuthClient,
  parameters: Parameters,
): readonly string[] {
  const registered = `The client is registered for: ${client.scopes.join(" ")}.`;
  const asked = new Set((parameters.get("scope") ?? "").split(" ").filter((scope) => scope !== ""));
  const isOfClient = (scope: string): boolean => client.scopes.includes(scope);
  if ([...asked].some((scope) => known.includes(scope) && !isOfClient(scope)))
    throw new OAuthRefusal("invalid_scope", registered);
  const scopes =
    asked.size === 0
      ? client.scopes.filter((scope) => !explicitScopes.includes(scope))
      : [...asked].filter(isOfClient);
  if (scopes.length === 0) throw new OAuthRefusal("invalid_scope", `Name a scope. ${registered}`);
  return scopes;
}

/** What a host keeps while its person is asked is bounded. */
function refuseTooLong(redirectUri: string, parameters: Parameters): void {
  const fault = judgeState(redirectUri, parameters.get("state") ?? null);
  if (fault !== null) throw new OAuthRefusal("invalid_request", fault);
  const name = ["nonce", "login_hint"].find((each) => (parameters.get(each)?.length ?? 0) > LONGEST_VALUE);
  if (name !== undefined)
    throw new OAuthRefusal("invalid_request", `Send a ${name} of ${LONGEST_VALUE} characters at most.`);
}

/** What OpenID Connect Core (sections 3.1.2.6, 6 and 7.2.1) lets a provider leave out, each with its error. */
function refuseUnsupported(parameters: Parameters): void {
  if (parameters.has("request")) throw new OAuthRefusal("request_not_supported", "Send plain parameters.");
  if (parameters.has("request_uri"))
    throw new OAuthRefusal("request_uri_not_supported", "Send plain parameters.");
  if (parameters.has("registration"))
    throw new OAuthRefusal("registration_not_supported", "An administrator registers clients.");
  const mode = parameters.get("response_mode") ?? "query";
  if (mode !== "query") throw new OAuthRefusal("invalid_request", "Only response_mode=query is possible.");
}

/** S256 and nothing else (RFC 7636, section 4.3; RFC 9700, section 2.1.1); without a method it would be plain. */
function readCodeChallenge(parameters: Parameters): string {
  const challenge = parameters.get("code_challenge") ?? "";
  if (challenge === "") throw new OAuthRefusal("invalid_request", "Send code_challenge: PKCE is required.");
  if (parameters.get("code_challenge_method") !== "S256")
    throw new OAuthRefusal("invalid_request", "Send code_challenge_method=S256.");
  if (!/^[\w-]{43}$/.test(challenge))
    throw new OAuthRefusal(
      "invalid_request",
      "Send as code_challenge the SHA-256 of the verifier, as base64url.",
    );
  return challenge;
}

/** It is kept as it is, and not every database takes control characters. */
function readNonce(parameters: Parameters): string | null {
  const nonce = parameters.get("nonce") ?? null;
  if (nonce !== null && /\p{Cc}/u.test(nonce))
    throw new OAuthRefusal("invalid_request", "Send a nonce without control characters.");
  return nonce;
}

function readPrompt(parameters: Parameters): readonly Prompt[] {
  const asked = new Set((parameters.get("prompt") ?? "").split(" ").filter((each) => each !== ""));
  const known = PROMPTS.filter((each) => asked.has(each));
  if (known.length < asked.size)
    throw new OAuthRefusal("invalid_request", `Send as prompt some of: ${PROMPTS.join(" ")}.`);
  if (asked.has("none") && asked.size > 1)
    throw new OAuthRefusal("invalid_request", "Send prompt=none alone, or without none.");
  return known;
}

function readMaxAge(parameters: Parameters): number | null {
  const text = parameters.get("max_age");
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text))
    throw new OAuthRefusal("invalid_request", "Send max_age as a number of seconds.");
  return Number(text);
}

/** Whether a second factor is asked for; who would be content with one factor too does not ask for it. */
function asksForTwoFactor(parameters: Parameters): boolean {
  const values = (parameters.get("acr_values") ?? "").split(" ");
  return values.includes(TWO_FACTOR_ACR) && !values.includes(ONE_FACTOR_ACR);
}

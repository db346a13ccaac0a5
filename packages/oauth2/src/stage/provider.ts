import { createHash, randomBytes } from "node:crypto";
import {
  createOAuthProvider,
  type OAuthProvider,
  type OAuthProviderOptions,
} from "../create-oauth-provider.js";
import type { Person } from "../judge-authorization.js";
import { createMemoryStores, type MemoryStores } from "../memory-stores.js";
import type { OAuthAnswer } from "../messages.js";
import { digestSecret } from "../secrets.js";
import { createKeyring } from "../signing-keys.js";
import type { Authentication, OAuthClient } from "../stores.js";

export const ISSUER = "https://id.example.com";
export const REDIRECT = "https://app.example.com/callback";
export const SECRET = "shopsecret";
const FORM = "application/x-www-form-urlencoded";

/** A provider over memory, with a clock to turn. */
export interface Stage {
  readonly provider: OAuthProvider;
  readonly stores: MemoryStores;
  readonly clock: { now: number };
  readonly faults: unknown[];
  /** Posts a form as the confidential client. */
  post(endpoint: "token" | "introspect" | "revoke", form: Record<string, string>): Promise<Json>;
  /** Posts a form as any client: the public one has no secret. */
  postAs(client: string, endpoint: "token", form: Record<string, string>): Promise<Json>;
  /** Lets ann allow the client something, and returns the code with its verifier. */
  allow(
    parameters?: Record<string, string>,
    how?: Authentication,
  ): Promise<{ code: string; verifier: string }>;
  /** Lets ann allow the client something, and returns its tokens. */
  tokens(parameters?: Record<string, string>): Promise<Json>;
}

// biome-ignore lint/suspicious/noExplicitAny: what the tests look at is what they assert
export type Json = any;

export function client(changes: Partial<OAuthClient> = {}): OAuthClient {
  return {
    ...{ id: "shop", name: "Shop", secretDigest: digestSecret(SECRET), redirectUris: [REDIRECT] },
    grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
    scopes: ["openid", "profile", "email", "orders:read", "orders:write"],
    ...{ idTokenAlgorithm: "ES256", serviceAccountId: "robot" },
    ...changes,
  };
}

export function startStage(options: Partial<OAuthProviderOptions> = {}): Stage {
  const stores = createMemoryStores();
  const clock = { now: Date.UTC(2026, 0, 1) };
  const faults: unknown[] = [];
  stores.clients.set("shop", client());
  stores.clients.set("other", client({ id: "other" }));
  stores.clients.set("phone", client({ id: "phone", secretDigest: null, serviceAccountId: null }));
  const claims = { name: "Ann", preferred_username: "ann", email: "ann@example.com", email_verified: true };
  stores.accounts.set("ann", { active: true, claims });
  stores.accounts.set("robot", { active: true, claims: {} });
  const provider = createOAuthProvider({
    ...{
      issuer: ISSUER,
      stores,
      keyring: createKeyring(stores.keys, { now: () => clock.now }),
      scopes: [...client().scopes, "admin:write"],
      explicitScopes: ["orders:write"],
    },
    now: () => clock.now,
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  const post: Stage["post"] = async (endpoint, form) => read(await provider[endpoint](formRequest(form)));
  const postAs: Stage["postAs"] = async (id, endpoint, form) => {
    const request = formRequest({ ...form, client_id: id }, { id });
    const { authorization: _, ...headers } = request.headers;
    return read(await provider[endpoint](id === "phone" ? { ...request, headers } : request));
  };
  const allow: Stage["allow"] = async (parameters = {}, how = proven(clock.now)) => {
    const { url, verifier } = authorizeUrl(parameters);
    const outcome = await provider.readAuthorization({ method: "GET", url, headers: {}, body: "" });
    if (outcome.kind !== "asked") throw new Error(`not asked: ${JSON.stringify(outcome)}`);
    const given = await provider.grantAuthorization({ request: outcome.request, person: ann(how) });
    if (given.kind !== "answer") throw new Error(`not answered: ${JSON.stringify(given)}`);
    return { code: locationOf(given.answer).searchParams.get("code") ?? "", verifier };
  };
  const tokens: Stage["tokens"] = async (parameters) => {
    const { code, verifier } = await allow(parameters);
    return await post("token", codeForm(code, verifier));
  };
  return { provider, stores, clock, faults, post, postAs, allow, tokens };
}

export function proven(at: number): Authentication {
  return { at, methods: ["pwd", "otp"], twoFactor: true };
}

/** Ann, who may use every client and is asked by each. */
export function ann(authentication: Authentication, changes: Partial<Person> = {}): Person {
  return {
    ...{ subject: "ann", authentication, hasSecondFactor: true, mayUse: true, rememberedScopes: null },
    ...changes,
  };
}

/** A form of the confidential client, by HTTP Basic. */
export function formRequest(
  form: Record<string, string>,
  { id = "shop", secret = SECRET }: { id?: string; secret?: string } = {},
): { method: string; url: string; headers: Record<string, string>; body: string } {
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
  const headers = { "content-type": FORM, authorization };
  return { method: "POST", url: "/oauth2/token", headers, body: new URLSearchParams(form).toString() };
}

export function codeForm(code: string, verifier: string): Record<string, string> {
  return { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: REDIRECT };
}

/** An address of the authorization endpoint, right in everything that is not changed; an empty value leaves it out. */
export function authorizeUrl(changes: Record<string, string> = {}): { url: string; verifier: string } {
  const verifier = randomBytes(32).toString("base64url");
  const parameters = new URLSearchParams({
    ...{ client_id: "shop", redirect_uri: REDIRECT, response_type: "code", scope: "openid orders:read" },
    ...{ state: "a state", nonce: "a nonce", code_challenge_method: "S256" },
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    ...changes,
  });
  for (const [name, value] of Object.entries(changes)) if (value === "") parameters.delete(name);
  return { url: `/oauth2/authorize?${parameters}`, verifier };
}

/** An answer with its body read. */
export function read({ status, headers, body }: OAuthAnswer): Json {
  return { status, headers, ...(body === "" ? {} : JSON.parse(body)) };
}

export function locationOf({ headers }: OAuthAnswer): URL {
  return new URL(headers["location"] ?? "");
}

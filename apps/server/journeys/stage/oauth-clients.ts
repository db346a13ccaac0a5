import { createHash, randomBytes } from "node:crypto";
import { expect } from "vitest";
import { type Answer, basic } from "./client.js";
import type { DatabaseKind } from "./databases.js";
import { openFormBrowser } from "./forms.js";
import { type Keyturn, startKeyturn } from "./keyturn.js";
import { type RegisteredClient, registerClient } from "./oauth-application.js";
import { createPerson, type LoggedInPerson, logInAdministrator, type Person } from "./people.js";

/** The endpoints that a client calls by a form, and says who it is. */
export const ENDPOINTS = ["token", "introspect", "revoke"] as const;

/** One of them. */
export type Endpoint = (typeof ENDPOINTS)[number];

/** The fields of a form, or what an answer gives. */
export type Fields = Record<string, string>;

/** Where the browser is sent back to. */
export const CALLBACK = "https://shop.example.com/callback";

/** The grants of a client that works for people and by itself. */
const GRANTS = ["AUTHORIZATION_CODE", "REFRESH_TOKEN", "CLIENT_CREDENTIALS"];

/** A server with three clients, and a person who allows each of them whatever it asks. */
export interface OAuthClients {
  readonly keyturn: Keyturn;
  readonly administrator: LoggedInPerson;
  readonly ann: Person;
  /** Has a secret, and may also act as a machine. */
  readonly shop: RegisteredClient;
  /** Has a secret. */
  readonly other: RegisteredClient;
  /** Has none. */
  readonly phone: RegisteredClient;
  readonly logIn: () => Promise<unknown>;
  readonly send: (path: string, init: RequestInit) => Promise<Answer>;
  /** Sends a form as a client, the shop unless it is told otherwise. */
  readonly ask: (endpoint: Endpoint, form: Fields, client?: RegisteredClient) => Promise<Answer>;
  /** Lets the person allow what a client asks, and returns the form that redeems the code. */
  readonly allow: (scope?: string, client?: RegisteredClient) => Promise<Fields>;
  readonly tokens: (scope?: string, client?: RegisteredClient) => Promise<Fields>;
  readonly refresh: (token?: string, more?: Fields, client?: RegisteredClient) => Promise<Answer>;
  /** What a client is told of a token, the other one unless it is told otherwise. */
  readonly factsOf: (token?: string, client?: RegisteredClient) => Promise<unknown>;
}

/** Starts a server with all of that. */
export async function startOAuthClients(
  kind: DatabaseKind,
  environment: Record<string, string> = {},
): Promise<OAuthClients> {
  const scopes = { KEYTURN_SCOPES: "orders:read=Read your orders" };
  const settings = { KEYTURN_PUBLIC_URL: "http://localhost:4000", ...scopes, ...environment };
  const keyturn = await startKeyturn(kind, settings);
  const administrator = await logInAdministrator(keyturn);
  const ann = await createPerson(administrator, "ann");
  const robot = await createPerson(administrator, "robot", { kind: "SERVICE" });
  const machine = { grantTypes: GRANTS, serviceAccountId: robot.id };
  const shop = await registerClient(administrator, CALLBACK, machine);
  const other = await registerClient(administrator, CALLBACK);
  const phone = await registerClient(administrator, CALLBACK, { type: "PUBLIC" });
  const { logIn, allow } = await openBrowserOf(keyturn, ann, shop);
  const send: OAuthClients["send"] = async (path, init) => {
    const response = await fetch(`${keyturn.address}/oauth2/${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
  };
  const ask: OAuthClients["ask"] = (endpoint, form, { id, secret } = shop) => {
    const named = secret === "" ? { ...form, client_id: id } : form;
    const headers = secret === "" ? {} : basic(id, secret);
    return send(endpoint, { method: "POST", headers, body: new URLSearchParams(named) });
  };
  return {
    ...{ keyturn, administrator, ann, shop, other, phone, logIn, send, ask, allow },
    tokens: async (scope, client) => (await ask("token", await allow(scope, client), client)).body,
    refresh: (refresh_token = "", more = {}, client = shop) =>
      ask("token", { grant_type: "refresh_token", refresh_token, ...more }, client),
    factsOf: async (token = "", client = other) => (await ask("introspect", { token }, client)).body,
  };
}

async function openBrowserOf(
  keyturn: Keyturn,
  { loginName, password }: Person,
  shop: RegisteredClient,
): Promise<Pick<OAuthClients, "logIn" | "allow">> {
  const browser = openFormBrowser(keyturn);
  const logIn = async (): Promise<void> => {
    await browser.get("/login");
    await browser.submit({ loginName, password });
  };
  await logIn();
  const allow: OAuthClients["allow"] = async (scope = "openid orders:read", { id } = shop) => {
    const verifier = randomBytes(32).toString("base64url");
    const query = new URLSearchParams({
      ...{ response_type: "code", client_id: id, redirect_uri: CALLBACK, scope },
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    const asked = await browser.get(`/oauth2/authorize?${query}`);
    const to = asked.headers.get("location") ?? "";
    const question = to.startsWith("/") ? await browser.get(to) : asked;
    const back = question.status === 303 ? question : await browser.submit({ answer: "allow" });
    const code = new URL(back.headers.get("location") ?? "").searchParams.get("code") ?? "";
    return { grant_type: "authorization_code", code, redirect_uri: CALLBACK, code_verifier: verifier };
  };
  return { logIn, allow };
}

/** Expects an error as it is to be written (RFC 6749, section 5.2), by its status and its name. */
export function expectError({ status, headers, body }: Answer, expected: string): void {
  expect(`${status} ${body.error}`).toBe(expected);
  expect(Object.keys(body)).toEqual(["error", "error_description"]);
  expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  expectJsonKeptNowhere(headers);
  expect(headers.get("www-authenticate")?.split(" ")[0]).toBe(status === 401 ? "Basic" : undefined);
}

/** Expects JSON that is kept nowhere on the way (RFC 6749, section 5.1). */
export function expectJsonKeptNowhere(headers: Headers): void {
  const read = ["content-type", "cache-control", "pragma"].map((name) => headers.get(name));
  expect(read).toEqual(["application/json; charset=utf-8", "no-store", "no-cache"]);
}

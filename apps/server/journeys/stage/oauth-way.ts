import { createHash, randomBytes } from "node:crypto";
import { digestSecret } from "@keyturn/oauth2";
import { sessionCookieName } from "../../src/http/credentials/session-cookie.js";
import { insert } from "../../src/platform/sql.js";
import { OAuthClientEntity } from "../../src/rooms/oauth/client.entity.js";
import { decodeEntities, type FormBrowser, openFormBrowser, type ReceivedPage } from "./forms.js";
import type { Keyturn } from "./keyturn.js";
import type { LoggedInPerson } from "./people.js";

/** Where every application of these tests wants its answers. */
export const CALLBACK = "https://shop.example.com/callback";
/** The secret of every application of these tests that has one. */
export const SECRET = "asecretoflettersanddigits";

/** What an endpoint answered. */
export interface EndpointAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what the tests look at is what they assert
  readonly body: any;
}

/** A code, as the application got it. */
export interface Code {
  readonly code: string;
  readonly verifier: string;
}

/** Registers an application, right in everything that is not changed. */
export function registerClient({ app }: Keyturn, changes: Partial<OAuthClientEntity>): Promise<void> {
  const row = {
    ...{ id: "shop", name: "Shop & Sons", secretHash: digestSecret(SECRET), redirectUris: CALLBACK },
    ...{ grantTypes: "authorization_code refresh_token", access: "EVERYONE", serviceAccountId: null },
    ...{ scopes: "openid profile email account:read admin:write", idTokenAlgorithm: "ES256" },
    ...{ enabled: true, createdAt: 0, ...changes },
  } as const;
  return app.context.db.transaction((manager) => insert(manager, OAuthClientEntity, row));
}

/** The address by which an application asks, with the verifier of its code; a null leaves a parameter out. */
export function askingAddress(changes: Record<string, string | null> = {}): {
  path: string;
  verifier: string;
} {
  const verifier = randomBytes(32).toString("base64url");
  const all: Record<string, string | null> = {
    ...{ client_id: "shop", redirect_uri: CALLBACK, response_type: "code", scope: "openid account:read" },
    ...{ state: "a-state", nonce: "a-nonce", code_challenge_method: "S256" },
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    ...changes,
  };
  const sent = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null);
  return { path: `/oauth2/authorize?${new URLSearchParams(sent)}`, verifier };
}

/** A browser in which a person is logged in. */
export function browserOf(keyturn: Keyturn, { token }: Pick<LoggedInPerson, "token">): FormBrowser {
  const browser = openFormBrowser(keyturn);
  browser.cookies.set(sessionCookieName(keyturn.app.context.config.publicUrl), token);
  return browser;
}

/** Where an answer leads: by a redirect, or by a page that goes on by itself. */
export function leadsTo({ headers, html }: ReceivedPage): string {
  const onward = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(html)?.[1] ?? "";
  return headers.get("location") ?? decodeEntities(onward);
}

/** Lets an application ask in a browser, and returns what the consent page answers, or what needed no question. */
export async function ask(browser: FormBrowser, path: string): Promise<ReceivedPage> {
  const first = await browser.get(path);
  return leadsTo(first).startsWith("/") ? await browser.get(leadsTo(first)) : first;
}

/** The parameters that an answer brings back to the application. */
export function broughtBack(page: ReceivedPage): Record<string, string> {
  const address = leadsTo(page);
  return address.startsWith(CALLBACK) ? Object.fromEntries(new URL(address).searchParams) : {};
}

/** Lets a person who is logged in allow an application what it asks. */
export async function allow(
  keyturn: Keyturn,
  person: Pick<LoggedInPerson, "token">,
  changes: Record<string, string | null> = {},
): Promise<Code> {
  const { path, verifier } = askingAddress(changes);
  const browser = browserOf(keyturn, person);
  const page = await ask(browser, path);
  const back = leadsTo(page) === "" ? await browser.submit({ answer: "allow" }) : page;
  const { code } = broughtBack(back);
  if (code === undefined) throw new Error(`no code: ${back.status} ${leadsTo(back)} ${back.html}`);
  return { code, verifier };
}

/** Posts a form to an endpoint as an application does: as the one whose secret is known here, where none is named. */
export async function post(
  { address }: Pick<Keyturn, "address">,
  endpoint: string,
  form: Record<string, string>,
): Promise<EndpointAnswer> {
  const body = new URLSearchParams({ client_id: "shop", client_secret: SECRET, ...form });
  if (body.get("client_secret") === "") body.delete("client_secret");
  return await send(`${address}/oauth2/${endpoint}`, body.toString());
}

/** Posts a form as it is. */
export async function send(
  address: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<EndpointAnswer> {
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const response = await fetch(address, {
    ...{ method: "POST", body, redirect: "manual", headers: { ...type, ...headers } },
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  return {
    ...{ status: response.status, headers: response.headers, text },
    body: isJson ? JSON.parse(text) : null,
  };
}

/** The form that redeems a code. */
export function codeForm({ code, verifier }: Code): Record<string, string> {
  return { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: CALLBACK };
}

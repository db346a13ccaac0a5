import { basic } from "./client.js";
import type { DatabaseKind } from "./databases.js";
import { openFormBrowser, type ReceivedPage } from "./forms.js";
import { freePort } from "./gateway.js";
import { type Keyturn, startKeyturn } from "./keyturn.js";
import type { LoggedInPerson, ProtectedPerson } from "./people.js";

/** What an application knows of itself. */
export interface RegisteredClient {
  readonly id: string;
  /** Empty where it keeps none. */
  readonly secret: string;
}

/** Starts a server that is found at its public address, at the hour that it is: an application needs to be told nothing. */
export async function startAtItsAddress(
  kind: DatabaseKind,
  environment: Record<string, string> = {},
): Promise<Keyturn> {
  const port = String(await freePort());
  const address = `http://localhost:${port}`;
  const keyturn = await startKeyturn(kind, { PORT: port, KEYTURN_PUBLIC_URL: address, ...environment });
  keyturn.clock.set(Date.now());
  return { ...keyturn, address };
}

/** Registers an application by an administrator, with a secret unless it is told otherwise. */
export async function registerClient(
  { client }: Pick<LoggedInPerson, "client">,
  redirectUri: string,
  more: object = {},
): Promise<RegisteredClient> {
  const scopes = ["openid", "profile", "email", "orders:read"];
  const asked = { name: "Shop & Sons", redirectUris: [redirectUri], scopes, ...more };
  const selection = "... on OAuthClientCreated { clientSecret client { id } }";
  const answer = await client.mutate("createOAuthClient", asked, selection);
  if (answer.__typename !== "OAuthClientCreated") throw new Error(JSON.stringify(answer));
  return { id: answer.client.id, secret: answer.clientSecret ?? "" };
}

/**
 * Follows an application to the server as a person does who logs in with password and code, and allows what is asked.
 * Returns where the browser is sent back to.
 */
export async function allowByForms(
  keyturn: Pick<Keyturn, "address" | "app" | "clock">,
  address: string | URL,
  { loginName, password, app }: ProtectedPerson,
): Promise<URL> {
  const browser = openFormBrowser(keyturn);
  const { pathname, search } = new URL(address);
  const consent = await browser.get(onward(await browser.get(pathname + search)));
  await browser.get(onward(consent));
  await browser.submit({ loginName, password });
  keyturn.clock.advance({ seconds: 30 });
  const proven = await browser.submit({ verificationCode: app.code() });
  const question = await browser.get(onward(proven));
  if (!question.html.includes("asks for this:")) throw new Error(`no question: ${question.html}`);
  return new URL(onward(await browser.submit({ answer: "allow" })));
}

/** Sends a form to an endpoint as a client. */
export function postForm(
  { address }: Pick<Keyturn, "address">,
  { id, secret }: RegisteredClient,
  [path, form]: readonly [path: string, form: Record<string, string>],
): Promise<Response> {
  const headers = basic(id, secret);
  return fetch(address + path, { method: "POST", headers, body: new URLSearchParams(form) });
}

function onward({ status, headers, html }: ReceivedPage): string {
  const location = headers.get("location");
  if (location === null) throw new Error(`the browser is not sent on: ${status} ${html}`);
  return location;
}

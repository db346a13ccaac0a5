import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { openBrowser } from "./browser.js";
import { mutation } from "./client.js";
import { type Keyturn, startKeyturn } from "./keyturn.js";
import { type LoggedInPerson, nextCode, type Person, type ProtectedPerson } from "./people.js";

/** Where the browser finds the server. */
export const ORIGIN = "http://localhost:4000";
/** Pages of the account settings. */
export const PROFILE = "/account/profile";
export const SETTINGS = "/account/login-name-and-password";
export const CONFIGURE = "/account/two-factor/configure";
export const MOVE = "/account/two-factor/move";
/** The screens of a desk and of a telephone. */
export const DESK = { width: 1280, height: 900 };
export const TELEPHONE = { width: 360, height: 740 };

/** A session, in whatever way it was begun. */
type Session = Pick<LoggedInPerson, "token">;

/** How a page is opened. */
export interface PageOptions extends BrowserContextOptions {
  /** Whose session the browser has: nobody's unless it is said. */
  readonly as?: Session;
  /** Whether the test lets answers be refused or be missing, of which the browser itself complains. */
  readonly loadsMayFail?: boolean;
}

/** A server with its web pages, and a browser. */
export interface Web {
  readonly keyturn: Keyturn;
  /** Opens a page in a context of its own: nothing is known of earlier ones. */
  readonly open: (path: string, options?: PageOptions) => Promise<Page>;
  /** The same before it goes anywhere. */
  readonly openBlank: (options?: PageOptions) => Promise<Page>;
  /** Logs somebody in as a browser does, by the next code where they have an app: the session is renewed by cookies. */
  readonly logIn: (person: Person & Partial<ProtectedPerson>) => Promise<Session>;
  /** Closes what was opened; nothing may have gone wrong there behind the person's back. */
  readonly closePages: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface WatchedContext {
  readonly context: BrowserContext;
  /** Errors and warnings of the console, and what was thrown. */
  readonly complaints: readonly string[];
}

/** Starts a server on SQLite and a browser. */
export async function startWeb(environment: Record<string, string> = {}): Promise<Web> {
  const keyturn = await startKeyturn("sqlite", { KEYTURN_PUBLIC_URL: ORIGIN, ...environment });
  const browser = await openBrowser(keyturn);
  const opened: WatchedContext[] = [];
  const openBlank: Web["openBlank"] = async (options = {}) => {
    const watched = await openContext(browser, options);
    opened.push(watched);
    return await watched.context.newPage();
  };
  const open: Web["open"] = async (path, options) => {
    const page = await openBlank(options);
    await page.goto(ORIGIN + path);
    return page;
  };
  const logIn: Web["logIn"] = (person) => logInByCookie(keyturn, person);
  const closePages = (): Promise<void> => closeWithoutComplaints(opened);
  const close = async (): Promise<void> => {
    await browser.close();
    await keyturn.close();
  };
  return { keyturn, open, openBlank, logIn, closePages, close };
}

/** Waits until a page is at this path. */
export function arrive(page: Page, path: string): Promise<void> {
  return page.waitForURL(ORIGIN + path);
}

/** Gives a page, and all beside it, the session of a person. */
export async function bringSession(context: BrowserContext, { token }: Session): Promise<void> {
  await context.addCookies([{ name: "keyturn_session_4000", value: token, url: ORIGIN, httpOnly: true }]);
}

async function logInByCookie(
  keyturn: Keyturn,
  { loginName, password, app }: Person & Partial<ProtectedPerson>,
): Promise<Session> {
  const proof = app === undefined ? null : { verificationCode: nextCode(keyturn, { app }) };
  const input = { loginName, password, proof, useCookie: true };
  const { headers, text } = await keyturn.anyone.send(mutation("login"), { input });
  const [, token] = /keyturn_session_4000=(\w+)/.exec(headers.get("set-cookie") ?? "") ?? [];
  if (token === undefined) throw new Error(`not logged in: ${text}`);
  return { token };
}

async function openContext(
  browser: Browser,
  { as, loadsMayFail = false, ...options }: PageOptions,
): Promise<WatchedContext> {
  const context = await browser.newContext({ locale: "en-US", viewport: DESK, ...options });
  context.setDefaultTimeout(15_000);
  if (as !== undefined) await bringSession(context, as);
  const complaints: string[] = [];
  context.on("console", (message) => {
    const isExpected = loadsMayFail && message.text().startsWith("Failed to load resource");
    if (!isExpected && ["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(error.error().message));
  return { context, complaints };
}

async function closeWithoutComplaints(opened: WatchedContext[]): Promise<void> {
  const all = opened.splice(0);
  for (const { context } of all) await context.close();
  for (const { complaints } of all) expect(complaints).toEqual([]);
}

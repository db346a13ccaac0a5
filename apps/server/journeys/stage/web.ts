import type { Browser, BrowserContextOptions } from "playwright-core";
import { openBrowser } from "./browser.js";
import { type Keyturn, startKeyturn } from "./keyturn.js";
import { openPage, type WatchedPage } from "./pages.js";
import type { LoggedInPerson } from "./people.js";

/** Where the browser finds the server. */
export const ORIGIN = "http://localhost:4000";
/** The screens of a desk and of a telephone. */
const DESK = { width: 1280, height: 900 };
export const TELEPHONE = { width: 360, height: 740 };

/** A server with its web pages, and a browser. */
export interface Web {
  readonly keyturn: Keyturn;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

/** Starts a server on SQLite and a browser. */
export async function startWeb(environment: Record<string, string> = {}): Promise<Web> {
  const keyturn = await startKeyturn("sqlite", { KEYTURN_PUBLIC_URL: ORIGIN, ...environment });
  const browser = await openBrowser(keyturn);
  const close = async (): Promise<void> => {
    await browser.close();
    await keyturn.close();
  };
  return { keyturn, browser, close };
}

/** Opens a page with the session of a person who is logged in. */
export async function openAs(
  { browser }: Web,
  { token }: Pick<LoggedInPerson, "token">,
  { path, ...options }: BrowserContextOptions & { readonly path: string },
): Promise<WatchedPage> {
  const watched = await openPage(browser, { viewport: DESK, ...options });
  const cookie = { name: "keyturn_session", value: token, url: ORIGIN, httpOnly: true } as const;
  watched.page.setDefaultTimeout(10_000);
  await watched.page.context().addCookies([cookie]);
  await watched.page.goto(ORIGIN + path);
  return watched;
}

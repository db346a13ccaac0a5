import jsqr from "jsqr";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { PNG } from "pngjs";
import { expect } from "vitest";
import type { Keyturn } from "./keyturn.js";
import { openPage, type WatchedPage } from "./pages.js";
import type { Person, ProtectedPerson } from "./people.js";

const LOG_IN = "mutation ($input: LoginInput!) { login(input: $input) { __typename } }";

/** The code that an app shows next, so that none is used twice. */
export function nextCode({ clock }: Pick<Keyturn, "clock">, { app }: Pick<ProtectedPerson, "app">): string {
  clock.advance({ seconds: 30 });
  return app.code();
}

/** Gives a browser the cookie of a login, by a code too where the person has an app. */
export async function logInBrowser(
  page: Page,
  keyturn: Keyturn,
  person: Pick<Person, "loginName" | "password"> & Partial<Pick<ProtectedPerson, "app">>,
): Promise<void> {
  const { loginName, password, app } = person;
  const proof = app === undefined ? null : { verificationCode: nextCode(keyturn, { app }) };
  const input = { loginName, password, proof, useCookie: true };
  const data = { query: LOG_IN, variables: { input } };
  const answer = await page.context().request.post(`${keyturn.address}/graphql`, { data });
  expect((await answer.json()).data.login.__typename).toBe("LoggedIn");
}

/** Opens a page of the account settings in a browser in which a person is logged in. */
export async function openSettings(
  { browser, keyturn }: { readonly browser: Browser; readonly keyturn: Keyturn },
  person: Pick<Person, "loginName" | "password"> & Partial<Pick<ProtectedPerson, "app">>,
  { path, ...options }: BrowserContextOptions & { readonly path: string },
): Promise<WatchedPage> {
  const watched = await openPage(browser, options);
  await logInBrowser(watched.page, keyturn, person);
  await watched.page.goto(keyturn.address + path);
  return watched;
}

/** Reads the QR code of a page from its picture, as an authenticator app does. */
export async function scan(page: Page): Promise<string> {
  const picture = PNG.sync.read(await page.getByRole("img", { name: /QR/ }).screenshot());
  return jsqr.default(new Uint8ClampedArray(picture.data), picture.width, picture.height)?.data ?? "";
}

/** A page must fit on its screen. */
export async function expectNoScrolling(page: Page): Promise<void> {
  const width = await page.evaluate("document.documentElement.scrollWidth");
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

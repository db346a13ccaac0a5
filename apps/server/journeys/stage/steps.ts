import { readFile } from "node:fs/promises";
import jsqr from "jsqr";
import type { Locator, Page } from "playwright-core";
import { PNG } from "pngjs";
import type { Keyturn } from "./keyturn.js";
import { focused } from "./pages.js";
import { type AuthenticatorApp, authenticatorApp, type Person } from "./people.js";

/** A page, or a part of one. */
export type Place = Page | Locator;

/** Presses the button that is called exactly like this. */
export function press(place: Place, name: string | RegExp): Promise<void> {
  return place.getByRole("button", { name, exact: true }).click();
}

/** Follows the link that is called exactly like this. */
export function follow(place: Place, name: string): Promise<void> {
  return place.getByRole("link", { name, exact: true }).click();
}

/** Chooses among what excludes each other. */
export function choose(place: Place, name: string): Promise<void> {
  return place.getByRole("radio", { name, exact: true }).check();
}

/** The field that is labelled exactly like this, whatever is typed or chosen there. */
export function field(place: Place, name: string | RegExp): Locator {
  return place.getByLabel(name, { exact: true }).and(place.locator("input, select, textarea"));
}

/** The question or form that lies over a page. */
export function dialogOf(page: Page, name?: string): Locator {
  return page.getByRole("dialog", name === undefined ? {} : { name, exact: true });
}

/** The part of a page that has this in its name. */
export function regionOf(page: Page, name: string): Locator {
  return page.getByRole("region", { name });
}

/** Waits until a place says this. */
export function says(place: Place, text: string | RegExp): Promise<void> {
  return place.getByText(text).waitFor();
}

/** Waits until a place says this by itself, as what went wrong. */
export function warns(place: Place, text: string | RegExp): Promise<void> {
  return place.getByRole("alert").filter({ hasText: text }).waitFor();
}

/** Waits until a place says this by itself, as what has come of something. */
export function tells(place: Place, text: string | RegExp): Promise<void> {
  return place.getByRole("status").filter({ hasText: text }).waitFor();
}

/** Waits for the page of this title. */
export function titled(page: Page, name: string): Promise<void> {
  return page.getByRole("heading", { level: 1, name }).waitFor();
}

/** Logs in as far as name and password lead. */
export async function enterPassword(
  page: Page,
  { loginName, password }: Pick<Person, "loginName" | "password">,
): Promise<void> {
  await field(page, "Login name").fill(loginName);
  await field(page, "Password").fill(password);
  await press(page, "Log in");
}

/** Enters a code where one from an app is asked for; a login submits it by itself. */
export function enterCode(place: Place, code: string): Promise<void> {
  return field(place, "Verification code").fill(code);
}

/** Goes on with a login by a recovery code instead of one from the app. */
export async function enterRecoveryCode(page: Page, code = ""): Promise<void> {
  await press(page, "Use a recovery code instead");
  await field(page, "Recovery code").fill(code);
  await press(page, "Log in");
}

/** Gives the code that a dialog asks for, and goes on with what it is for. */
export async function prove(page: Page, code: string, act: string): Promise<void> {
  await enterCode(dialogOf(page), code);
  await press(dialogOf(page), act);
}

/** Presses what saves a file, and reads the file. */
export async function save(page: Page, name: string): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, name)]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

/** Scans the QR code of a page with an authenticator app, from its picture alone. */
export async function scan(page: Page, keyturn: Pick<Keyturn, "clock">): Promise<AuthenticatorApp> {
  const picture = PNG.sync.read(await page.getByRole("img", { name: /QR/ }).screenshot());
  const read = jsqr.default(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  return authenticatorApp(keyturn, read?.data ?? "");
}

/** Goes on by Tab until what has the focus is called like this. */
export async function reach(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await focused(page)).startsWith(name)) return;
  }
  throw new Error(`no way to ${name} by Tab`);
}

/// <reference lib="dom" />
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./stage/browser.js";
import type { Keyturn } from "./stage/keyturn.js";
import { startAtItsAddress } from "./stage/oauth-application.js";
import { expectNoBarriers, focused, type WatchedPage } from "./stage/pages.js";
import {
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  type ProtectedPerson,
} from "./stage/people.js";
import { expectNoScrolling, logInBrowser, nextCode, openSettings } from "./stage/settings-pages.js";

const DESK = { width: 1280, height: 900 };
const TELEPHONE = { width: 360, height: 740 };
const PROFILE = "/account/profile";
const LOGIN = "/account/login-name-and-password";
const NEW = "violet-anchor-thistle-3";

describe("profile, login name and password in the account settings", () => {
  let keyturn: Keyturn;
  let browser: Browser;
  let administrator: LoggedInPerson;
  let opened: WatchedPage[] = [];
  let people = 0;

  beforeAll(async () => {
    keyturn = await startAtItsAddress("sqlite");
    browser = await openBrowser(keyturn);
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(async () => {
    await browser?.close();
    await keyturn?.close();
  });
  afterEach(async () => {
    for (const { close } of opened) await close();
    opened = [];
  });

  const nameOf = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const newPerson = (more = {}): Promise<Person> => createPerson(administrator, nameOf(), more);
  const newProtected = (): Promise<ProtectedPerson> =>
    createProtectedPerson(keyturn, administrator, nameOf());
  const open = async (
    person: Person & Partial<Pick<ProtectedPerson, "app">>,
    { path = LOGIN, ...options }: BrowserContextOptions & { path?: string } = {},
  ): Promise<WatchedPage> => {
    const watched = await openSettings({ browser, keyturn }, person, { viewport: DESK, path, ...options });
    opened.push(watched);
    return watched;
  };
  const press = (page: Page, name: string): Promise<void> =>
    page.getByRole("button", { name, exact: true }).click();
  const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
  const password = (page: Page, name: string) => page.getByLabel(name, { exact: true });
  const says = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
  const dialogOf = (page: Page) => page.getByRole("dialog");
  const endSessions = ({ id }: Person) =>
    administrator.client.mutate("revokeAccountSessions", { accountId: id, reason: "A lost device" });
  const changePassword = async (page: Page, current: string, wanted: string): Promise<void> => {
    await password(page, "Current password").fill(current);
    await password(page, "New password").fill(wanted);
    await press(page, "Change the password");
  };

  for (const viewport of [DESK, TELEPHONE])
    it(`keeps a new display name, and not an empty one, ${viewport.width} wide`, async () => {
      const { page, complaints } = await open(await newPerson(), { viewport, path: PROFILE });
      await field(page, "Display name").fill(" ");
      await press(page, "Save");
      await says(page, "Fill in this field.");
      await expectNoBarriers(page);
      await expectNoScrolling(page);
      await field(page, "Display name").fill("Ann Other");
      await press(page, "Save");
      await says(page, "Saved.");
      await page.getByRole("banner").getByText("Ann Other").waitFor();
      await expectNoBarriers(page);
      await page.reload();
      await expect.poll(() => field(page, "Display name").inputValue()).toBe("Ann Other");
      expect(complaints).toEqual([]);
    });

  it("comes in the new language once that is saved, and back", async () => {
    const { page } = await open(await newPerson({ locale: "en" }), { path: PROFILE });
    await page.getByRole("combobox", { name: "Language" }).selectOption("日本語");
    await press(page, "Save");
    await page.getByRole("heading", { level: 1, name: "プロフィール" }).waitFor();
    await expect.poll(() => focused(page)).toBe("保存しました。");
    await expectNoBarriers(page);
    await page.getByRole("combobox", { name: "言語" }).selectOption("English");
    await press(page, "保存");
    await page.getByRole("heading", { level: 1, name: "Profile" }).waitFor();
    await says(page, "Saved.");
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Profile" }).waitFor();
    expect(await page.getByText("Saved.").count()).toBe(0);
  });

  it("takes another mail address once that was confirmed behind the link that went there", async () => {
    const ann = await newPerson();
    const { page } = await open(ann, { path: PROFILE });
    await field(page, "New email address").fill("nowhere");
    await press(page, "Send the link");
    await says(page, "Enter an email address, such as name@example.com.");
    const wanted = `new-${ann.loginName}@example.com`;
    await field(page, "New email address").fill(wanted);
    await press(page, "Send the link");
    await says(page, `A link was emailed to ${wanted}. Open it within an hour and confirm the address there`);
    await expectNoBarriers(page);
    await keyturn.settle();
    const mail = await keyturn.mailbox.next(
      ({ to, text }) => to === wanted && text.includes("/confirm-email/"),
    );
    expect(mail.text).toContain("confirm there that this is the address of your account");
    await page.goto(/http\S+confirm-email\S+/.exec(mail.text)?.[0] ?? "");
    await press(page, "Confirm the address");
    await page.goto(keyturn.address + PROFILE);
    await says(page, wanted);
  });

  it("gives another login name, and not one that is taken", async () => {
    const ann = await newPerson();
    const { page } = await open(ann);
    await press(page, "Change the login name");
    await says(page, `Nothing was changed: you log in as ${ann.loginName} already.`);
    await field(page, "Login name").fill("ADMIN");
    await press(page, "Change the login name");
    await says(page, "This login name is taken.");
    expect(await field(page, "Login name").inputValue()).toBe("ADMIN");
    await field(page, "Login name").fill("a:b");
    await press(page, "Change the login name");
    await says(page, /without a colon/);
    await expectNoBarriers(page);
    await field(page, "Login name").fill(`new-${ann.loginName}`);
    await press(page, "Change the login name");
    await says(page, `From now on you log in as new-${ann.loginName}.`);
    expect((await logIn(keyturn, { ...ann, loginName: `new-${ann.loginName}` })).id).toBe(ann.id);
  });

  it("changes the password, says which rules a weak one breaks, and ends the other sessions", async () => {
    const ann = await newPerson();
    const { page } = await open(ann);
    const elsewhere = await logIn(keyturn, ann);
    await says(page, "ends your sessions on all other devices");
    await changePassword(page, "not-the-password", NEW);
    await says(page, "The password is not correct.");
    await changePassword(page, ann.password, "short");
    await says(page, "It needs at least 8 characters.");
    expect(await password(page, "Current password").inputValue()).toBe(ann.password);
    await expectNoBarriers(page);
    await changePassword(page, ann.password, NEW);
    await says(page, "Your password is changed. One other session ended.");
    expect(await password(page, "New password").inputValue()).toBe("");
    const { body } = await elsewhere.client.send("{ viewer { id } }");
    expect(body.errors?.[0].extensions.code).toBe("INVALID_CREDENTIALS");
    await page.reload();
    await says(page, "Current password");
  });

  it("changes the password of a protected account by a code too, not by one that was used", async () => {
    const ann = await newProtected();
    const { page } = await open(ann, { viewport: TELEPHONE });
    await field(page, "Verification code").fill(ann.app.code());
    await changePassword(page, ann.password, NEW);
    await says(page, "The verification code is not valid.");
    expect(await password(page, "New password").inputValue()).toBe(NEW);
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await field(page, "Verification code").fill(nextCode(keyturn, ann));
    await press(page, "Change the password");
    await says(page, /Your password is changed/);
  });

  it("asks for a fresh proof in place, says what was wrong with it, and goes on with what was being done", async () => {
    const ann = await newProtected();
    const { page } = await open(ann);
    await field(page, "Login name").fill(`later-${ann.loginName}`);
    keyturn.clock.advance({ seconds: 901 });
    await press(page, "Change the login name");
    await dialogOf(page).getByRole("heading", { name: "Prove that it is you" }).waitFor();
    await dialogOf(page).getByText(`You are logged in as ${ann.loginName}.`).waitFor();
    await expectNoBarriers(page);
    await dialogOf(page).getByRole("button", { name: "Use a recovery code instead" }).click();
    await expect.poll(() => focused(page)).toBe("Recovery code");
    await dialogOf(page).getByRole("button", { name: "Use a code from the app instead" }).click();
    await expect.poll(() => focused(page)).toBe("Verification code");
    await press(page, "Confirm");
    await dialogOf(page).getByText("Fill in this field.").first().waitFor();
    await dialogOf(page).getByLabel("Password", { exact: true }).fill("not-the-password");
    await dialogOf(page).getByRole("textbox", { name: "Verification code" }).fill(ann.app.code());
    await press(page, "Confirm");
    await says(page, "The password is not correct.");
    await expect.poll(() => focused(page)).toBe("Password");
    await page.keyboard.insertText(ann.password);
    await dialogOf(page).getByRole("textbox", { name: "Verification code" }).fill(nextCode(keyturn, ann));
    await press(page, "Confirm");
    await says(page, `From now on you log in as later-${ann.loginName}.`);
  });

  it("loses nothing that was typed where the fresh proof is not given", async () => {
    const ann = await newPerson();
    const { page } = await open(ann);
    await field(page, "Login name").fill("someone-else");
    keyturn.clock.advance({ seconds: 901 });
    await press(page, "Change the login name");
    await dialogOf(page).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => dialogOf(page).count()).toBe(0);
    expect(await field(page, "Login name").inputValue()).toBe("someone-else");
  });

  it("closes the question for a fresh proof on going back, and begins each page at its title", async () => {
    const ann = await newPerson();
    const { page } = await open(ann, { path: PROFILE });
    await page.getByRole("link", { name: "Login Name & Password" }).click();
    await field(page, "Login name").fill("someone-else");
    expect(await dialogOf(page).count()).toBe(0);
    keyturn.clock.advance({ seconds: 901 });
    await press(page, "Change the login name");
    await dialogOf(page).waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Profile" }).waitFor();
    await expect.poll(() => dialogOf(page).count()).toBe(0);
    await page.getByRole("link", { name: "Sessions" }).click();
    await expect.poll(() => focused(page)).toBe("Sessions");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
  });

  it("counts down while a fresh proof is locked", async () => {
    const ann = await newPerson();
    const { page } = await open(ann);
    keyturn.clock.set(Math.max(Date.now(), keyturn.clock.now() + 901_000));
    await page.clock.setFixedTime(keyturn.clock.now());
    await field(page, "Login name").fill("someone-else");
    await press(page, "Change the login name");
    await dialogOf(page).waitFor();
    for (let attempt = 0; attempt < 10; attempt += 1)
      await keyturn.anyone.mutate("login", { loginName: ann.loginName, password: "wrong-again" });
    await dialogOf(page).getByLabel("Password", { exact: true }).fill(ann.password);
    await press(page, "Confirm");
    await says(page, /Wait 3 minutes, then try again/);
    await says(page, "You can try again in 3:00.");
    await expectNoBarriers(page);
    await logInAdministrator(keyturn).then(({ client }) =>
      client.mutate("unlockAccount", { accountId: ann.id }),
    );
    await press(page, "Confirm");
    await says(page, "From now on you log in as someone-else.");
  });

  it("leads from the page for a fresh proof back to the account", async () => {
    const { page } = await open(await newPerson(), { path: "/step-up" });
    await page.getByRole("link", { name: "To your account" }).click();
    await page.waitForURL(keyturn.address + PROFILE);
  });

  it("loses nothing that was typed where the session was ended elsewhere, and goes on after a login beside it", async () => {
    const ann = await newPerson();
    const { page } = await open(ann, { path: PROFILE });
    await field(page, "Display name").fill("A name that took long to think of");
    await endSessions(ann);
    await press(page, "Save");
    await says(page, "You are logged out");
    await expectNoBarriers(page);
    expect(await field(page, "Display name").inputValue()).toBe("A name that took long to think of");
    await logInBrowser(page, keyturn, ann);
    await press(page, "Save");
    await says(page, "Saved.");
  });
});

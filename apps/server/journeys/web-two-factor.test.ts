/// <reference lib="dom" />
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./stage/browser.js";
import type { Keyturn } from "./stage/keyturn.js";
import { startAtItsAddress } from "./stage/oauth-application.js";
import { expectNoBarriers, type WatchedPage } from "./stage/pages.js";
import {
  type AuthenticatorApp,
  authenticatorApp,
  createPerson,
  createProtectedPerson,
  logIn,
  logInWithCode,
  type Person,
  type ProtectedPerson,
} from "./stage/people.js";
import { challengeOf, protectAdministrator, setPolicy } from "./stage/proofs.js";
import { expectNoScrolling, nextCode, openSettings, scan } from "./stage/settings-pages.js";

const DESK = { width: 1280, height: 900 };
const TELEPHONE = { width: 360, height: 740 };
const SETTINGS = "/account/login-name-and-password";

describe("two-factor authentication in the account settings", () => {
  let keyturn: Keyturn;
  let browser: Browser;
  let administrator: ProtectedPerson;
  let opened: WatchedPage[] = [];
  let people = 0;

  beforeAll(async () => {
    keyturn = await startAtItsAddress("sqlite");
    browser = await openBrowser(keyturn);
    administrator = await protectAdministrator(keyturn);
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
    { path = SETTINGS, ...options }: BrowserContextOptions & { path?: string } = {},
  ): Promise<WatchedPage> => {
    const watched = await openSettings({ browser, keyturn }, person, { viewport: DESK, path, ...options });
    opened.push(watched);
    return watched;
  };
  /** The administrator proves themselves first: other stories have moved the clock. */
  const changePolicy = async (change: object): Promise<void> =>
    setPolicy(await logInWithCode(keyturn, administrator), change);
  const press = (page: Page, name: string | RegExp): Promise<void> =>
    page.getByRole("button", { name, exact: true }).click();
  const follow = (page: Page, name: string): Promise<void> => page.getByRole("link", { name }).click();
  const titled = (page: Page, name: string): Promise<void> =>
    page.getByRole("heading", { level: 1, name }).waitFor();
  const codeOf = (page: Page) => page.getByRole("textbox", { name: "Verification code" });
  const scanned = async (page: Page): Promise<AuthenticatorApp> => {
    await page.getByRole("img", { name: /QR/ }).waitFor();
    return authenticatorApp(keyturn, await scan(page));
  };
  const says = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
  const dialogOf = (page: Page) => page.getByRole("dialog");
  const prove = async (page: Page, code: string, act: string): Promise<void> => {
    await dialogOf(page).getByRole("textbox", { name: "Verification code" }).fill(code);
    await dialogOf(page).getByRole("button", { name: act, exact: true }).click();
  };
  /** The ways to prove that codes of an app log a person in, and that they do not. */
  const logsIn = async (person: Person, app: AuthenticatorApp): Promise<boolean> => {
    const challenge = await challengeOf(keyturn, person);
    const proof = { verificationCode: nextCode(keyturn, { app }) };
    const answer = await keyturn.anyone.mutate("completeLogin", { challenge, proof });
    return answer.__typename === "LoggedIn";
  };

  for (const viewport of [DESK, TELEPHONE])
    it(`is enabled by scanning a QR code and entering the code, ${viewport.width} wide`, async () => {
      const ann = await newPerson();
      const { page, complaints } = await open(ann, { viewport, path: "/account" });
      await follow(page, "Login Name & Password");
      await page.getByRole("region", { name: "Two-Factor Authentication" }).waitFor();
      await expectNoBarriers(page);
      await follow(page, "Enable");
      await titled(page, "Configure Two-Factor Authentication");
      const app = await scanned(page);
      await page.getByText("Google Authenticator").waitFor();
      await expectNoBarriers(page);
      await expectNoScrolling(page);
      await codeOf(page).fill(app.code());
      await press(page, "Enable");
      await titled(page, "Keep your recovery codes");
      expect(await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").count()).toBe(10);
      await expectNoBarriers(page);
      await expectNoScrolling(page);
      expect(await page.getByRole("button", { name: "Finish" }).isDisabled()).toBe(true);
      await page.getByText("I have kept these codes").click();
      await press(page, "Finish");
      await page.getByRole("button", { name: "Rename Authenticator" }).waitFor();
      await says(page, "10 recovery codes remain.");
      await expectNoBarriers(page);
      await expectNoScrolling(page);
      expect(await logsIn(ann, app)).toBe(true);
      expect(complaints).toEqual([]);
    });

  it("is enabled by the keyboard alone", async () => {
    const { page } = await open(await newPerson());
    await page.getByRole("link", { name: "Enable" }).waitFor();
    const reach = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press("Tab");
        const reached = page.locator(":focus");
        const text = await reached.evaluate(
          (element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent ?? "",
        );
        if (text.startsWith(name)) return;
      }
      throw new Error(`no way to ${name} by Tab`);
    };
    await reach("Enable");
    await page.keyboard.press("Enter");
    const app = await scanned(page);
    await reach("Verification code");
    await page.keyboard.type(app.code());
    await page.keyboard.press("Enter");
    await titled(page, "Keep your recovery codes");
    await reach("I have kept");
    await page.keyboard.press("Space");
    await reach("Finish");
    await page.keyboard.press("Enter");
    await says(page, "10 recovery codes remain.");
  });

  it("stays disabled after a wrong code, takes the next right one of the same secret, and hints at a wrong clock", async () => {
    const { page } = await open(await newPerson(), { path: "/account/two-factor/configure" });
    const app = await scanned(page);
    await press(page, "Enable");
    await says(page, "Fill in this field.");
    await codeOf(page).fill("000000");
    await press(page, "Enable");
    await says(page, "The verification code is not valid.");
    await expect.poll(() => codeOf(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await expectNoBarriers(page);
    await codeOf(page).fill(app.code(10));
    await press(page, "Enable");
    await says(page, /clock of your device seems to be 300 seconds fast/);
    expect((await scanned(page)).secret).toBe(app.secret);
    await codeOf(page).fill(app.code());
    await press(page, "Enable");
    await titled(page, "Keep your recovery codes");
  });

  it("begins again by a press where the enrollment has expired", async () => {
    const { page } = await open(await newPerson(), { path: "/account/two-factor/configure" });
    const old = await scanned(page);
    keyturn.clock.advance({ seconds: 901 });
    await codeOf(page).fill(old.code());
    await press(page, "Enable");
    await says(page, /enrollment has expired/);
    await expectNoBarriers(page);
    await press(page, "Show a new QR code");
    // So much later a fresh proof is asked for, and what was being done goes on.
    await dialogOf(page).getByLabel("Password", { exact: true }).fill("quiet-harbor-lantern-7");
    await press(page, "Confirm");
    await expect.poll(async () => (await scanned(page)).secret).not.toBe(old.secret);
    await codeOf(page).fill((await scanned(page)).code());
    await press(page, "Enable");
    await titled(page, "Keep your recovery codes");
  });

  it("ends the API tokens that were made before only where that was chosen", async () => {
    for (const isChosen of [false, true]) {
      const ann = await newPerson();
      const { client } = await logIn(keyturn, ann);
      await client.mutate("createApiToken", { name: "Nightly", scopes: ["account:read"] });
      const { page } = await open(ann, { path: "/account/two-factor/configure" });
      const app = await scanned(page);
      if (isChosen) await page.getByText("Revoke my API tokens: Nightly").click();
      await expectNoBarriers(page);
      await codeOf(page).fill(app.code());
      await press(page, "Enable");
      await titled(page, "Keep your recovery codes");
      await says(page, "One other session, which had no code, ended.");
      const [event] = (await keyturn.events("two-factor.enabled")).slice(-1);
      expect(Number(event?.details["apiTokensRevoked"])).toBe(isChosen ? 1 : 0);
    }
  });

  it("is disabled by a code, not by one that was used, and says what that means", async () => {
    const ann = await newProtected();
    const { page } = await open(ann);
    await press(page, "Disable");
    await says(page, "From then on your password alone logs in.");
    await says(page, "Each code works once.");
    await expectNoBarriers(page);
    await prove(page, ann.app.code(), "Disable");
    await says(page, "The verification code is not valid.");
    await prove(page, nextCode(keyturn, ann), "Disable");
    await says(page, /Two-factor authentication is disabled/);
    await page.getByRole("link", { name: "Enable" }).waitFor();
    expect((await logIn(keyturn, ann)).id).toBe(ann.id);
  });

  it("cannot be disabled where the policy requires it, and says so", async () => {
    const ann = await newProtected();
    const { page } = await open(ann);
    await page.getByRole("button", { name: "Disable", exact: true }).waitFor();
    await press(page, "Disable");
    await changePolicy({ twoFactor: "REQUIRED" });
    try {
      await prove(page, nextCode(keyturn, ann), "Disable");
      await says(page, /requires two-factor authentication, so it cannot be disabled/);
      await page.reload();
      await says(page, /requires two-factor authentication, so you cannot disable it/);
      expect(await page.getByRole("button", { name: "Disable", exact: true }).count()).toBe(0);
    } finally {
      await changePolicy({ twoFactor: "OPTIONAL" });
    }
  });

  it("tells why it cannot be enabled, and from when it must be", async () => {
    const { page } = await open(await newPerson({ kind: "GUEST" }));
    await says(page, /not for guests/);
    await expectNoBarriers(page);
    const required = new Date(keyturn.clock.now() + 30 * 86_400_000).toISOString();
    await changePolicy({ twoFactor: "REQUIRED", twoFactorRequiredFrom: required });
    try {
      const { page: other } = await open(await newPerson());
      await says(other, /Your organization requires it from/);
      await expectNoBarriers(other);
    } finally {
      await changePolicy({ twoFactor: "OPTIONAL", twoFactorRequiredFrom: null });
    }
  });

  it("moves to a new phone: the new one is added, then the old one removed", async () => {
    const ann = await newProtected();
    const { page } = await open(ann, { viewport: TELEPHONE });
    await follow(page, "Move to a new phone");
    await press(page, "Show the QR code");
    const app = await scanned(page);
    await codeOf(page).fill(app.code());
    await press(page, "Add the new phone");
    await titled(page, "Move to a new phone: 2. Remove the old one");
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await page.getByRole("button", { name: "Remove Authenticator" }).first().click();
    await expectNoBarriers(page);
    await prove(page, nextCode(keyturn, { app }), "Remove");
    await titled(page, "You have moved to the new phone");
    await press(page, "Finish");
    await says(page, "it cannot be removed");
    expect(await page.getByRole("button", { name: /^Remove/ }).count()).toBe(0);
    expect(await logsIn(ann, app)).toBe(true);
    expect(await logsIn(ann, ann.app)).toBe(false);
  });

  it("renames an authenticator, adds a further one, and removes it by a recovery code", async () => {
    const ann = await newProtected();
    const { page } = await open(ann);
    await press(page, "Rename Authenticator");
    await dialogOf(page).getByRole("textbox", { name: "Name" }).fill("Desk");
    await press(page, "Save");
    await says(page, "It is now called Desk.");
    await follow(page, "Add an authenticator");
    await page.getByRole("textbox", { name: "Device name" }).fill("Tablet");
    await press(page, "Show the QR code");
    const app = await scanned(page);
    await codeOf(page).fill(app.code());
    await press(page, "Add");
    await says(page, "Tablet is added.");
    await press(page, "Finish");
    await press(page, "Remove Tablet");
    await dialogOf(page).getByRole("button", { name: "Use a recovery code instead" }).click();
    await dialogOf(page)
      .getByRole("textbox", { name: "Recovery code" })
      .fill(ann.recoveryCodes[0] ?? "");
    await dialogOf(page).getByRole("button", { name: "Remove", exact: true }).click();
    await says(page, "Tablet is removed.");
    await says(page, "9 recovery codes remain.");
  });

  it("makes new recovery codes by a code, and shows them until they are kept", async () => {
    const ann = await newProtected();
    const { page } = await open(ann);
    await press(page, "Make new codes");
    await prove(page, nextCode(keyturn, ann), "Make new codes");
    await dialogOf(page).getByRole("list", { name: "Recovery codes" }).waitFor();
    await expectNoBarriers(page);
    const shown = await dialogOf(page).getByRole("listitem").allTextContents();
    await page.keyboard.press("Escape");
    expect(await dialogOf(page).count()).toBe(1);
    await page.getByText("I have kept these codes").click();
    await press(page, "Finish");
    await says(page, "Your new recovery codes are in force.");
    const used = await keyturn.anyone.mutate("completeLogin", {
      challenge: await challengeOf(keyturn, ann),
      proof: { recoveryCode: shown[0] ?? "" },
    });
    expect(used.__typename).toBe("LoggedIn");
  });

  it("speaks Japanese", async () => {
    const { page } = await open(await newPerson({ locale: "ja" }), { viewport: TELEPHONE });
    await page.getByRole("link", { name: "有効にする" }).click();
    await titled(page, "2要素認証の設定");
    const app = await scanned(page);
    await page.getByRole("textbox", { name: "確認コード" }).fill(app.code());
    await press(page, "有効にする");
    await titled(page, "リカバリーコードを保管してください");
    await expectNoBarriers(page);
    await expectNoScrolling(page);
  });
});

/// <reference lib="dom" />
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./stage/browser.js";
import type { Keyturn } from "./stage/keyturn.js";
import { startAtItsAddress } from "./stage/oauth-application.js";
import { askingAddress, registerClient } from "./stage/oauth-way.js";
import { expectNoBarriers, focused, openPage, type WatchedPage } from "./stage/pages.js";
import {
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logIn,
  logInWithCode,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator } from "./stage/proofs.js";

const TELEPHONE = { width: 360, height: 740 };
const CALLBACK = "http://127.0.0.1/callback";

describe("the consent page in a browser", () => {
  let keyturn: Keyturn;
  let browser: Browser;
  let administrator: ProtectedPerson;
  let ann: ProtectedPerson;
  let opened: WatchedPage[] = [];
  let asking = { path: "" };

  beforeAll(async () => {
    const environment = { KEYTURN_SCOPES: "orders:read=Read your orders", KEYTURN_ATTEMPTS_PER_ADDRESS: "0" };
    keyturn = await startAtItsAddress("sqlite", environment);
    browser = await openBrowser(keyturn);
    administrator = await protectAdministrator(keyturn);
    ann = await createProtectedPerson(keyturn, administrator, "ann");
    const scopes = "openid profile orders:read admin:read";
    // Nobody remembers what a public client was allowed: it asks each time.
    await registerClient(keyturn, { secretHash: null, redirectUris: CALLBACK, scopes });
    asking = askingAddress({ redirect_uri: CALLBACK, scope: "openid profile orders:read" });
  });
  afterAll(async () => {
    await browser?.close();
    await keyturn?.close();
  });
  afterEach(async () => {
    for (const { close } of opened) await close();
    opened = [];
  });

  /** Opens the question of a client in a browser in which a person is logged in. */
  const ask = async (
    { token }: Pick<LoggedInPerson, "token">,
    { path = asking.path, ...options }: BrowserContextOptions & { path?: string } = {},
  ): Promise<WatchedPage> => {
    const watched = await openPage(browser, options);
    opened.push(watched);
    const { page } = watched;
    page.setDefaultTimeout(15_000);
    const cookie = { name: "keyturn_session", value: token, url: keyturn.address };
    if (token !== "") await page.context().addCookies([cookie]);
    await page.context().route(`${CALLBACK}?**`, (route) => route.fulfill({ body: "the application" }));
    await page.goto(keyturn.address + path);
    return watched;
  };
  /** The same in a browser in which nobody is logged in. */
  const NOBODY = { token: "" };
  const press = (page: Page, name: string): Promise<void> =>
    page.getByRole("button", { name, exact: true }).click();
  const broughtBack = async (page: Page): Promise<URLSearchParams> => {
    await page.waitForURL(`${CALLBACK}?**`);
    return new URL(page.url()).searchParams;
  };
  const enterLogin = async (page: Page, { loginName, password, app }: ProtectedPerson): Promise<void> => {
    await page.getByLabel("Login name").fill(loginName);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await press(page, "Log in");
    keyturn.clock.advance({ seconds: 30 });
    await page.getByLabel("Verification code", { exact: true }).fill(app.code());
  };

  it("says which application, at which host, asks for what, as whom, and sends the answer back once", async () => {
    const { page, complaints } = await ask(ann);
    await page.getByText("Shop & Sons at 127.0.0.1 asks for this:", { exact: true }).waitFor();
    const scopes = await page.getByRole("listitem").allTextContents();
    expect(scopes).toEqual([
      "Know who you are",
      "See your name, login name and language",
      "Read your orders",
    ]);
    await page.getByText("You are logged in as ANN (ann).", { exact: true }).waitFor();
    await expectNoBarriers(page);
    const question = page.url();
    await page.getByRole("button", { name: "Allow", exact: true }).dblclick();
    const answer = await broughtBack(page);
    expect(answer.get("code")).toMatch(/./);
    expect(answer.get("state")).toBe("a-state");
    expect(complaints).toEqual([]);
    await page.goto(question);
    await page.getByRole("alert").filter({ hasText: "This request was answered" }).waitFor();
    await expectNoBarriers(page);
  });

  it("takes no for an answer, on a telephone and in Japanese", async () => {
    const jun = await createProtectedPerson(keyturn, administrator, "jun");
    await jun.client.mutate("updateProfile", { locale: "ja" }, "__typename");
    const { page, complaints } = await ask(jun, { viewport: TELEPHONE });
    await page.getByText("Read your orders").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await expectNoBarriers(page);
    await press(page, "許可しない");
    expect((await broughtBack(page)).get("error")).toBe("access_denied");
    expect(complaints).toEqual([]);
  });

  it("lets someone else log in and answer", async () => {
    const bob = await createProtectedPerson(keyturn, administrator, "bob");
    const cho = await createProtectedPerson(keyturn, administrator, "cho");
    const { page, complaints } = await ask(bob);
    await press(page, "Not you? Log in as someone else");
    await enterLogin(page, cho);
    await page.getByText("You are logged in as CHO (cho).").waitFor();
    await press(page, "Allow");
    expect((await broughtBack(page)).get("code")).toMatch(/./);
    expect(complaints).toEqual([]);
  });

  it("asks for a fresh proof before the question, where an administrator's rights are given away", async () => {
    const { path } = askingAddress({ redirect_uri: CALLBACK, scope: "openid admin:read" });
    const { page } = await ask(NOBODY, { path });
    await enterLogin(page, administrator);
    await page.getByText("Read every account and the audit log, as an administrator").waitFor();
    keyturn.clock.advance({ seconds: 930 });
    await page.goto(keyturn.address + path);
    await page.getByRole("heading", { name: "Prove that it is you" }).waitFor();
    await page.getByLabel("Password", { exact: true }).waitFor();
    await expectNoBarriers(page);
    await page.getByLabel("Password", { exact: true }).fill(administrator.password);
    await page.getByLabel("Verification code", { exact: true }).fill(administrator.app.code());
    await press(page, "Confirm");
    await press(page, "Allow");
    expect((await broughtBack(page)).get("code")).toMatch(/./);
  });

  for (const javaScriptEnabled of [true, false])
    it(`lets someone else log in who cannot give the fresh proof, script ${javaScriptEnabled ? "on" : "off"}`, async () => {
      const { path } = askingAddress({ redirect_uri: CALLBACK, scope: "openid profile admin:read" });
      const { token } = await logInWithCode(keyturn, administrator);
      keyturn.clock.advance({ seconds: 930 });
      const ida = await createProtectedPerson(keyturn, administrator, javaScriptEnabled ? "ida" : "ike");
      const { page } = await ask({ token }, { path, javaScriptEnabled });
      await page.getByRole("heading", { name: "Prove that it is you" }).waitFor();
      await press(page, "Not you? Log in as someone else");
      await enterLogin(page, ida);
      if (!javaScriptEnabled) await press(page, "Log in");
      await page.getByRole("button", { name: "Allow", exact: true }).waitFor();
      expect(await page.getByRole("main").innerText()).toContain(`(${ida.loginName})`);
    });

  it("opens the step-up dialog where a proof grew old while the question stood there, and then goes on", async () => {
    const { path } = askingAddress({ redirect_uri: CALLBACK, scope: "openid admin:read" });
    const { page } = await ask(NOBODY, { path });
    await enterLogin(page, administrator);
    await page.getByText("Read every account").waitFor();
    keyturn.clock.advance({ seconds: 870 });
    await page.goto(keyturn.address + path);
    await page.getByText("Read every account").waitFor();
    keyturn.clock.advance({ seconds: 60 });
    await press(page, "Allow");
    const dialog = page.getByRole("dialog", { name: "Prove that it is you" });
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toBe("Allow");
    await page.keyboard.press("Enter");
    await dialog.getByLabel("Password", { exact: true }).fill(administrator.password);
    await dialog.getByLabel("Verification code", { exact: true }).fill(administrator.app.code());
    await expectNoBarriers(page);
    await dialog.getByRole("button", { name: "Confirm" }).click();
    expect((await broughtBack(page)).get("code")).toMatch(/./);
  });

  it("asks the next one for what it did not ask the first: the rights of an administrator", async () => {
    const leo = await createProtectedPerson(keyturn, administrator, "leo");
    const { path } = askingAddress({ redirect_uri: CALLBACK, scope: "openid admin:read" });
    const { page } = await ask(NOBODY, { path });
    await enterLogin(page, leo);
    await page.getByText("Know who you are").waitFor();
    expect(await page.getByText("as an administrator").count()).toBe(0);
    await press(page, "Not you? Log in as someone else");
    await enterLogin(page, administrator);
    await page.getByText("Read every account and the audit log, as an administrator").waitFor();
  });

  it("says that the server is away, and goes on when it is there again", async () => {
    const dan = await createProtectedPerson(keyturn, administrator, "dan");
    const { page } = await ask(dan);
    await page.getByRole("button", { name: "Allow", exact: true }).waitFor();
    await page.route("**/graphql", (route) => route.abort());
    await press(page, "Allow");
    await page.getByRole("alert").filter({ hasText: "The server does not answer." }).waitFor();
    await expectNoBarriers(page);
    await page.unroute("**/graphql");
    await press(page, "Allow");
    expect((await broughtBack(page)).get("code")).toMatch(/./);
  });

  it("says in a second tab that the question was answered in the first", async () => {
    const eve = await createProtectedPerson(keyturn, administrator, "eve");
    const { page } = await ask(eve);
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByRole("button", { name: "Allow", exact: true }).waitFor();
    await press(page, "Deny");
    await broughtBack(page);
    await press(second, "Allow");
    await second.getByRole("alert").filter({ hasText: "This request was answered" }).waitFor();
  });

  it("works as a form where script is blocked, also for someone else", async () => {
    const fay = await createProtectedPerson(keyturn, administrator, "fay");
    const gus = await createProtectedPerson(keyturn, administrator, "gus");
    const { page } = await ask(fay, { javaScriptEnabled: false, viewport: TELEPHONE });
    expect(await page.getByRole("main").innerText()).toContain("Read your orders");
    await press(page, "Not you? Log in as someone else");
    await enterLogin(page, gus);
    await press(page, "Log in");
    await page.getByRole("button", { name: "Allow", exact: true }).waitFor();
    expect(await page.getByRole("main").innerText()).toContain("You are logged in as GUS (gus).");
    await press(page, "Allow");
    expect((await broughtBack(page)).get("code")).toMatch(/./);
  });

  it("says on a plain page that a second factor is missing, and leads back", async () => {
    const hal = await logIn(keyturn, await createPerson(administrator, "hal"));
    const acr = "urn:keyturn:two-factor";
    const { path } = askingAddress({ redirect_uri: CALLBACK, scope: "openid", acr_values: acr });
    const { page, complaints } = await ask(hal, { path });
    await page.getByRole("heading", { name: "Two-factor authentication is needed" }).waitFor();
    await expectNoBarriers(page);
    await press(page, "Back to Shop & Sons");
    expect((await broughtBack(page)).get("error")).toBe("unmet_authentication_requirements");
    expect(complaints).toEqual([]);
  });
});

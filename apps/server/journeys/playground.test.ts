/// <reference lib="dom" />
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "./stage/browser.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createProtectedPerson,
  logInAdministrator,
  type ProtectedPerson,
  turnTwoFactorOn,
} from "./stage/people.js";

const ORIGIN = "http://localhost:4000";
const SEARCH = "a-search-of-two-words";

describe("the playground, in a real browser", () => {
  let keyturn: Keyturn;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let administrator: ProtectedPerson;
  let ann: ProtectedPerson;
  let complaints: string[];
  let asked: string[];

  beforeAll(async () => {
    keyturn = await startKeyturn("sqlite", { KEYTURN_PUBLIC_URL: ORIGIN });
    browser = await openBrowser(keyturn);
    administrator = await turnTwoFactorOn(keyturn, await logInAdministrator(keyturn));
    ann = await createProtectedPerson(keyturn, administrator, "ann");
  });
  afterAll(async () => {
    await browser.close();
    await keyturn.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ locale: "en", viewport: { width: 1280, height: 800 } });
    [complaints, asked] = [[], []];
    context.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    context.on("weberror", (error) => complaints.push(String(error.error())));
    context.on("request", (request) => asked.push(request.url()));
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const logIn = async (): Promise<void> => {
    await page.goto(`${ORIGIN}/playground`);
    await page.getByLabel("Login name").fill(administrator.loginName);
    await page.getByLabel("Password", { exact: true }).fill(administrator.password);
    await page.getByRole("button", { name: "Log in" }).click();
    keyturn.clock.advance({ seconds: 30 });
    await page.getByLabel("Verification code").fill(administrator.app.code());
    await page.waitForURL(`${ORIGIN}/playground`);
    await page.getByText("admin (admin), administrator").waitFor();
  };
  const editor = (): Locator => page.locator(".graphiql-query-editor .view-lines");
  const chooseTab = async (name: string): Promise<void> => {
    // A tab that is chosen before the editor is there does not reach it.
    await editor().getByText("FindAccounts").first().waitFor();
    await page.getByRole("tab", { name, exact: true }).click();
    await editor().getByText(name, { exact: true }).first().waitFor();
  };
  const fillVariables = async (variables: object): Promise<void> => {
    await page.locator(".graphiql-editor-tool .monaco-editor .view-lines").click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(JSON.stringify(variables));
    // The editor closes brackets and quotes by itself.
    await page.keyboard.press("ControlOrMeta+Shift+End");
    await page.keyboard.press("Delete");
  };
  const countOfTops = (lines: Locator): Promise<number> =>
    lines.evaluateAll((all) => new Set(all.map((each) => each.getBoundingClientRect().top)).size);
  const run = (): Promise<void> => page.getByRole("button", { name: /^Execute query/ }).click();
  const answerWith = (text: string): Promise<void> =>
    page.locator(".graphiql-response .view-lines").getByText(text).first().waitFor();

  it("is reached by a login with password and code, and shows whom a search finds", async () => {
    await logIn();
    await chooseTab("FindAccount");
    await fillVariables({ search: "ann" });
    await run();
    await answerWith("ann@example.com");
    expect(complaints).toEqual([]);
  });

  it("opens with the variables of its first tab, so that what is run is what the tab says", async () => {
    await logIn();
    await page.locator(".graphiql-editor-tool .view-lines").getByText("ENABLED").waitFor();
  });

  it("puts the answer below the editor on the screen of a telephone, each as wide as the screen", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await logIn();
    const [editors, answer] = await Promise.all(
      [".graphiql-editors", ".graphiql-response"].map((part) => page.locator(part).boundingBox()),
    );
    expect(editors?.width).toBeGreaterThan(300);
    expect(answer?.width).toBeGreaterThan(300);
    expect(answer?.y).toBeGreaterThanOrEqual((editors?.y ?? 0) + (editors?.height ?? 0));
  });

  it("draws its editor line by line, in colours", async () => {
    await logIn();
    const lines = page.locator(".graphiql-query-editor .view-line");
    await lines.nth(5).waitFor();
    // The editor lays its lines out anew while its style elements come in.
    await expect.poll(() => countOfTops(lines), { timeout: 15_000 }).toBe(await lines.count());
    const colours = await page
      .locator(".graphiql-query-editor .view-line span span")
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).color));
    expect(new Set(colours).size).toBeGreaterThan(3);
  });

  it("resets a second factor once the administrator has proven again beside it, and keeps what was typed", async () => {
    await logIn();
    keyturn.clock.advance({ seconds: 901 });
    await chooseTab("ResetTwoFactor");
    await fillVariables({ input: { accountId: ann.id, reason: "Lost her telephone" } });
    await run();
    const opening = context.waitForEvent("page");
    await page.getByRole("link", { name: "Prove it in a new window" }).click();
    const beside = await opening;
    await beside.getByLabel("Password", { exact: true }).fill(administrator.password);
    await beside.getByLabel("Verification code").fill(administrator.app.code());
    const closing = beside.waitForEvent("close");
    await beside.getByRole("button", { name: "Confirm" }).click();
    await closing;
    await run();
    await answerWith("TwoFactorReset");
    expect(await page.getByRole("link", { name: "Prove it in a new window" }).count()).toBe(0);
    expect(await keyturn.events("two-factor.reset")).toMatchObject([{ actor: "admin", subject: "ann" }]);
    expect(complaints).toEqual([]);
  });

  it("leaves nothing of what was typed in the browser, and asks nobody but its own server", async () => {
    await logIn();
    await chooseTab("FindAccount");
    await fillVariables({ search: SEARCH });
    await run();
    await answerWith("nodes");
    const kept = await page.evaluate(async () => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
    }));
    expect(kept).toEqual({ local: {}, session: {}, databases: [], caches: [] });
    const cookies = (await context.cookies()).map(({ name, httpOnly }) => ({ name, httpOnly }));
    expect(cookies).toEqual([
      { name: "keyturn_form_4000", httpOnly: true },
      { name: "keyturn_session_4000", httpOnly: true },
    ]);
    const elsewhere = asked.filter(
      (url) => !/^(http:\/\/localhost:4000\/|data:|blob:http:\/\/localhost:4000\/)/.test(url),
    );
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("logs out, and sends a browser whose session is over to the login and back", async () => {
    await logIn();
    await page.getByRole("button", { name: "Log out" }).click();
    await page.waitForURL(`${ORIGIN}/login?next=%2Fplayground`);
    await logIn();
    keyturn.clock.advance({ seconds: 31 * 24 * 3600 });
    await chooseTab("SecurityPolicy");
    await run();
    await page.waitForURL(`${ORIGIN}/login?next=%2Fplayground`);
  });
});

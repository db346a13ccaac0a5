/// <reference lib="dom" />
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "./stage/browser.js";
import type { Keyturn } from "./stage/keyturn.js";
import { allowByForms, registerClient, startAtItsAddress } from "./stage/oauth-application.js";
import { type Findings, type OpenIdApplication, startOpenIdApplication } from "./stage/openid-application.js";
import { createProtectedPerson, type ProtectedPerson } from "./stage/people.js";
import { protectAdministrator } from "./stage/proofs.js";

const TELEPHONE = { width: 360, height: 740 };

describe("logging in to an application, in a real browser on a telephone", () => {
  let keyturn: Keyturn;
  let browser: Browser;
  let application: OpenIdApplication;
  let ann: ProtectedPerson;
  let bob: ProtectedPerson;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    keyturn = await startAtItsAddress("sqlite", { KEYTURN_SCOPES: "orders:read=Read your orders" });
    browser = await openBrowser(keyturn);
    application = await startOpenIdApplication();
    const administrator = await protectAdministrator(keyturn);
    await application.use(keyturn.address, await registerClient(administrator, application.callback));
    ann = await createProtectedPerson(keyturn, administrator, "ann");
    bob = await createProtectedPerson(keyturn, administrator, "bob");
  });
  afterAll(async () => {
    await browser.close();
    await application.close();
    await keyturn.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ locale: "en", viewport: TELEPHONE });
    complaints = [];
    context.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    context.on("weberror", (error) => complaints.push(String(error.error())));
    page = await context.newPage();
  });
  afterEach(() => context.close());

  /** Presses a button or link, on a page that is nowhere wider than the screen. */
  const press = async (role: "button" | "link", name: string): Promise<void> => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(TELEPHONE.width);
    await page.getByRole(role, { name, exact: true }).click();
  };
  const logIn = async ({ loginName, password, app }: ProtectedPerson): Promise<void> => {
    await page.goto(application.address);
    await press("link", "Log in");
    await page.waitForURL(`${keyturn.address}/login?**`);
    await page.fill("[name=loginName]", loginName);
    await page.fill("[name=password]", password);
    await press("button", "Log in");
    keyturn.clock.advance({ seconds: 30 });
    await page.fill("[name=verificationCode]", app.code());
  };
  /** What the application's own page says, once the browser is there again. */
  const landed = async (): Promise<Findings & { error?: string }> => {
    await page.waitForURL(`${application.callback}?**`);
    return JSON.parse((await page.locator("pre").textContent()) ?? "");
  };

  it("asks for password and code, says who asks for what of whom, and takes no for an answer, and then yes", async () => {
    await logIn(ann);
    await page.waitForURL(`${keyturn.address}/consent/**`);
    const { host } = new URL(application.address);
    await page.getByText(`Shop & Sons at ${host} asks for this:`, { exact: true }).waitFor();
    const asked = await page.getByRole("listitem").allTextContents();
    expect(asked).toEqual(["Know who you are", "See your name, login name and language", "Read your orders"]);
    await page.getByText("You are logged in as ANN (ann).", { exact: true }).waitFor();
    await press("button", "Deny");
    expect(await landed()).toEqual({ error: "access_denied" });
    await page.goto(application.address);
    await press("link", "Log in");
    await press("button", "Allow");
    const { claims, userinfo, facts, afterwards } = await landed();
    expect(claims).toMatchObject({ sub: ann.id, acr: "urn:keyturn:two-factor", amr: ["pwd", "otp", "mfa"] });
    expect(userinfo).toMatchObject({ sub: ann.id, name: "ANN", preferred_username: "ann" });
    expect(facts).toMatchObject({ active: true, sub: ann.id, scope: "openid profile orders:read" });
    expect(afterwards).toEqual({ active: false });
    expect(complaints).toEqual([]);
  });

  it("leads straight to an application that was allowed before, past a login and without one", async () => {
    const { headers } = await fetch(`${application.address}log-in`, { redirect: "manual" });
    await allowByForms(keyturn, headers.get("location") ?? "", bob);
    await logIn(bob);
    expect((await landed()).claims).toMatchObject({ sub: bob.id });
    await page.goto(application.address);
    await press("link", "Log in");
    expect((await landed()).claims).toMatchObject({ sub: bob.id });
    expect(complaints).toEqual([]);
  });
});

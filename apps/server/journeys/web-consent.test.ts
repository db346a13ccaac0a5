import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openCallback } from "./stage/callback.js";
import { askingAddress, registerClient } from "./stage/oauth-way.js";
import { expectNoBarriers, expectNoScrolling, focused } from "./stage/pages.js";
import {
  createPerson,
  createProtectedPerson,
  logIn,
  logInWithCode,
  nextCode,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator } from "./stage/proofs.js";
import { dialogOf, enterCode, enterPassword, field, press, says, titled, warns } from "./stage/steps.js";
import { ORIGIN, type PageOptions, startWeb, TELEPHONE, type Web } from "./stage/web.js";

const application = await openCallback();
const CALLBACK = application.address;
afterAll(() => application.close());

describe("the consent page in a browser", () => {
  let web: Web;
  let administrator: ProtectedPerson;
  let ann: ProtectedPerson;
  let asking = { path: "" };

  beforeAll(async () => {
    web = await startWeb({ KEYTURN_SCOPES: "orders:read=Read your orders" });
    administrator = await protectAdministrator(web.keyturn);
    ann = await createProtectedPerson(web.keyturn, administrator, "ann");
    const scopes = "openid profile orders:read admin:read";
    // Nobody remembers what a public client was allowed: it asks each time.
    await registerClient(web.keyturn, { secretHash: null, redirectUris: CALLBACK, scopes });
    asking = askingAddress({ redirect_uri: CALLBACK, scope: "openid profile orders:read" });
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  /** Opens the question of a client, which waits for the answer. */
  const ask = async ({ path = asking.path, ...options }: PageOptions & { path?: string }): Promise<Page> => {
    const page = await web.openBlank(options);
    await page.goto(ORIGIN + path);
    return page;
  };
  const broughtBack = async (page: Page): Promise<URLSearchParams> => {
    await page.waitForURL(`${CALLBACK}?**`);
    return new URL(page.url()).searchParams;
  };
  const enterLogin = async (page: Page, person: ProtectedPerson): Promise<void> => {
    await enterPassword(page, person);
    await enterCode(page, nextCode(web.keyturn, person));
  };

  it("says which application, at which host, asks for what, as whom, and sends the answer back once", async () => {
    const page = await ask({ as: ann });
    await page
      .getByText(`Shop & Sons at ${new URL(CALLBACK).host} asks for this:`, { exact: true })
      .waitFor();
    const scopes = await page.getByRole("listitem").allTextContents();
    expect(scopes).toEqual([
      "Know who you are",
      "See your name, login name and language",
      "Read your orders",
    ]);
    await page.getByText("You are logged in as ANN (ann).", { exact: true }).waitFor();
    await expectNoBarriers(page);
    const path = page.url().slice(ORIGIN.length);
    await page.getByRole("button", { name: "Allow", exact: true }).dblclick();
    const answer = await broughtBack(page);
    expect(answer.get("code")).toMatch(/./);
    expect(answer.get("state")).toBe("a-state");
    const again = await ask({ as: ann, path, loadsMayFail: true });
    await warns(again, "This request was answered");
    await expectNoBarriers(again);
  });

  it("takes no for an answer, on a telephone and in Japanese", async () => {
    const jun = await createProtectedPerson(web.keyturn, administrator, "jun");
    await jun.client.mutate("updateProfile", { locale: "ja" }, "__typename");
    const page = await ask({ as: jun, viewport: TELEPHONE });
    await says(page, "Read your orders");
    await expectNoScrolling(page);
    await expectNoBarriers(page);
    await press(page, "許可しない");
    expect((await broughtBack(page)).get("error")).toBe("access_denied");
  });

  it("lets someone else log in and answer", async () => {
    const bob = await createProtectedPerson(web.keyturn, administrator, "bob");
    const cho = await createProtectedPerson(web.keyturn, administrator, "cho");
    const page = await ask({ as: bob });
    await press(page, "Not you? Log in as someone else");
    await enterLogin(page, cho);
    await says(page, "You are logged in as CHO (cho).");
    await press(page, "Allow");
    expect((await broughtBack(page)).get("code")).toMatch(/./);
  });

  it("asks for a fresh proof before the question, where an administrator's rights are given away", async () => {
    const { path } = askingAddress({ redirect_uri: CALLBACK, scope: "openid admin:read" });
    const page = await ask({ path });
    await enterLogin(page, administrator);
    await says(page, "Read every account and the audit log, as an administrator");
    web.keyturn.clock.advance({ seconds: 930 });
    await page.goto(ORIGIN + path);
    await titled(page, "Prove that it is you");
    await field(page, "Password").waitFor();
    await expectNoBarriers(page);
    await field(page, "Password").fill(administrator.password);
    await enterCode(page, administrator.app.code());
    await press(page, "Confirm");
    await press(page, "Allow");
    expect((await broughtBack(page)).get("code")).toMatch(/./);
  });

  for (const javaScriptEnabled of [true, false])
    it(`lets someone else log in who cannot give the fresh proof, script ${javaScriptEnabled ? "on" : "off"}`, async () => {
      const { path } = askingAddress({ redirect_uri: CALLBACK, scope: "openid profile admin:read" });
      const proven = await logInWithCode(web.keyturn, administrator);
      web.keyturn.clock.advance({ seconds: 930 });
      const ida = await createProtectedPerson(web.keyturn, administrator, javaScriptEnabled ? "ida" : "ike");
      const page = await ask({ as: proven, path, javaScriptEnabled });
      await titled(page, "Prove that it is you");
      await press(page, "Not you? Log in as someone else");
      await enterLogin(page, ida);
      if (!javaScriptEnabled) await press(page, "Log in");
      await page.getByRole("button", { name: "Allow", exact: true }).waitFor();
      expect(await page.getByRole("main").innerText()).toContain(`(${ida.loginName})`);
    });

  it("opens the step-up dialog where a proof grew old while the question stood there, and then goes on", async () => {
    const { path } = askingAddress({ redirect_uri: CALLBACK, scope: "openid admin:read" });
    const page = await ask({ path });
    await enterLogin(page, administrator);
    await says(page, "Read every account");
    web.keyturn.clock.advance({ seconds: 870 });
    await page.goto(ORIGIN + path);
    await says(page, "Read every account");
    web.keyturn.clock.advance({ seconds: 60 });
    await press(page, "Allow");
    const dialog = dialogOf(page, "Prove that it is you");
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toBe("Allow");
    await page.keyboard.press("Enter");
    await field(dialog, "Password").fill(administrator.password);
    await enterCode(dialog, administrator.app.code());
    await expectNoBarriers(page);
    await press(dialog, "Confirm");
    expect((await broughtBack(page)).get("code")).toMatch(/./);
  });

  it("asks the next one for what it did not ask the first: the rights of an administrator", async () => {
    const leo = await createProtectedPerson(web.keyturn, administrator, "leo");
    const { path } = askingAddress({ redirect_uri: CALLBACK, scope: "openid admin:read" });
    const page = await ask({ path });
    await enterLogin(page, leo);
    await says(page, "Know who you are");
    expect(await page.getByText("as an administrator").count()).toBe(0);
    await press(page, "Not you? Log in as someone else");
    await enterLogin(page, administrator);
    await says(page, "Read every account and the audit log, as an administrator");
  });

  it("says that the server is away, and goes on when it is there again", async () => {
    const dan = await createProtectedPerson(web.keyturn, administrator, "dan");
    const page = await ask({ as: dan, loadsMayFail: true });
    await page.getByRole("button", { name: "Allow", exact: true }).waitFor();
    await page.route("**/graphql", (route) => route.abort());
    await press(page, "Allow");
    await warns(page, "The server does not answer.");
    await expectNoBarriers(page);
    await page.unroute("**/graphql");
    await press(page, "Allow");
    expect((await broughtBack(page)).get("code")).toMatch(/./);
  });

  it("says in a second tab that the question was answered in the first", async () => {
    const eve = await createProtectedPerson(web.keyturn, administrator, "eve");
    const page = await ask({ as: eve });
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByRole("button", { name: "Allow", exact: true }).waitFor();
    await press(page, "Deny");
    await broughtBack(page);
    await press(second, "Allow");
    await warns(second, "This request was answered");
  });

  it("works as a form where script is blocked, also for someone else", async () => {
    const fay = await createProtectedPerson(web.keyturn, administrator, "fay");
    const gus = await createProtectedPerson(web.keyturn, administrator, "gus");
    const page = await ask({ as: fay, javaScriptEnabled: false, viewport: TELEPHONE });
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
    const hal = await logIn(web.keyturn, await createPerson(administrator, "hal"));
    const acr = "urn:keyturn:two-factor";
    const { path } = askingAddress({ redirect_uri: CALLBACK, scope: "openid", acr_values: acr });
    const page = await ask({ as: hal, path });
    await titled(page, "Two-factor authentication is needed");
    await expectNoBarriers(page);
    await press(page, "Back to Shop & Sons");
    expect((await broughtBack(page)).get("error")).toBe("unmet_authentication_requirements");
  });
});

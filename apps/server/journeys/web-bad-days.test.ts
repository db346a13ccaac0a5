/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openCallback } from "./stage/callback.js";
import { authorizeApplication } from "./stage/oauth.js";
import { askingAddress, registerClient } from "./stage/oauth-way.js";
import { expectNoBarriers, expectNoScrolling, focused } from "./stage/pages.js";
import {
  createPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  nextCode,
  type Person,
  turnTwoFactorOn,
} from "./stage/people.js";
import {
  dialogOf,
  enterCode,
  enterPassword,
  field,
  follow,
  press,
  prove,
  says,
  scan,
  tells,
  titled,
} from "./stage/steps.js";
import { ORIGIN, type PageOptions, PROFILE, SETTINGS, startWeb, TELEPHONE, type Web } from "./stage/web.js";

const PAGES = [PROFILE, SETTINGS, "/account/sessions", "/account/api-tokens", "/account/applications"];
const application = await openCallback();
const CALLBACK = application.address;
afterAll(() => application.close());
/** Where an application asks whoever is logged in. */
const QUESTION = askingAddress({ redirect_uri: CALLBACK, scope: "openid" }).path;
const NEW = "violet-anchor-thistle-3";

describe("bad days on the pages of an account", () => {
  let web: Web;
  let administrator: LoggedInPerson;
  let people = 0;

  beforeAll(async () => {
    web = await startWeb({ KEYTURN_SCOPES: "orders:read=Read your orders" });
    administrator = await logInAdministrator(web.keyturn);
    await registerClient(web.keyturn, { secretHash: null, redirectUris: CALLBACK, scopes: "openid" });
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  const newPerson = (): Promise<Person> => {
    people += 1;
    return createPerson(administrator, `person-${people}`, { displayName: `Someone ${people}` });
  };
  const newLoggedIn = async (): Promise<LoggedInPerson> => logIn(web.keyturn, await newPerson());
  const open = (path: string, options: PageOptions): Promise<Page> =>
    web.open(path, { loadsMayFail: true, ...options });
  const changeAccount = async (page: Page, person: Person): Promise<void> => {
    const beside = await page.context().newPage();
    await beside.goto(ORIGIN + PROFILE);
    await press(beside, "Log out");
    await enterPassword(beside, person);
    await beside.getByRole("banner").waitFor();
    await beside.close();
  };
  const comeIntoView = (page: Page): Promise<boolean> =>
    page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  const textOf = (page: Page): Promise<string> => page.locator("body").innerText();
  const endSessions = ({ id }: Person) =>
    administrator.client.mutate("revokeAccountSessions", { accountId: id, reason: "A lost device" });
  const nameOf = async ({ id }: Person): Promise<string> =>
    (await administrator.client.query(`{ account(id: "${id}") { displayName } }`)).account.displayName;

  it("show nothing of an account by the way back after a logout, nor to the next one who logs in", async () => {
    const [ann, bob] = [await newLoggedIn(), await newPerson()];
    const page = await open(PROFILE, { as: ann });
    await follow(page, "Sessions");
    await says(page, "This session");
    await press(page, "Log out");
    await titled(page, "Log in");
    await page.goBack();
    await page.waitForURL(/\/login/);
    await titled(page, "Log in");
    expect(await textOf(page)).not.toContain(await nameOf(ann));
    await enterPassword(page, bob);
    await says(page.getByRole("banner"), await nameOf(bob));
    await page.goBack();
    await page.waitForLoadState();
    expect(await textOf(page)).not.toContain(await nameOf(ann));
  });

  it("are hidden where the browser keeps them for the way back, and made anew before they are seen", async () => {
    const ann = await newLoggedIn();
    const page = await open(PROFILE, { as: ann });
    await titled(page, "Profile");
    await page.context().clearCookies();
    const pass = (name: string) =>
      page.evaluate((type) => window.dispatchEvent(new PageTransitionEvent(type, { persisted: true })), name);
    await pass("pagehide");
    expect(await page.locator("body").isVisible()).toBe(false);
    await pass("pageshow");
    await page.waitForURL(/\/login/);
  });

  it("are kept by no cache, nor is what they ask", async () => {
    const ann = await newLoggedIn();
    const page = await open("/livez", { as: ann });
    for (const path of PAGES) {
      const asked = page.waitForResponse("**/graphql");
      const shown = await page.goto(ORIGIN + path);
      expect(shown?.headers()["cache-control"], path).toBe("no-store");
      expect((await asked).headers()["cache-control"], path).toBe("no-store");
    }
  });

  for (const options of [{}, { viewport: TELEPHONE }])
    it(`change and show nothing of another account that logs in beside them, ${JSON.stringify(options)}`, async () => {
      const [ann, bob] = [await newLoggedIn(), await newPerson()];
      const [ofAnn, ofBob] = [await nameOf(ann), await nameOf(bob)];
      const page = await open(PROFILE, { as: ann, ...options });
      await field(page, "Display name").fill("Typed by Ann");
      await changeAccount(page, bob);
      await press(page, "Save");
      await titled(page, "Another account is logged in now");
      await expectNoBarriers(page);
      await expectNoScrolling(page);
      expect(await textOf(page)).not.toMatch(/Typed by Ann|Someone/);
      expect([await nameOf(ann), await nameOf(bob)]).toEqual([ofAnn, ofBob]);
      await press(page, "Load the page again");
      await says(page.getByRole("banner"), ofBob);
    });

  it("say so by themselves once they come into view again, and ask and change nothing before", async () => {
    const [ann, bob] = [await newLoggedIn(), await newPerson()];
    for (const path of [PROFILE, "/account/sessions"]) {
      const page = await open(path, { as: await logIn(web.keyturn, ann) });
      await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
      await changeAccount(page, bob);
      await comeIntoView(page);
      await titled(page, "Another account is logged in now");
      expect(await textOf(page), path).not.toContain("Someone");
    }
  });

  it("give an application nothing of another account that logs in beside the question", async () => {
    const [ann, bob] = [await newLoggedIn(), await newPerson()];
    const page = await open(QUESTION, { as: ann });
    await page.getByRole("button", { name: "Allow", exact: true }).waitFor();
    await changeAccount(page, bob);
    await press(page, "Allow");
    await titled(page, "Another account is logged in now");
    expect(await textOf(page)).not.toContain("Someone");
  });

  it("ask before recovery codes are left that were not kept, and not after", async () => {
    const ann = await newLoggedIn();
    const page = await open(SETTINGS, { as: ann });
    await follow(page, "Enable");
    const app = await scan(page, web.keyturn);
    await enterCode(page, app.code());
    await press(page, "Enable");
    await titled(page, "Keep your recovery codes");
    const leave = dialogOf(page).filter({ hasText: "Leave without your recovery codes?" });
    for (const tryToLeave of [() => follow(page, "Sessions"), () => page.evaluate(() => history.back())]) {
      await tryToLeave();
      await leave.waitFor();
      await expectNoBarriers(page);
      await press(page, "Cancel");
      expect(await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").count()).toBe(10);
      expect(page.url()).toBe(`${ORIGIN}/account/two-factor/configure`);
    }
    const asked = page.waitForEvent("dialog");
    // It waits for the answer to the browser's question.
    const reloaded = page.evaluate(() => location.reload());
    const question = await asked;
    expect(question.type()).toBe("beforeunload");
    await question.dismiss();
    await reloaded;
    await page.getByText("I have kept these codes").click();
    await follow(page, "Sessions");
    await titled(page, "Sessions");
    expect(await leave.count()).toBe(0);
  });

  it("are left without recovery codes by the way back where the person says so", async () => {
    const ann = await turnTwoFactorOn(web.keyturn, await newLoggedIn());
    const page = await open(PROFILE, { as: ann, viewport: TELEPHONE });
    await follow(page, "Login Name & Password");
    await press(page, "Make new codes");
    await prove(page, nextCode(web.keyturn, ann), "Make new codes");
    await page.getByRole("list", { name: "Recovery codes" }).waitFor();
    await page.evaluate(() => history.back());
    await says(page, "Leave without your recovery codes?");
    await expectNoBarriers(page);
    await press(page, "Leave");
    await titled(page, "Profile");
  });

  it("do once what is pressed twice", async () => {
    const ann = await newLoggedIn();
    await logIn(web.keyturn, ann);
    await authorizeApplication(web.keyturn, ann);
    const page = await open(PROFILE, { as: ann });
    const asked: string[] = [];
    page.on("request", (request) => {
      const [, name] = /mutation (\w+)/.exec(request.postData() ?? "") ?? [];
      if (name !== undefined) asked.push(name);
    });
    // So slowly that the first press is answered before the second one.
    const pressTwice = async (name: string, place: Page | Locator = page): Promise<void> => {
      const button = place.getByRole("button", { name, exact: true });
      const answered = page.waitForResponse("**/graphql");
      await button.hover();
      for (const clickCount of [1, 2]) {
        // Something that is told may have moved the button, or its dialog is closed.
        if (clickCount === 2) await button.hover({ timeout: 500 }).catch(() => undefined);
        await page.mouse.down({ clickCount });
        await page.mouse.up({ clickCount });
        await (await answered).finished();
      }
    };
    await field(page, "Display name").fill("Ann Other");
    await pressTwice("Save");
    await says(page, "Saved.");
    await field(page, "New email address").fill("ann-other@example.com");
    await pressTwice("Send the link");
    await says(page, "A link was emailed");
    await follow(page, "Login Name & Password");
    await field(page, "Login name").fill(`other-${ann.loginName}`);
    await pressTwice("Change the login name");
    await says(page, "From now on you log in as");
    await follow(page, "Sessions");
    await press(page, /^End the session: /);
    await pressTwice("End", dialogOf(page));
    await says(page, "The session has ended.");
    await follow(page, "API tokens");
    await field(page, "Name").fill("Backup");
    await page.getByText("Read the account, its sessions and tokens").click();
    await pressTwice("Create token");
    await says(page, "Copy it now");
    await press(page, "Revoke Backup");
    await pressTwice("Revoke", dialogOf(page));
    await says(page, "The token is revoked.");
    await follow(page, "Connected applications");
    await press(page, /^Disconnect /);
    await pressTwice("Disconnect", dialogOf(page));
    await says(page, "The application is disconnected.");
    await follow(page, "Login Name & Password");
    await field(page, "Current password").fill(ann.password);
    await field(page, "New password").fill(NEW);
    await pressTwice("Change the password");
    await says(page, "Your password is changed.");
    await logIn(web.keyturn, { loginName: `other-${ann.loginName}`, password: NEW });
    const once = ["UpdateProfile", "ChangeEmailAddress", "ChangeLoginName", "EndSession", "CreateApiToken"];
    expect(asked).toEqual([...once, "RevokeApiToken", "DisconnectApplication", "ChangePassword"]);
  });

  it("are gone through by the ways back and forth, and show what was saved", async () => {
    const ann = await newLoggedIn();
    const page = await open(PROFILE, { as: ann });
    await field(page, "Display name").fill("Ann Saved");
    await press(page, "Save");
    await says(page, "Saved.");
    await follow(page, "Sessions");
    await follow(page, "API tokens");
    await titled(page, "API tokens");
    await page.goBack();
    await titled(page, "Sessions");
    await page.goBack();
    await titled(page, "Profile");
    expect(await field(page, "Display name").inputValue()).toBe("Ann Saved");
    await page.goForward();
    await titled(page, "Sessions");
  });

  const logInBeside = async (page: Page, person: Person): Promise<void> => {
    const link = page.getByRole("link", { name: "Log in in a new tab" }).last();
    const [beside] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
    await enterPassword(beside, person);
    await beside.getByRole("banner").waitFor();
    await beside.close();
  };

  const INTERRUPTED: readonly [
    path: string,
    fill: (page: Page) => Promise<void>,
    act: string,
    done: RegExp,
  ][] = [
    [
      "/account/api-tokens",
      async (page) => {
        await field(page, "Name").fill("Backup");
        await page.getByText("Read the account, its sessions and tokens").click();
      },
      "Create token",
      /Copy it now/,
    ],
    ["/account/sessions", (page) => press(page, "End all others"), "End all others", /ended\./],
    ["/account/applications", (page) => press(page, /^Disconnect /), "Disconnect", /is disconnected/],
    [
      PROFILE,
      (page) => field(page, "New email address").fill("ann-new@example.com"),
      "Send the link",
      /A link was emailed/,
    ],
  ];
  for (const [path, fill, act, done] of INTERRUPTED)
    it(`say that the session was ended elsewhere, and go on after a login beside: ${path}`, async () => {
      const ann = await newLoggedIn();
      await logIn(web.keyturn, ann);
      await authorizeApplication(web.keyturn, ann);
      const page = await open(path, { as: ann });
      await fill(page);
      const button = page.getByRole("button", { name: act, exact: true }).last();
      await endSessions(ann);
      await button.click();
      await says(page, /^You are logged out$/);
      await expectNoBarriers(page);
      await logInBeside(page, ann);
      await button.click();
      await says(page, done);
      await page.context().clearCookies();
      await page.reload();
      await page.waitForURL(/\/login\?next=/);
    });

  it("say that one is logged out once they come into view again, until one is logged in again", async () => {
    const ann = await newLoggedIn();
    const page = await open("/account/api-tokens", { as: ann, viewport: TELEPHONE });
    await field(page, "Name").fill("Typed before");
    await page.context().clearCookies();
    await comeIntoView(page);
    await says(page, /^You are logged out$/);
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await logInBeside(page, ann);
    await comeIntoView(page);
    await expect.poll(() => page.getByText("You are logged out").count()).toBe(0);
    expect(await field(page, "Name").inputValue()).toBe("Typed before");
  });

  it("ask for an application's answer again after a login beside", async () => {
    const ann = await newLoggedIn();
    const page = await open("/livez", { as: ann });
    await page.context().clearCookies();
    await page.goto(ORIGIN + QUESTION);
    await enterPassword(page, ann);
    await page.getByRole("button", { name: "Allow", exact: true }).waitFor();
    await endSessions(ann);
    await press(page, "Allow");
    await says(page, /^You are logged out$/);
    await expectNoBarriers(page);
    await logInBeside(page, ann);
    await press(page, "Allow");
    await page.waitForURL(`${CALLBACK}?**`);
    expect(new URL(page.url()).searchParams.get("code")).toMatch(/./);
  });

  it("say that the server is away, lose nothing, and go on when it is back", async () => {
    const ann = await newLoggedIn();
    const page = await open(PROFILE, { as: ann });
    await titled(page, "Profile");
    await page.route("**/graphql", (route) => route.abort());
    await field(page, "Display name").fill("Typed before");
    await press(page, "Save");
    await says(page, /The server does not answer.*see first whether it was done/);
    await expectNoBarriers(page);
    await follow(page, "Sessions");
    await says(page, "The server does not answer.");
    await expectNoBarriers(page);
    const failed = page.waitForEvent("requestfailed");
    await press(page, "Try again");
    await failed;
    await page.unroute("**/graphql");
    await press(page, "Try again");
    await says(page, "This session");
    expect(await focused(page)).toMatch(/^Sessions.*This session/);
  });

  it("open where the server was away, once it is back", async () => {
    const ann = await newLoggedIn();
    const page = await open("/livez", { as: ann });
    await page.route("**/graphql", (route) => route.abort());
    await page.goto(ORIGIN + PROFILE);
    await says(page, "The server does not answer.");
    await expectNoBarriers(page);
    await page.unroute("**/graphql");
    await press(page, "Try again");
    await titled(page, "Profile");
  });

  it("keep what they show where it cannot be read anew after a change", async () => {
    const ann = await newLoggedIn();
    const page = await open(PROFILE, { as: ann });
    await field(page, "New email address").fill("typed-before@example.com");
    await field(page, "Display name").fill("Ann Saved");
    await page.route("**/graphql", (route) =>
      route.request().postData()?.includes("GetViewer") === true ? route.abort() : route.continue(),
    );
    await press(page, "Save");
    await says(page, "Saved.");
    expect(await field(page, "New email address").inputValue()).toBe("typed-before@example.com");
  });

  it("say that they wait for a slow server, and after a minute that it does not answer", async () => {
    const ann = await newLoggedIn();
    const page = await open(PROFILE, { as: ann });
    await titled(page, "Profile");
    await page.clock.install();
    let isSlow = true;
    await page.route("**/graphql", (route) => (isSlow ? undefined : route.continue()));
    await follow(page, "Sessions");
    await page.clock.runFor(1000);
    await tells(page, "Loading");
    await expectNoBarriers(page);
    await page.clock.runFor(60_000);
    await says(page, "The server does not answer.");
    isSlow = false;
    await press(page, "Try again");
    await says(page, "This session");
  });
});

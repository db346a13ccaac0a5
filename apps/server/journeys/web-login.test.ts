import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { failLogins } from "./stage/counters.js";
import { mailedPath } from "./stage/mailbox.js";
import { expectNoBarriers, expectNoScrolling, focused } from "./stage/pages.js";
import { newcomers, nextCode, type ProtectedPerson } from "./stage/people.js";
import { protectAdministrator, underPolicy } from "./stage/proofs.js";
import {
  enterCode,
  enterPassword,
  field,
  follow,
  press,
  save,
  says,
  scan,
  tells,
  titled,
  warns,
} from "./stage/steps.js";
import { arrive, ORIGIN, startWeb, TELEPHONE, type Web } from "./stage/web.js";

const NEW = "violet-anchor-thistle-3";
/** An address that is always there, whose page does nothing. */
const THERE = "/livez";
const LOGIN_THERE = `/login?next=${THERE}`;

describe("the login in a browser", () => {
  let web: Web;
  let administrator: ProtectedPerson;
  const host = () => ({ keyturn: web.keyturn, administrator });
  const { newPerson, newProtected } = newcomers(host);

  beforeAll(async () => {
    web = await startWeb();
    administrator = await protectAdministrator(web.keyturn);
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  it("asks for a name and a password, then for a code that submits itself, and leads where it was going", async () => {
    const ann = await newProtected();
    const page = await web.open(`/login?next=${encodeURIComponent(THERE)}`);
    await field(page, "Login name").waitFor();
    expect(await focused(page)).toBe("Login name");
    await expectNoBarriers(page);
    await enterPassword(page, ann);
    await titled(page, "Enter your verification code");
    await expectNoBarriers(page);
    expect(await focused(page)).toBe("Verification code");
    const code = field(page, "Verification code");
    expect(await code.getAttribute("autocomplete")).toBe("one-time-code");
    expect(await code.getAttribute("inputmode")).toBe("numeric");
    await page.keyboard.insertText(nextCode(web.keyturn, ann).replace(/(?<=^...)/, " "));
    await arrive(page, THERE);
  });

  it("loads at most 120 kB of script for the login", async () => {
    const page = await web.openBlank();
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      if (!request.url().endsWith(".js")) return;
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await page.goto(`${ORIGIN}/login`, { waitUntil: "networkidle" });
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(20_000);
    expect(total).toBeLessThanOrEqual(120_000);
  });

  it("shows its title before any script has come, in the browser's language", async () => {
    const page = await web.openBlank({ locale: "ja-JP" });
    await page.route("**/*.js", () => undefined);
    await page.goto(`${ORIGIN}/login`, { waitUntil: "commit" });
    await titled(page, "ログイン");
  });

  it("says what is missing and what is wrong, keeps what was typed, and waits for the next code", async () => {
    const ann = await newProtected();
    const page = await web.open("/login");
    await press(page, "Log in");
    expect(await page.getByText("Fill in this field.").count()).toBe(2);
    await expectNoBarriers(page);
    await enterPassword(page, { ...ann, password: "wrong" });
    await warns(page, "The login name or the password is not correct.");
    expect(await field(page, "Login name").inputValue()).toBe(ann.loginName);
    // What is typed next takes the wrong password's place.
    await expect.poll(() => focused(page)).toBe("Password");
    await page.keyboard.insertText(ann.password);
    await page.keyboard.press("Enter");
    const used = nextCode(web.keyturn, ann);
    await enterCode(page, ann.app.code(7));
    await says(page, "The verification code is not valid.");
    expect(await field(page, "Verification code").inputValue()).toBe("");
    expect(await focused(page)).toBe("Verification code");
    await expectNoBarriers(page);
    await enterCode(page, used);
    await arrive(page, "/account/profile");
    const again = await web.open("/login");
    await enterPassword(again, ann);
    await enterCode(again, used);
    const told = "The verification code is not valid. Enter the one that the app shows now: each works once.";
    await again.getByText(told, { exact: true }).waitFor();
  });

  it("takes a recovery code instead, and tells on the way how many remain", async () => {
    const ann = await newProtected();
    const page = await web.open(LOGIN_THERE, { viewport: TELEPHONE });
    await enterPassword(page, ann);
    await press(page, "Use a recovery code instead");
    await titled(page, "Enter a recovery code");
    expect(await focused(page)).toBe("Recovery code");
    await expectNoBarriers(page);
    await field(page, "Recovery code").fill(ann.recoveryCodes[0] ?? "");
    await page.keyboard.press("Enter");
    await says(page, `You have ${ann.recoveryCodes.length - 1} recovery codes left.`);
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await press(page, "Continue");
    await arrive(page, THERE);
  });

  it("says that a login has expired, and begins again with the name that was typed", async () => {
    const ann = await newProtected();
    const page = await web.open("/login");
    await enterPassword(page, ann);
    await field(page, "Verification code").waitFor();
    web.keyturn.clock.advance({ seconds: 301 });
    await enterCode(page, ann.app.code());
    await warns(page, "This login has expired.");
    expect(await field(page, "Login name").inputValue()).toBe(ann.loginName);
    expect(await focused(page)).toBe("Password");
    await expectNoBarriers(page);
  });

  it("counts down while an account is locked, and then lets it be tried again", async () => {
    const ann = await newPerson();
    const page = await web.open(LOGIN_THERE);
    const timer = page.getByRole("timer");
    await page.clock.install({ time: web.keyturn.clock.now() });
    await failLogins(web.keyturn, ann.loginName, 10);
    await enterPassword(page, ann);
    await warns(page, "Wait 3 minutes, then try again.");
    await timer.filter({ hasText: /You can try again in [23]:\d\d\./ }).waitFor();
    await expectNoBarriers(page);
    await page.clock.runFor(61_000);
    await timer.filter({ hasText: /1:\d\d/ }).waitFor();
    const reason = "Your account is locked because of 10 failed login attempts.";
    await page.getByRole("alert").getByText(reason, { exact: true }).waitFor();
    web.keyturn.clock.advance({ seconds: 61 });
    await press(page, "Log in");
    await page.getByRole("alert").getByText(reason, { exact: true }).waitFor();
    web.keyturn.clock.advance({ seconds: 120 });
    await page.clock.runFor(120_000);
    await tells(page, "You can try again now.");
    await press(page, "Log in");
    await arrive(page, THERE);
  });

  it("goes on within the wait once an administrator unlocked the account", async () => {
    const ann = await newPerson();
    const page = await web.open(LOGIN_THERE);
    await failLogins(web.keyturn, ann.loginName, 10);
    await enterPassword(page, ann);
    await warns(page, "Your account is locked");
    await administrator.client.mutate("unlockAccount", { accountId: ann.id });
    await press(page, "Log in");
    await arrive(page, THERE);
  });

  it("sets a second factor up inside the login where it is required, and lets nobody on before the recovery codes are kept", async () => {
    const bob = await newPerson();
    await underPolicy(host(), { twoFactor: "REQUIRED" }, async () => {
      const page = await web.open(LOGIN_THERE, { viewport: TELEPHONE });
      await enterPassword(page, bob);
      await titled(page, "Set up two-factor authentication");
      await expectNoScrolling(page);
      await expectNoBarriers(page);
      const app = await scan(page, web.keyturn);
      const typed = await page.getByRole("code").textContent();
      expect(typed?.replaceAll(" ", "")).toBe(app.secret);
      await enterCode(page, app.code(5));
      await says(page, "seems to be 150 seconds fast");
      await expectNoBarriers(page);
      expect(await focused(page)).toBe("Verification code");
      await page.keyboard.insertText(nextCode(web.keyturn, { app }));
      await titled(page, "Keep your recovery codes");
      await expectNoBarriers(page);
      await expectNoScrolling(page);
      const codes = await page.getByRole("list").getByRole("listitem").allTextContents();
      const saved = await save(page, "Download");
      expect(saved.text).toContain(codes.join("\n"));
      const onward = page.getByRole("button", { name: "Continue" });
      expect(await onward.isDisabled()).toBe(true);
      await page.getByText("I have kept these codes").click();
      await onward.click();
      await arrive(page, THERE);
    });
  });

  it("says that the server is away, loses nothing, and goes on when it is there again", async () => {
    const ann = await newProtected();
    const page = await web.open(LOGIN_THERE, { loadsMayFail: true });
    await page.route("**/graphql", (route) => route.abort());
    await enterPassword(page, ann);
    const told = "The server does not answer. Check your connection, then try again.";
    await page.getByRole("alert").getByText(told, { exact: true }).waitFor();
    await expectNoBarriers(page);
    await page.unroute("**/graphql");
    await press(page, "Log in");
    await field(page, "Verification code").waitFor();
    await page.route("**/graphql", (route) => route.abort());
    const code = nextCode(web.keyturn, ann);
    await enterCode(page, code);
    await warns(page, "The server does not answer.");
    expect(await field(page, "Verification code").inputValue()).toBe(code);
    await page.unroute("**/graphql");
    await press(page, "Log in");
    await arrive(page, THERE);
  });

  it("sends once what is clicked twice", async () => {
    const ann = await newPerson();
    const page = await web.open(LOGIN_THERE);
    let sent = 0;
    await page.route("**/graphql", (route) => {
      sent += 1;
      return route.continue();
    });
    await field(page, "Login name").fill(ann.loginName);
    await field(page, "Password").fill(ann.password);
    await page.getByRole("button", { name: "Log in" }).dblclick();
    await arrive(page, THERE);
    expect(sent).toBe(1);
  });

  it("lets a login that waits in one tab go on after another tab was logged in", async () => {
    const ann = await newProtected();
    const page = await web.open(LOGIN_THERE);
    await enterPassword(page, ann);
    await field(page, "Verification code").waitFor();
    const second = await page.context().newPage();
    await second.goto(ORIGIN + LOGIN_THERE);
    await enterPassword(second, ann);
    const used = nextCode(web.keyturn, ann);
    await enterCode(second, used);
    await arrive(second, THERE);
    await enterCode(page, used);
    await says(page, "The verification code is not valid.");
    await enterCode(page, nextCode(web.keyturn, ann));
    await arrive(page, THERE);
    await page.goBack().catch(() => null);
    expect(new URL(page.url()).pathname).not.toBe("/login");
  });

  it("speaks Japanese to who asks for it, on a telephone", async () => {
    const ann = await newProtected();
    const page = await web.open("/login", { locale: "ja-JP", viewport: TELEPHONE });
    await field(page, "ログイン名").fill(ann.loginName);
    await field(page, "パスワード").fill(ann.password);
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await press(page, "ログイン");
    await titled(page, "確認コードを入力してください");
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    // A Japanese keyboard types wide digits.
    const wide = [...nextCode(web.keyturn, ann)]
      .map((digit) => String.fromCodePoint(Number(digit) + 0xff10))
      .join("");
    await page.keyboard.insertText(wide);
    await arrive(page, "/account/profile");
  });

  it("works as forms where script is blocked", async () => {
    const ann = await newProtected();
    const page = await web.open(LOGIN_THERE, { javaScriptEnabled: false, viewport: TELEPHONE });
    expect(await page.getByRole("heading").filter({ visible: true }).count()).toBe(1);
    await enterPassword(page, ann);
    await enterCode(page, nextCode(web.keyturn, ann));
    await press(page, "Log in");
    await arrive(page, THERE);
  });

  it("keeps the title that the server drew while its page is on its way", async () => {
    const page = await web.open("/login");
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route("**/assets/request-reset-page-*.js", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${ORIGIN}/reset-password`, { waitUntil: "commit" });
    await page
      .locator('head > link[rel=modulepreload][href*="/request-reset-page-"]')
      .waitFor({ state: "attached" });
    const title = page.getByRole("heading", { level: 1, name: "Get a link to set a new password" });
    await says(page, "Loading …");
    expect(await title.count()).toBe(1);
    goOn();
    await field(page, "Login name").waitFor();
    expect(await title.count()).toBe(1);
  });

  it("sets a new password behind a mailed link, and tells it at the login", async () => {
    const ann = await newPerson();
    const page = await web.open("/login");
    await follow(page, "Forgot your password?");
    await press(page, "Send the link");
    await page.getByText("Enter your login name or your email address.", { exact: true }).waitFor();
    await expectNoBarriers(page);
    await field(page, "Login name").fill(ann.loginName);
    await press(page, "Send the link");
    await tells(page, /./);
    expect(await focused(page)).toMatch(/mail/);
    await expectNoBarriers(page);
    await page.goto(ORIGIN + (await mailedPath(web.keyturn, ann, "/reset-password/")));
    await says(page, "A few words that have nothing to do with each other are good.");
    await field(page, "New password").fill("password");
    await field(page, "Repeat the password").fill("passwort");
    await press(page, "Set the password");
    await says(page, "The two passwords are not the same.");
    await field(page, "Repeat the password").fill("password");
    await press(page, "Set the password");
    await says(page, "Choose another password.");
    await expectNoBarriers(page);
    const address = page.url();
    for (const label of ["New password", "Repeat the password"]) await field(page, label).fill(NEW);
    await press(page, "Set the password");
    await says(page, "Your password is set. Log in with it.");
    await expectNoBarriers(page);
    await page.goto(address);
    await page.getByRole("link", { name: "Get a new link" }).waitFor();
    await expectNoBarriers(page);
    await page.goto(`${ORIGIN}/login?login_hint=${ann.loginName}&next=${THERE}`);
    await field(page, "Password").waitFor();
    expect(await focused(page)).toBe("Password");
    await enterPassword(page, { ...ann, password: NEW });
    await arrive(page, THERE);
  });

  it("confirms a mail address behind a mailed link, once", async () => {
    const ann = await newProtected();
    const input = { emailAddress: `${ann.loginName}@new.example.com` };
    await ann.client.mutate("changeEmailAddress", input, "__typename");
    const path = await mailedPath(web.keyturn, ann, "/confirm-email/");
    const page = await web.open(path);
    await press(page, "Confirm the address");
    await tells(page, /./);
    expect(await focused(page)).toBe("The email address is confirmed.");
    await expectNoBarriers(page);
    await page.goto(ORIGIN + path);
    await warns(page, "This link has expired or was used already.");
    await expectNoBarriers(page);
    await page.getByRole("link", { name: "To your account" }).waitFor();
  });
});

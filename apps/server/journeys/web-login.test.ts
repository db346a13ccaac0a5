/// <reference lib="dom" />
import jsQr from "jsqr";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./stage/browser.js";
import type { Keyturn } from "./stage/keyturn.js";
import { startAtItsAddress } from "./stage/oauth-application.js";
import { expectNoBarriers, focused, openPage, type WatchedPage } from "./stage/pages.js";
import {
  authenticatorApp,
  createPerson,
  createProtectedPerson,
  type Person,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";

const TELEPHONE = { width: 360, height: 740 };
const NEW = "violet-anchor-thistle-3";
/** An address that is always there, whose page does nothing. */
const THERE = "/livez";

describe("the login in a browser", () => {
  let keyturn: Keyturn;
  let browser: Browser;
  let administrator: ProtectedPerson;
  let opened: WatchedPage[] = [];
  let people = 0;

  beforeAll(async () => {
    keyturn = await startAtItsAddress("sqlite", { KEYTURN_ATTEMPTS_PER_ADDRESS: "0" });
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
  const newPerson = (): Promise<Person> => createPerson(administrator, nameOf());
  const newProtected = (): Promise<ProtectedPerson> =>
    createProtectedPerson(keyturn, administrator, nameOf());
  const open = async (path: string, options: BrowserContextOptions = {}): Promise<WatchedPage> => {
    const watched = await openPage(browser, options);
    opened.push(watched);
    watched.page.setDefaultTimeout(15_000);
    await watched.page.goto(keyturn.address + path);
    return watched;
  };
  const enterPassword = async (page: Page, { loginName, password }: Omit<Person, "id">): Promise<void> => {
    await page.getByLabel("Login name").fill(loginName);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Log in" }).click();
  };
  const nextCode = ({ app }: Pick<ProtectedPerson, "app">): string => {
    keyturn.clock.advance({ seconds: 30 });
    return app.code();
  };
  const codeOf = (page: Page) => page.getByLabel("Verification code", { exact: true });
  const arrive = (page: Page, path = THERE): Promise<void> => page.waitForURL(keyturn.address + path);
  const expectNoScrolling = async (page: Page): Promise<void> => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(TELEPHONE.width);
  };
  const alertOf = (page: Page) => page.getByRole("alert");
  const mailedPath = async ({ loginName }: Person, path: string): Promise<string> => {
    await keyturn.settle();
    const mail = await keyturn.mailbox.next(({ text }) => text.includes(loginName) && text.includes(path));
    return new RegExp(`${path}ktm_\\w+`).exec(mail.text)?.[0] ?? "";
  };

  it("asks for a name and a password, then for a code that submits itself, and leads where it was going", async () => {
    const ann = await newProtected();
    const { page, complaints } = await open(`/login?next=${encodeURIComponent(THERE)}`);
    await page.getByLabel("Login name").waitFor();
    expect(await focused(page)).toBe("Login name");
    await expectNoBarriers(page);
    await enterPassword(page, ann);
    await page.getByRole("heading", { name: "Enter your verification code" }).waitFor();
    await expectNoBarriers(page);
    expect(await focused(page)).toBe("Verification code");
    const code = codeOf(page);
    expect(await code.getAttribute("autocomplete")).toBe("one-time-code");
    expect(await code.getAttribute("inputmode")).toBe("numeric");
    await page.keyboard.insertText(nextCode(ann).replace(/(?<=^...)/, " "));
    await arrive(page);
    expect(complaints).toEqual([]);
  });

  it("loads at most 120 kB of script for the login", async () => {
    const watched = await openPage(browser);
    opened.push(watched);
    const sizes: Promise<number>[] = [];
    watched.page.on("requestfinished", (request) => {
      if (!request.url().endsWith(".js")) return;
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await watched.page.goto(`${keyturn.address}/login`, { waitUntil: "networkidle" });
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(20_000);
    expect(total).toBeLessThanOrEqual(120_000);
  });

  it("shows its title before any script has come, in the browser's language", async () => {
    const watched = await openPage(browser, { locale: "ja-JP" });
    opened.push(watched);
    await watched.page.route("**/*.js", () => undefined);
    await watched.page.goto(`${keyturn.address}/login`, { waitUntil: "commit" });
    await watched.page.getByRole("heading", { level: 1, name: "ログイン" }).waitFor();
  });

  it("says what is missing and what is wrong, keeps what was typed, and waits for the next code", async () => {
    const ann = await newProtected();
    const { page } = await open("/login");
    await page.getByRole("button", { name: "Log in" }).click();
    expect(await page.getByText("Fill in this field.").count()).toBe(2);
    await expectNoBarriers(page);
    await enterPassword(page, { ...ann, password: "wrong" });
    await alertOf(page).filter({ hasText: "The login name or the password is not correct." }).waitFor();
    expect(await page.getByLabel("Login name").inputValue()).toBe(ann.loginName);
    // What is typed next takes the wrong password's place.
    await expect.poll(() => focused(page)).toBe("Password");
    await page.keyboard.insertText(ann.password);
    await page.keyboard.press("Enter");
    const used = nextCode(ann);
    await codeOf(page).fill(ann.app.code(7));
    await page.getByText("The verification code is not valid.").waitFor();
    expect(await codeOf(page).inputValue()).toBe("");
    expect(await focused(page)).toBe("Verification code");
    await expectNoBarriers(page);
    await codeOf(page).fill(used);
    await arrive(page, "/account/profile");
    const again = await open("/login");
    await enterPassword(again.page, ann);
    await codeOf(again.page).fill(used);
    const told = "The verification code is not valid. Enter the one that the app shows now: each works once.";
    await again.page.getByText(told, { exact: true }).waitFor();
  });

  it("takes a recovery code instead, and tells on the way how many remain", async () => {
    const ann = await newProtected();
    const { page } = await open(`/login?next=${THERE}`, { viewport: TELEPHONE });
    await enterPassword(page, ann);
    await page.getByRole("button", { name: "Use a recovery code instead" }).click();
    await page.getByRole("heading", { name: "Enter a recovery code" }).waitFor();
    expect(await focused(page)).toBe("Recovery code");
    await expectNoBarriers(page);
    await page.getByLabel("Recovery code").fill(ann.recoveryCodes[0] ?? "");
    await page.keyboard.press("Enter");
    await page.getByText(`You have ${ann.recoveryCodes.length - 1} recovery codes left.`).waitFor();
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await page.getByRole("button", { name: "Continue" }).click();
    await arrive(page);
  });

  it("says that a login has expired, and begins again with the name that was typed", async () => {
    const ann = await newProtected();
    const { page } = await open("/login");
    await enterPassword(page, ann);
    await codeOf(page).waitFor();
    keyturn.clock.advance({ seconds: 301 });
    await codeOf(page).fill(ann.app.code());
    await alertOf(page).filter({ hasText: "This login has expired." }).waitFor();
    expect(await page.getByLabel("Login name").inputValue()).toBe(ann.loginName);
    expect(await focused(page)).toBe("Password");
    await expectNoBarriers(page);
  });

  it("counts down while an account is locked, and then lets it be tried again", async () => {
    const ann = await newPerson();
    const { page } = await open(`/login?next=${THERE}`);
    keyturn.clock.set(Date.now());
    await page.clock.install();
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const input = { loginName: ann.loginName, password: "wrong" };
      await keyturn.anyone.mutate("login", input, "... on UserError { code }");
    }
    await enterPassword(page, ann);
    await alertOf(page).filter({ hasText: "Wait 3 minutes, then try again." }).waitFor();
    await page
      .getByRole("timer")
      .filter({ hasText: /You can try again in [23]:\d\d\./ })
      .waitFor();
    await expectNoBarriers(page);
    await page.clock.runFor(61_000);
    await page
      .getByRole("timer")
      .filter({ hasText: /1:\d\d/ })
      .waitFor();
    const reason = "Your account is locked because of 10 failed login attempts.";
    await alertOf(page).getByText(reason, { exact: true }).waitFor();
    keyturn.clock.advance({ seconds: 61 });
    await page.getByRole("button", { name: "Log in" }).click();
    await alertOf(page).getByText(reason, { exact: true }).waitFor();
    keyturn.clock.advance({ seconds: 120 });
    await page.clock.runFor(120_000);
    await page.getByRole("status").filter({ hasText: "You can try again now." }).waitFor();
    await page.getByRole("button", { name: "Log in" }).click();
    await arrive(page);
  });

  it("goes on within the wait once an administrator unlocked the account", async () => {
    const ann = await newPerson();
    const { page } = await open(`/login?next=${THERE}`);
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const input = { loginName: ann.loginName, password: "wrong" };
      await keyturn.anyone.mutate("login", input, "... on UserError { code }");
    }
    await enterPassword(page, ann);
    await alertOf(page).filter({ hasText: "Your account is locked" }).waitFor();
    await administrator.client.mutate("unlockAccount", { accountId: ann.id });
    await page.getByRole("button", { name: "Log in" }).click();
    await arrive(page);
  });

  it("sets a second factor up inside the login where it is required, and lets nobody on before the recovery codes are kept", async () => {
    const bob = await newPerson();
    await setPolicy(administrator, { twoFactor: "REQUIRED" });
    try {
      const { page, complaints } = await open(`/login?next=${THERE}`, { viewport: TELEPHONE });
      await enterPassword(page, bob);
      await page.getByRole("heading", { name: "Set up two-factor authentication" }).waitFor();
      await expectNoScrolling(page);
      await expectNoBarriers(page);
      const uri = await readQrCode(page);
      const app = authenticatorApp(keyturn, uri);
      const typed = await page.getByRole("code").textContent();
      expect(typed?.replaceAll(" ", "")).toBe(app.secret);
      await codeOf(page).fill(app.code(5));
      await page.getByText("seems to be 150 seconds fast").waitFor();
      await expectNoBarriers(page);
      expect(await focused(page)).toBe("Verification code");
      await page.keyboard.insertText(nextCode({ app }));
      await page.getByRole("heading", { name: "Keep your recovery codes" }).waitFor();
      await expectNoBarriers(page);
      await expectNoScrolling(page);
      const codes = await page.getByRole("list").getByRole("listitem").allTextContents();
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Download" }).click(),
      ]);
      expect(await textOf(saved)).toContain(codes.join("\n"));
      const onward = page.getByRole("button", { name: "Continue" });
      expect(await onward.isDisabled()).toBe(true);
      await page.getByText("I have kept these codes").click();
      await onward.click();
      await arrive(page);
      expect(complaints).toEqual([]);
    } finally {
      await setPolicy(administrator, { twoFactor: "OPTIONAL" });
    }
  });

  it("says that the server is away, loses nothing, and goes on when it is there again", async () => {
    const ann = await newProtected();
    const { page } = await open(`/login?next=${THERE}`);
    await page.route("**/graphql", (route) => route.abort());
    await enterPassword(page, ann);
    const told = "The server does not answer. Check your connection, then try again.";
    await alertOf(page).getByText(told, { exact: true }).waitFor();
    await expectNoBarriers(page);
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Log in" }).click();
    await codeOf(page).waitFor();
    await page.route("**/graphql", (route) => route.abort());
    const code = nextCode(ann);
    await codeOf(page).fill(code);
    await alertOf(page).filter({ hasText: "The server does not answer." }).waitFor();
    expect(await codeOf(page).inputValue()).toBe(code);
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Log in" }).click();
    await arrive(page);
  });

  it("sends once what is clicked twice", async () => {
    const ann = await newPerson();
    const { page } = await open(`/login?next=${THERE}`);
    let sent = 0;
    await page.route("**/graphql", (route) => {
      sent += 1;
      return route.continue();
    });
    await page.getByLabel("Login name").fill(ann.loginName);
    await page.getByLabel("Password", { exact: true }).fill(ann.password);
    await page.getByRole("button", { name: "Log in" }).dblclick();
    await arrive(page);
    expect(sent).toBe(1);
  });

  it("lets a login that waits in one tab go on after another tab was logged in", async () => {
    const ann = await newProtected();
    const { page } = await open(`/login?next=${THERE}`);
    await enterPassword(page, ann);
    await codeOf(page).waitFor();
    const second = await page.context().newPage();
    await second.goto(`${keyturn.address}/login?next=${THERE}`);
    await enterPassword(second, ann);
    const used = nextCode(ann);
    await codeOf(second).fill(used);
    await arrive(second);
    await codeOf(page).fill(used);
    await page.getByText("The verification code is not valid.").waitFor();
    await codeOf(page).fill(nextCode(ann));
    await arrive(page);
    await page.goBack().catch(() => null);
    expect(new URL(page.url()).pathname).not.toBe("/login");
  });

  it("speaks Japanese to who asks for it, on a telephone", async () => {
    const ann = await newProtected();
    const { page, complaints } = await open("/login", { locale: "ja-JP", viewport: TELEPHONE });
    await page.getByLabel("ログイン名").fill(ann.loginName);
    await page.getByLabel("パスワード", { exact: true }).fill(ann.password);
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await page.getByRole("button", { name: "ログイン" }).click();
    await page.getByRole("heading", { name: "確認コードを入力してください" }).waitFor();
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    // A Japanese keyboard types wide digits.
    const wide = [...nextCode(ann)].map((digit) => String.fromCodePoint(Number(digit) + 0xff10)).join("");
    await page.keyboard.insertText(wide);
    await arrive(page, "/account/profile");
    expect(complaints).toEqual([]);
  });

  it("works as forms where script is blocked", async () => {
    const ann = await newProtected();
    const { page } = await open(`/login?next=${THERE}`, { javaScriptEnabled: false, viewport: TELEPHONE });
    expect(await page.getByRole("heading").filter({ visible: true }).count()).toBe(1);
    await enterPassword(page, ann);
    await codeOf(page).fill(nextCode(ann));
    await page.getByRole("button", { name: "Log in" }).click();
    await arrive(page);
  });

  it("keeps the title that the server drew while its page is on its way", async () => {
    const { page } = await open("/login");
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route("**/assets/request-reset-page-*.js", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${keyturn.address}/reset-password`, { waitUntil: "commit" });
    await page
      .locator('head > link[rel=modulepreload][href*="/request-reset-page-"]')
      .waitFor({ state: "attached" });
    const title = page.getByRole("heading", { level: 1, name: "Get a link to set a new password" });
    await page.getByText("Loading …").waitFor();
    expect(await title.count()).toBe(1);
    goOn();
    await page.getByLabel("Login name").waitFor();
    expect(await title.count()).toBe(1);
  });

  it("sets a new password behind a mailed link, and tells it at the login", async () => {
    const ann = await newPerson();
    const { page, complaints } = await open("/login");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByText("Enter your login name or your email address.", { exact: true }).waitFor();
    await expectNoBarriers(page);
    await page.getByLabel("Login name").fill(ann.loginName);
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByRole("status").filter({ hasText: /./ }).waitFor();
    expect(await focused(page)).toMatch(/mail/);
    await expectNoBarriers(page);
    await page.goto(keyturn.address + (await mailedPath(ann, "/reset-password/")));
    await page.getByText("A few words that have nothing to do with each other are good.").waitFor();
    await page.getByLabel("New password").fill("password");
    await page.getByLabel("Repeat the password").fill("passwort");
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.getByText("The two passwords are not the same.").waitFor();
    await page.getByLabel("Repeat the password").fill("password");
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.getByText("Choose another password.").waitFor();
    await expectNoBarriers(page);
    const address = page.url();
    for (const label of ["New password", "Repeat the password"]) await page.getByLabel(label).fill(NEW);
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.getByText("Your password is set. Log in with it.").waitFor();
    await expectNoBarriers(page);
    await page.goto(address);
    await page.getByRole("link", { name: "Get a new link" }).waitFor();
    await expectNoBarriers(page);
    await page.goto(`${keyturn.address}/login?login_hint=${ann.loginName}&next=${THERE}`);
    await page.getByLabel("Password", { exact: true }).waitFor();
    expect(await focused(page)).toBe("Password");
    await enterPassword(page, { ...ann, password: NEW });
    await arrive(page);
    expect(complaints).toEqual([]);
  });

  it("confirms a mail address behind a mailed link, once", async () => {
    const ann = await newProtected();
    const input = { emailAddress: `${ann.loginName}@new.example.com` };
    await ann.client.mutate("changeEmailAddress", input, "__typename");
    const path = await mailedPath(ann, "/confirm-email/");
    const { page } = await open(path);
    await page.getByRole("button", { name: "Confirm the address" }).click();
    await page.getByRole("status").filter({ hasText: /./ }).waitFor();
    expect(await focused(page)).toBe("The email address is confirmed.");
    await expectNoBarriers(page);
    await page.goto(keyturn.address + path);
    await alertOf(page).filter({ hasText: "This link has expired or was used already." }).waitFor();
    await expectNoBarriers(page);
    await page.getByRole("link", { name: "To your account" }).waitFor();
  });
});

/** Reads the QR code of a page as a telephone does: from its picture. */
async function readQrCode(page: Page): Promise<string> {
  const picture = PNG.sync.read(await page.getByRole("img", { name: "QR code" }).screenshot());
  return jsQr.default(new Uint8ClampedArray(picture.data), picture.width, picture.height)?.data ?? "";
}

async function textOf(download: { createReadStream: () => Promise<NodeJS.ReadableStream> }): Promise<string> {
  let text = "";
  for await (const chunk of await download.createReadStream()) text += String(chunk);
  return text;
}

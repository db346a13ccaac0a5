/// <reference lib="dom" />
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeRows, failLogins } from "./stage/counters.js";
import type { ReceivedMail } from "./stage/mailbox.js";
import { expectNoBarriers, openPage, type WatchedPage } from "./stage/pages.js";
import {
  type AuthenticatorApp,
  addAuthenticator,
  authenticatorApp,
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  logInWithCode,
  type Person,
  type ProtectedPerson,
} from "./stage/people.js";
import { challengeOf, protectAdministrator, setPolicy } from "./stage/proofs.js";
import { expectNoScrolling, nextCode, scan } from "./stage/settings-pages.js";
import { ORIGIN, openAs, startWeb, TELEPHONE, type Web } from "./stage/web.js";

const DESK = { width: 1280, height: 900 };
const SETTINGS = "/account/login-name-and-password";
const CONFIGURE = "/account/two-factor/configure";
const MOVE = "/account/two-factor/move";
const NEW = "violet-anchor-thistle-3";
const HOUR = 3600;
const DAY = 24 * HOUR;

let web: Web;
let administrator: ProtectedPerson;
let opened: WatchedPage[] = [];
let people = 0;

beforeAll(async () => {
  // The first day on which two-factor authentication is offered.
  web = await startWeb({ KEYTURN_TRIAL_STARTED_ON: "2019-09-08" });
  administrator = await protectAdministrator(web.keyturn);
});
beforeEach(async () => {
  administrator = { ...administrator, ...(await logInWithCode(web.keyturn, administrator)) };
});
afterEach(async () => {
  const all = opened;
  opened = [];
  for (const { close } of all) await close();
  for (const { complaints } of all) expect(complaints).toEqual([]);
});
afterAll(() => web?.close());

const nameOf = (): string => {
  people += 1;
  return `person-${people}`;
};
const newPerson = (more = {}): Promise<Person> => createPerson(administrator, nameOf(), more);
const newProtected = (): Promise<ProtectedPerson> =>
  createProtectedPerson(web.keyturn, administrator, nameOf());
const loggedIn = async (more = {}): Promise<LoggedInPerson> => logIn(web.keyturn, await newPerson(more));

/** Opens a page for whoever is not logged in. */
const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const watched = await openPage(web.browser, { viewport: DESK, ...options });
  opened.push(watched);
  watched.page.setDefaultTimeout(10_000);
  await watched.page.goto(ORIGIN + path);
  return watched.page;
};
const openFor = async (
  person: Pick<LoggedInPerson, "token">,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Page> => {
  const watched = await openAs(web, person, { path, ...options });
  opened.push(watched);
  return watched.page;
};
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string): Promise<void> => page.getByRole("link", { name }).click();
const says = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
const titled = (page: Page, name: string): Promise<void> =>
  page.getByRole("heading", { level: 1, name }).waitFor();
const arrive = (page: Page, path: string): Promise<void> => page.waitForURL(ORIGIN + path);
const dialogOf = (page: Page) => page.getByRole("dialog");
const codeOf = (page: Page) => page.getByRole("textbox", { name: "Verification code" });
const recoveryCodeOf = (page: Page) => page.getByRole("textbox", { name: "Recovery code" });
const scanned = async (page: Page): Promise<AuthenticatorApp> => {
  await page.getByRole("img", { name: /QR/ }).waitFor();
  return authenticatorApp(web.keyturn, await scan(page));
};
const enterPassword = async (
  page: Page,
  { loginName, password }: Pick<Person, "loginName" | "password">,
): Promise<void> => {
  await page.getByLabel("Login name").fill(loginName);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await press(page, "Log in");
};
/** Sets a policy for as long as something is done under it. */
const under = async (change: object, before: object, work: () => Promise<void>): Promise<void> => {
  await setPolicy(administrator, change);
  try {
    await work();
  } finally {
    await setPolicy(await logInWithCode(web.keyturn, administrator), before);
  }
};
const useRecoveryCodes = async (person: ProtectedPerson, count: number): Promise<void> => {
  for (const recoveryCode of person.recoveryCodes.slice(0, count)) {
    const challenge = await challengeOf(web.keyturn, person);
    const answer = await web.keyturn.anyone.mutate("completeLogin", { challenge, proof: { recoveryCode } });
    expect(answer.__typename).toBe("LoggedIn");
  }
};
const mailTo = async ({ loginName }: Pick<Person, "loginName">, text: string): Promise<ReceivedMail> => {
  await web.keyturn.settle();
  return await web.keyturn.mailbox.next((mail) => mail.text.includes(loginName) && mail.text.includes(text));
};
/** The address that a mail leads to, without the server's own. */
const linkTo = async (person: Pick<Person, "loginName">, path: string): Promise<string> => {
  const { text } = await mailTo(person, path);
  return new RegExp(`${path}ktm_\\w+`).exec(text)?.[0] ?? "";
};

describe("where two-factor authentication cannot be enabled", () => {
  it("says from which day of a trial on it is offered, and shows no QR code", async () => {
    const old = await startWeb({ KEYTURN_TRIAL_STARTED_ON: "2019-09-07" });
    try {
      const { page, complaints } = await openAs(old, await logInAdministrator(old.keyturn), {
        path: SETTINGS,
      });
      await says(page, /whose free trial started on or after September 8, 2019/);
      expect(await page.getByRole("link", { name: "Enable" }).count()).toBe(0);
      await expectNoBarriers(page);
      await page.goto(ORIGIN + CONFIGURE);
      await says(page, /An administrator sees the date under Security policy\./);
      await expectOnlyWords(page);
      await expectNoBarriers(page);
      expect(complaints).toEqual([]);
    } finally {
      await old.close();
    }
  });

  it("keeps what was enabled where the trial turns out to be too old, and says what is not possible", async () => {
    const ann = await newProtected();
    const date = (day: string): Promise<void> =>
      changeRows(web.keyturn, "UPDATE security_policy SET trial_started_on = $1", [day]);
    await date("2019-09-07");
    try {
      const page = await openFor(ann, SETTINGS, { viewport: TELEPHONE });
      await says(page, /once disabled it cannot be enabled again/);
      await expectNoBarriers(page);
      await page.goto(ORIGIN + MOVE);
      await says(page, /no other authenticator can be added/);
      await expectOnlyWords(page);
    } finally {
      await date("2019-09-08");
    }
  });

  it("says to who has none that the policy does not allow it, and whom to ask", async () => {
    const ann = await loggedIn();
    await under({ twoFactor: "FORBIDDEN" }, { twoFactor: "OPTIONAL" }, async () => {
      const page = await openFor(ann, SETTINGS);
      await says(page, /security policy does not allow it. If you want it, ask an administrator\./);
      await page.goto(ORIGIN + CONFIGURE);
      await says(page, /If you want it, ask an administrator\./);
      await expectOnlyWords(page);
      await expectNoBarriers(page);
    });
    const page = await openFor(ann, CONFIGURE);
    await scanned(page);
  });

  it("asks who has one for no code while the policy does not allow it, and for it again afterwards", async () => {
    const ann = await newProtected();
    const page = await open("/login", { viewport: TELEPHONE });
    await under({ twoFactor: "FORBIDDEN" }, { twoFactor: "OPTIONAL" }, async () => {
      await enterPassword(page, ann);
      await arrive(page, "/account/profile");
      await page.goto(ORIGIN + SETTINGS);
      await says(page, "Not asked for now");
      await says(page, /do not delete them from your app\./);
      expect(await page.getByRole("button", { name: "Disable", exact: true }).count()).toBe(0);
      await expectNoBarriers(page);
      for (const path of [CONFIGURE, MOVE]) {
        await page.goto(ORIGIN + path);
        await says(page, /do not delete them from your app\./);
        await expectOnlyWords(page);
      }
      await page.goto("about:blank");
    });
    // The session of a password alone is over.
    await page.goto(ORIGIN + SETTINGS);
    await enterPassword(page, ann);
    await codeOf(page).fill(nextCode(web.keyturn, ann));
    await arrive(page, SETTINGS);
    await page.getByRole("button", { name: "Disable", exact: true }).waitFor();
  });

  it("lets a guest log in by password alone, also where it is required, and says what protects a guest", async () => {
    const guest = await newPerson({ kind: "GUEST" });
    await under({ twoFactor: "REQUIRED" }, { twoFactor: "OPTIONAL" }, async () => {
      const page = await open(`/login?next=${CONFIGURE}`);
      await enterPassword(page, guest);
      await arrive(page, CONFIGURE);
      await says(page, /not for guests. Choose a long password/);
      await expectOnlyWords(page);
      await expectNoBarriers(page);
    });
  });

  it("answers a service account at the login as any unknown name", async () => {
    const robot = await newPerson({ kind: "SERVICE", emailAddress: null });
    const page = await open("/login");
    for (const loginName of [robot.loginName, "nobody-of-this-name"]) {
      await enterPassword(page, { loginName, password: NEW });
      await page
        .getByRole("alert")
        .filter({ hasText: "login name or the password is not correct" })
        .waitFor();
      await page.reload();
    }
  });
});

describe("recovery codes on the page", () => {
  it("come on paper alone, black on white, and on the clipboard and into a file", async () => {
    const ann = await newPerson();
    const permissions = ["clipboard-read", "clipboard-write"];
    const page = await open(`/login?next=${CONFIGURE}`, { colorScheme: "dark", permissions });
    await enterPassword(page, ann);
    await codeOf(page).fill((await scanned(page)).code());
    await press(page, "Enable");
    await titled(page, "Keep your recovery codes");
    const codes = await page
      .getByRole("list", { name: "Recovery codes" })
      .getByRole("listitem")
      .allTextContents();
    const heading = `Keyturn: recovery codes of ${ann.loginName}`;
    await expectOnPaper(page, [heading, ...codes]);
    await press(page, "Copy");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join("\n"));
    const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Download")]);
    expect(file.suggestedFilename()).toBe("recovery-codes.txt");
    expect((await textOf(file)).split("\n")).toEqual(expect.arrayContaining([heading, ...codes]));
    await page.getByText("I have kept these codes").click();
    await press(page, "Finish");
    await says(page, "10 recovery codes remain.");
  });

  it("come on paper alone out of a dialog too, once they are renewed", async () => {
    const ann = await newProtected();
    const page = await openFor(ann, SETTINGS);
    await press(page, "Make new codes");
    await dialogOf(page).getByRole("textbox", { name: "Verification code" }).fill(nextCode(web.keyturn, ann));
    await dialogOf(page).getByRole("button", { name: "Make new codes" }).click();
    const list = dialogOf(page).getByRole("list", { name: "Recovery codes" });
    await list.waitFor();
    const codes = await list.getByRole("listitem").allTextContents();
    await expectOnPaper(page, [`Keyturn: recovery codes of ${ann.loginName}`, ...codes]);
    await page.getByText("I have kept these codes").click();
    await press(page, "Finish");
    await says(page, "Your new recovery codes are in force. Throw the old ones away.");
  });

  it("are missed in words when few or none are left, at the login and in the settings", async () => {
    const ann = await newProtected();
    await useRecoveryCodes(ann, 6);
    const page = await open(`/login?next=${SETTINGS}`, { viewport: TELEPHONE });
    await logInByRecoveryCode(page, ann, 6);
    await says(page, "You have 3 recovery codes left.");
    await says(page, "Make new ones in your account settings");
    await press(page, "Continue");
    await says(page, "3 recovery codes remain.");
    await says(page, "Make new ones before you run out");
    await expectNoBarriers(page);
    for (const recoveryCode of ann.recoveryCodes.slice(7, 9)) {
      const challenge = await challengeOf(web.keyturn, ann);
      await web.keyturn.anyone.mutate("completeLogin", { challenge, proof: { recoveryCode } });
    }
    const last = await open(`/login?next=${SETTINGS}`, { viewport: TELEPHONE });
    await logInByRecoveryCode(last, ann, 9);
    await says(last, "That was your last recovery code.");
    await press(last, "Continue");
    await says(last, "No recovery code remains.");
    await says(last, "Make new ones: without your phone, only an administrator can let you in.");
    await expectNoBarriers(last);
    await press(last, "Make new codes");
    await dialogOf(last).getByRole("textbox", { name: "Verification code" }).waitFor();
    expect(await dialogOf(last).getByRole("button", { name: "Use a recovery code instead" }).count()).toBe(0);
  });

  it("are what is left once too many codes were wrong, and an administrator where none is", async () => {
    const ann = await newProtected();
    await changeRows(web.keyturn, "UPDATE accounts SET wrong_codes = 100 WHERE id = $1", [ann.id]);
    const page = await openFor(ann, SETTINGS);
    await says(page, /Use a recovery code once, and they are accepted again\./);
    await changeRows(web.keyturn, "DELETE FROM recovery_codes WHERE account_id = $1", [ann.id]);
    await page.reload();
    await says(page, /no recovery code remains. Ask an administrator/);
    await expectNoBarriers(page);
    const login = await open("/login");
    await enterPassword(login, ann);
    await says(login, /Verification codes are no longer accepted/);
    await says(login, /An administrator can disable two-factor authentication for you\./);
    await expectNoBarriers(login);
  });
});

describe("several authenticators", () => {
  it("are five at most: no sixth is begun, nor one that was begun before, and it is said what to do", async () => {
    let ann = await newProtected();
    for (const name of ["Two", "Three", "Four"])
      ann = (await addAuthenticator(web.keyturn, ann, name)).person;
    const page = await open(`/login?next=${CONFIGURE}`);
    await enterPassword(page, ann);
    await codeOf(page).fill(nextCode(web.keyturn, ann));
    await page.getByRole("textbox", { name: "Device name" }).fill("Six");
    await press(page, "Show the QR code");
    const sixth = await scanned(page);
    await addAuthenticator(web.keyturn, ann, "Five");
    await codeOf(page).fill(sixth.code());
    await press(page, "Add");
    await says(page, /This enrollment has expired/);
    await press(page, "Show a new QR code");
    await says(page, "No more than 5 are possible. Remove one first.");
    await expectNoBarriers(page);
    await follow(page, "Back to Login Name & Password");
    await says(page, "You have five, and more are not possible. Remove one before you add another.");
    expect(await page.getByRole("link", { name: "Add an authenticator" }).count()).toBe(0);
    for (const path of [CONFIGURE, MOVE]) {
      await page.goto(ORIGIN + path);
      await says(page, "Remove one before you add another.");
      await expectOnlyWords(page);
    }
    await expectNoBarriers(page);
  });

  it("have their name from the beginning: the mail about a new one says it", async () => {
    const ann = await newProtected();
    const page = await openFor(ann, SETTINGS);
    await follow(page, "Add an authenticator");
    await page.getByRole("textbox", { name: "Device name" }).fill("Blue tablet");
    await expectNoBarriers(page);
    await page.keyboard.press("Enter");
    const app = await scanned(page);
    await codeOf(page).fill(app.code());
    await press(page, "Add");
    await says(page, "Blue tablet is added.");
    expect((await mailTo(ann, "was added")).text).toContain('"Blue tablet"');
  });

  for (const locale of ["en", "ja"])
    it(`shows the key and its button in one line on a telephone, in ${locale}`, async () => {
      const ann = await loggedIn({ locale });
      const page = await openFor(ann, CONFIGURE, { viewport: TELEPHONE });
      await scanned(page);
      const [key, button] = await Promise.all([
        page.getByRole("code").boundingBox(),
        page.getByRole("button", { name: locale === "en" ? "Copy the key" : "キーをコピー" }).boundingBox(),
      ]);
      expect(button?.y).toBeLessThan((key?.y ?? 0) + (key?.height ?? 0));
      expect(button?.x).toBeGreaterThan((key?.x ?? 0) + (key?.width ?? 0));
      await expectNoScrolling(page);
    });
});

describe("a link from a mail", () => {
  it("lets a new account set its password, once, and says how to get another one", async () => {
    const ann = { ...(await newPerson({ password: undefined })), password: NEW };
    const link = await linkTo(ann, "/reset-password/");
    const [page, again] = [await open(link), await open(link)];
    await setPassword(page, NEW);
    await says(page, "Your password is set. Log in with it.");
    await enterPassword(page, ann);
    await arrive(page, "/account/profile");
    await setPassword(again, `${NEW}-again`);
    await says(again, "This link has expired or was used already. Request a new one.");
    await follow(again, "Get a new link");
    await again.getByLabel("Login name").fill(ann.loginName);
    await press(again, "Send the link");
    await says(again, "If an account matches, a link to set a new password is on its way");
    await again.goto(ORIGIN + (await linkTo(ann, "/reset-password/")));
    await setPassword(again, `${NEW}-again`);
    await says(again, "Your password is set. Log in with it.");
  });

  it("to a new account is dead after a week, and one to reset a password after an hour or a newer one", async () => {
    const bob = await newPerson({ password: undefined });
    const invitation = await linkTo(bob, "/reset-password/");
    web.keyturn.clock.advance({ seconds: 7 * DAY + 1 });
    await expectDead(invitation);
    const request = { loginName: bob.loginName };
    await web.keyturn.anyone.mutate("requestPasswordReset", request, "__typename");
    const older = await linkTo(bob, "/reset-password/");
    await web.keyturn.anyone.mutate("requestPasswordReset", request, "__typename");
    const newer = await linkTo(bob, "/reset-password/");
    await expectDead(older);
    web.keyturn.clock.advance({ seconds: HOUR + 1 });
    await expectDead(newer);
  });

  it("leads to the login of whom it is for, also in the browser of someone else", async () => {
    const [ann, bob] = [await newPerson(), await loggedIn()];
    await web.keyturn.anyone.mutate("requestPasswordReset", { loginName: ann.loginName }, "__typename");
    const page = await openFor(bob, await linkTo(ann, "/reset-password/"));
    await setPassword(page, NEW);
    await says(page, "Your password is set. Log in with it.");
    await enterPassword(page, { ...ann, password: NEW });
    await arrive(page, "/account/profile");
    await says(page, ann.loginName.toUpperCase());
  });

  it("confirms a mail address for who is not logged in, and leads to the account through the login", async () => {
    const ann = await loggedIn();
    const page = await open(await changedAddress(ann), { viewport: TELEPHONE });
    await press(page, "Confirm the address");
    await says(page, "The email address is confirmed.");
    await expectNoBarriers(page);
    await follow(page, "To your account");
    await enterPassword(page, ann);
    await arrive(page, "/account/profile");
    await says(page, `${ann.loginName}@new.example.com`);
  });

  it("confirms no address twice, nor after its time, and says where to enter it once more", async () => {
    const ann = await loggedIn();
    const link = await changedAddress(ann);
    const [page, again] = [await open(link), await open(link)];
    await press(page, "Confirm the address");
    await says(page, "The email address is confirmed.");
    const expired = await changedAddress(ann, "later.example.com");
    web.keyturn.clock.advance({ seconds: HOUR + 1 });
    await press(again, "Confirm the address");
    for (const dead of [again, await open(link), await open(expired)]) {
      await dead
        .getByRole("alert")
        .filter({ hasText: "This link has expired or was used already." })
        .waitFor();
      await says(dead, /enter it there once more, and a new link is sent to it\./);
      await dead.getByRole("link", { name: "To your account" }).waitFor();
      await expectNoBarriers(dead);
    }
  });

  it("confirms the address of the account that asked, whoever is logged in", async () => {
    const [ann, bob] = [await loggedIn(), await loggedIn()];
    const page = await openFor(bob, await changedAddress(ann));
    await press(page, "Confirm the address");
    await says(page, "The email address is confirmed.");
    await follow(page, "To your account");
    await says(page, `${bob.loginName}@example.com`);
    const { viewer } = await ann.client.query("{ viewer { emailAddress } }");
    expect(viewer.emailAddress).toBe(`${ann.loginName}@new.example.com`);
  });
});

describe("the login", () => {
  it("takes the place of a session that is over, and leads on where that one was", async () => {
    const ann = await newProtected();
    await administrator.client.mutate("revokeAccountSessions", {
      accountId: ann.id,
      reason: "A lost device",
    });
    const page = await openFor(ann, "/account/sessions?first=1");
    await enterPassword(page, ann);
    await codeOf(page).fill(nextCode(web.keyturn, ann));
    await arrive(page, "/account/sessions?first=1");
    await titled(page, "Sessions");
    await page.goto(`${ORIGIN}/login?next=${SETTINGS}`);
    await arrive(page, SETTINGS);
  });

  it("tells a suspended account no more than an unknown one", async () => {
    const ann = await newPerson();
    await administrator.client.mutate("suspendAccount", { accountId: ann.id, reason: "On leave" });
    const page = await open("/login");
    await enterPassword(page, ann);
    await page.getByRole("alert").filter({ hasText: "login name or the password is not correct" }).waitFor();
  });

  it("names an administrator where a lock has no end, also before the code", async () => {
    const [ann, bob] = [await newPerson(), await newProtected()];
    await under({ lockoutMinutes: null }, { lockoutMinutes: 3 }, async () => {
      const waiting = await open("/login");
      await enterPassword(waiting, bob);
      await codeOf(waiting).waitFor();
      for (const { loginName } of [ann, bob]) await failLogins(web.keyturn, loginName, 10);
      const page = await open("/login", { viewport: TELEPHONE });
      await enterPassword(page, ann);
      await codeOf(waiting).fill(nextCode(web.keyturn, bob));
      for (const each of [page, waiting]) {
        await each.getByRole("alert").filter({ hasText: "Contact your administrator." }).waitFor();
        expect(await each.getByRole("timer").count()).toBe(0);
        await expectNoBarriers(each);
      }
    });
  });

  it("refuses a recovery code that was used by its name, and forgets that with the way to the other code", async () => {
    const ann = await newProtected();
    await useRecoveryCodes(ann, 1);
    const page = await open(`/login?next=${SETTINGS}`);
    await logInByRecoveryCode(page, ann, 0);
    await says(page, "The recovery code is not valid. Each works once.");
    await expectNoBarriers(page);
    await press(page, "Use a code from the app instead");
    expect(await page.getByText("The recovery code is not valid.").count()).toBe(0);
    await codeOf(page).fill(nextCode(web.keyturn, ann));
    await arrive(page, SETTINGS);
  });

  it("sets a second factor up by the keyboard alone, on a telephone", async () => {
    const ann = await newPerson();
    await under({ twoFactor: "REQUIRED" }, { twoFactor: "OPTIONAL" }, async () => {
      const page = await open(`/login?next=${SETTINGS}`, { viewport: TELEPHONE });
      await page.getByLabel("Login name").waitFor();
      await page.keyboard.type(ann.loginName);
      await page.keyboard.press("Tab");
      await page.keyboard.type(ann.password);
      await page.keyboard.press("Enter");
      const app = await scanned(page);
      await reach(page, "Verification code");
      await page.keyboard.type(app.code());
      await page.getByRole("list", { name: "Recovery codes" }).waitFor();
      await reach(page, "I have kept");
      await page.keyboard.press("Space");
      await reach(page, "Continue");
      await page.keyboard.press("Enter");
      await says(page, "10 recovery codes remain.");
      await says(page, /Your organization requires two-factor authentication/);
    });
  });

  it("speaks the language of the browser until the password was right, then that of the account", async () => {
    const [ann, jun] = [await newPerson({ locale: "en" }), await newPerson({ locale: "ja" })];
    const japanese = await open("/login", { locale: "ja-JP" });
    await japanese.getByLabel("ログイン名").fill(ann.loginName);
    await japanese.getByLabel("パスワード", { exact: true }).fill("wrong");
    await press(japanese, "ログイン");
    await says(japanese, "ログイン名またはパスワード");
    await japanese.getByLabel("パスワード", { exact: true }).fill(ann.password);
    await press(japanese, "ログイン");
    await titled(japanese, "Profile");
    const english = await open("/login", { locale: "en-US" });
    await enterPassword(english, jun);
    await titled(english, "プロフィール");
    expect(await english.evaluate(() => document.documentElement.lang)).toBe("ja");
  });
});

describe("a device that is gone", () => {
  it("is no way in once an administrator disabled it, and enabling again makes a new secret", async () => {
    const ann = await newProtected();
    const page = await openFor(administrator, `/admin/accounts/${ann.id}`);
    await titled(page, `Edit User: ${ann.loginName.toUpperCase()}`);
    await page
      .getByRole("region", { name: "Two-Factor Authentication" })
      .getByRole("button", { name: "Disable" })
      .click();
    await page.getByLabel("Reason").fill("lost on a train");
    await dialogOf(page).getByRole("button", { name: "Disable" }).click();
    await says(page, /Two-factor authentication is disabled\./);
    await mailTo(ann, "lost on a train");
    const own = await open(`/login?next=${SETTINGS}`);
    await enterPassword(own, ann);
    await follow(own, "Enable");
    const app = await scanned(own);
    expect(app.secret).not.toBe(ann.app.secret);
    await codeOf(own).fill(nextCode(web.keyturn, ann));
    await press(own, "Enable");
    await says(own, "The verification code is not valid.");
    await codeOf(own).fill(app.code());
    await press(own, "Enable");
    await titled(own, "Keep your recovery codes");
  });

  it("is replaced by hand: logged in by the old code, disabled, and enabled with the new device", async () => {
    const ann = await newProtected();
    const page = await open(`/login?next=${SETTINGS}`, { viewport: TELEPHONE });
    await enterPassword(page, ann);
    await codeOf(page).fill(nextCode(web.keyturn, ann));
    await press(page, "Disable");
    await dialogOf(page).getByRole("textbox", { name: "Verification code" }).fill(nextCode(web.keyturn, ann));
    await dialogOf(page).getByRole("button", { name: "Disable" }).click();
    await says(page, /Two-factor authentication is disabled\./);
    await follow(page, "Enable");
    const app = await scanned(page);
    await codeOf(page).fill(app.code());
    await press(page, "Enable");
    await titled(page, "Keep your recovery codes");
    await page.context().clearCookies();
    await page.goto(`${ORIGIN}/login?next=${SETTINGS}`);
    await enterPassword(page, ann);
    await codeOf(page).fill(nextCode(web.keyturn, ann));
    await says(page, "The verification code is not valid.");
    await codeOf(page).fill(nextCode(web.keyturn, { app }));
    await arrive(page, SETTINGS);
  });

  it("is told of before: programs that send a password need another credential from then on", async () => {
    const ann = await loggedIn();
    const page = await openFor(ann, CONFIGURE);
    await says(page, /a password sent with a request is refused/);
    await says(page, /an API token instead, OAuth or a session; or a service account/);
  });
});

/** A page that says why there is nothing to do shows no QR code, and offers nothing to press in vain. */
async function expectOnlyWords(page: Page): Promise<void> {
  const main = page.getByRole("main");
  expect(await main.getByRole("img").count()).toBe(0);
  expect(await main.getByRole("button").count()).toBe(0);
  await main.getByRole("link", { name: "Back to Login Name & Password" }).waitFor();
}

/** What a printer gets is one page with these lines alone, black on white. */
async function expectOnPaper(page: Page, lines: readonly string[]): Promise<void> {
  const before = page.viewportSize();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const printed = await page.evaluate(() => document.body.innerText);
  expect(
    printed
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ).toEqual(lines);
  const colours = await page
    .getByRole("listitem")
    .first()
    .evaluate((item) => ({
      ink: getComputedStyle(item).color,
      paper: [item.parentElement, document.body].map(
        (each) => each && getComputedStyle(each).backgroundColor,
      ),
    }));
  expect(colours).toEqual({ ink: "rgb(0, 0, 0)", paper: ["rgb(255, 255, 255)", "rgb(255, 255, 255)"] });
  const paper = (await page.pdf()).toString("latin1");
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: "screen" });
  if (before !== null) await page.setViewportSize(before);
}

async function logInByRecoveryCode(page: Page, person: ProtectedPerson, index: number): Promise<void> {
  await enterPassword(page, person);
  await press(page, "Use a recovery code instead");
  await recoveryCodeOf(page).fill(person.recoveryCodes[index] ?? "");
  await press(page, "Log in");
}

/** Goes on by Tab until what has the focus is called like this. */
async function reach(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    const text = await page
      .locator(":focus")
      .evaluate(
        (element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent ?? "",
      );
    if (text.startsWith(name)) return;
  }
  throw new Error(`no way to ${name} by Tab`);
}

async function setPassword(page: Page, password: string): Promise<void> {
  for (const label of ["New password", "Repeat the password"]) await page.getByLabel(label).fill(password);
  await press(page, "Set the password");
}

/** Behind a link that is of no use any more stands the way to another one. */
async function expectDead(link: string): Promise<void> {
  const page = await open(link);
  await page.getByRole("alert").filter({ hasText: "This link has expired or was used already." }).waitFor();
  await page.getByRole("link", { name: "Get a new link" }).waitFor();
}

/** Asks for another mail address, and returns the link that went there. */
async function changedAddress(person: LoggedInPerson, host = "new.example.com"): Promise<string> {
  const emailAddress = `${person.loginName}@${host}`;
  await person.client.mutate("changeEmailAddress", { emailAddress }, "__typename");
  return await linkTo(person, "/confirm-email/");
}

async function textOf(file: { createReadStream: () => Promise<NodeJS.ReadableStream> }): Promise<string> {
  let text = "";
  for await (const chunk of await file.createReadStream()) text += String(chunk);
  return text;
}

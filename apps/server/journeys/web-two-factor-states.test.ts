/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeRows, failLogins } from "./stage/counters.js";
import { mailedPath, mailSaying } from "./stage/mailbox.js";
import { expectNoBarriers, expectNoScrolling, expectOnlyWords } from "./stage/pages.js";
import {
  addAuthenticator,
  type LoggedInPerson,
  logInAdministrator,
  logInWithCode,
  newcomers,
  nextCode,
  type ProtectedPerson,
} from "./stage/people.js";
import { completeLogin, protectAdministrator, underPolicy } from "./stage/proofs.js";
import {
  dialogOf,
  enterCode,
  enterPassword,
  enterRecoveryCode,
  field,
  follow,
  press,
  prove,
  reach,
  regionOf,
  save,
  says,
  scan,
  titled,
  warns,
} from "./stage/steps.js";
import { arrive, ORIGIN, startWeb, TELEPHONE, type Web } from "./stage/web.js";

const SETTINGS = "/account/login-name-and-password";
const CONFIGURE = "/account/two-factor/configure";
const MOVE = "/account/two-factor/move";
const NEW = "violet-anchor-thistle-3";
const HOUR = 3600;
const DAY = 24 * HOUR;

let web: Web;
let administrator: ProtectedPerson;
const host = () => ({ keyturn: web.keyturn, administrator });
const { newPerson, newLoggedIn, newProtected } = newcomers(host);

beforeAll(async () => {
  // The first day on which two-factor authentication is offered.
  web = await startWeb({ KEYTURN_TRIAL_STARTED_ON: "2019-09-08" });
  administrator = await protectAdministrator(web.keyturn);
});
beforeEach(async () => {
  administrator = await logInWithCode(web.keyturn, administrator);
});
afterEach(() => web.closePages());
afterAll(() => web?.close());

describe("where two-factor authentication cannot be enabled", () => {
  it("says from which day of a trial on it is offered, and shows no QR code", async () => {
    const old = await startWeb({ KEYTURN_TRIAL_STARTED_ON: "2019-09-07" });
    try {
      const page = await old.open(SETTINGS, { as: await logInAdministrator(old.keyturn) });
      await says(page, /whose free trial started on or after September 8, 2019/);
      expect(await page.getByRole("link", { name: "Enable" }).count()).toBe(0);
      await expectNoBarriers(page);
      await page.goto(ORIGIN + CONFIGURE);
      await says(page, /An administrator sees the date under Security policy\./);
      await expectOnlyWords(page);
      await expectNoBarriers(page);
      await old.closePages();
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
      const page = await web.open(SETTINGS, { as: ann, viewport: TELEPHONE });
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
    const ann = await newLoggedIn();
    await underPolicy(host(), { twoFactor: "FORBIDDEN" }, async () => {
      const page = await web.open(SETTINGS, { as: ann });
      await says(page, /security policy does not allow it. If you want it, ask an administrator\./);
      await page.goto(ORIGIN + CONFIGURE);
      await says(page, /If you want it, ask an administrator\./);
      await expectOnlyWords(page);
      await expectNoBarriers(page);
    });
    const page = await web.open(CONFIGURE, { as: ann });
    await scan(page, web.keyturn);
  });

  it("asks who has one for no code while the policy does not allow it, and for it again afterwards", async () => {
    const ann = await newProtected();
    const page = await web.open("/login", { viewport: TELEPHONE });
    await underPolicy(host(), { twoFactor: "FORBIDDEN" }, async () => {
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
    await enterCode(page, nextCode(web.keyturn, ann));
    await arrive(page, SETTINGS);
    await page.getByRole("button", { name: "Disable", exact: true }).waitFor();
  });

  it("lets a guest log in by password alone, also where it is required, and says what protects a guest", async () => {
    const guest = await newPerson({ kind: "GUEST" });
    await underPolicy(host(), { twoFactor: "REQUIRED" }, async () => {
      const page = await web.open(`/login?next=${CONFIGURE}`);
      await enterPassword(page, guest);
      await arrive(page, CONFIGURE);
      await says(page, /not for guests. Choose a long password/);
      await expectOnlyWords(page);
      await expectNoBarriers(page);
    });
  });

  it("answers a service account at the login as any unknown name", async () => {
    const robot = await newPerson({ kind: "SERVICE", emailAddress: null });
    const page = await web.open("/login");
    for (const loginName of [robot.loginName, "nobody-of-this-name"]) {
      await enterPassword(page, { loginName, password: "violet-anchor-thistle-3" });
      await warns(page, "login name or the password is not correct");
      await page.reload();
    }
  });
});

describe("recovery codes on the page", () => {
  const useRecoveryCodes = async (person: ProtectedPerson, from: number, to: number): Promise<void> => {
    for (const recoveryCode of person.recoveryCodes.slice(from, to)) {
      const { answer } = await completeLogin(web.keyturn, person, { recoveryCode });
      expect(answer.__typename).toBe("LoggedIn");
    }
  };

  it("come on paper alone, black on white, and on the clipboard and into a file", async () => {
    const ann = await newPerson();
    const permissions = ["clipboard-read", "clipboard-write"];
    const page = await web.open(`/login?next=${CONFIGURE}`, { colorScheme: "dark", permissions });
    await enterPassword(page, ann);
    await enterCode(page, (await scan(page, web.keyturn)).code());
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
    const file = await save(page, "Download");
    expect(file.name).toBe("recovery-codes.txt");
    expect(file.text.split("\n")).toEqual(expect.arrayContaining([heading, ...codes]));
    await page.getByText("I have kept these codes").click();
    await press(page, "Finish");
    await says(page, "10 recovery codes remain.");
  });

  it("come on paper alone out of a dialog too, once they are renewed", async () => {
    const ann = await newProtected();
    const page = await web.open(SETTINGS, { as: ann });
    await press(page, "Make new codes");
    await prove(page, nextCode(web.keyturn, ann), "Make new codes");
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
    await useRecoveryCodes(ann, 0, 6);
    const page = await web.open(`/login?next=${SETTINGS}`, { viewport: TELEPHONE });
    await enterPassword(page, ann);
    await enterRecoveryCode(page, ann.recoveryCodes[6]);
    await says(page, "You have 3 recovery codes left.");
    await says(page, "Make new ones in your account settings");
    await press(page, "Continue");
    await says(page, "3 recovery codes remain.");
    await says(page, "Make new ones before you run out");
    await expectNoBarriers(page);
    await useRecoveryCodes(ann, 7, 9);
    const last = await web.open(`/login?next=${SETTINGS}`, { viewport: TELEPHONE });
    await enterPassword(last, ann);
    await enterRecoveryCode(last, ann.recoveryCodes[9]);
    await says(last, "That was your last recovery code.");
    await press(last, "Continue");
    await says(last, "No recovery code remains.");
    await says(last, "Make new ones: without your phone, only an administrator can let you in.");
    await expectNoBarriers(last);
    await press(last, "Make new codes");
    await field(dialogOf(last), "Verification code").waitFor();
    expect(await dialogOf(last).getByRole("button", { name: "Use a recovery code instead" }).count()).toBe(0);
  });

  it("are what is left once too many codes were wrong, and an administrator where none is", async () => {
    const ann = await newProtected();
    await changeRows(web.keyturn, "UPDATE accounts SET wrong_codes = 100 WHERE id = $1", [ann.id]);
    const page = await web.open(SETTINGS, { as: ann });
    await says(page, /Use a recovery code once, and they are accepted again\./);
    await changeRows(web.keyturn, "DELETE FROM recovery_codes WHERE account_id = $1", [ann.id]);
    await page.reload();
    await says(page, /no recovery code remains. Ask an administrator/);
    await expectNoBarriers(page);
    const login = await web.open("/login");
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
    const page = await web.open(`/login?next=${CONFIGURE}`);
    await enterPassword(page, ann);
    await enterCode(page, nextCode(web.keyturn, ann));
    await field(page, /^Device name/).fill("Six");
    await press(page, "Show the QR code");
    const sixth = await scan(page, web.keyturn);
    await addAuthenticator(web.keyturn, ann, "Five");
    await enterCode(page, sixth.code());
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
    const page = await web.open(SETTINGS, { as: ann });
    await follow(page, "Add an authenticator");
    await field(page, /^Device name/).fill("Blue tablet");
    await expectNoBarriers(page);
    await page.keyboard.press("Enter");
    const app = await scan(page, web.keyturn);
    await enterCode(page, app.code());
    await press(page, "Add");
    await says(page, "Blue tablet is added.");
    expect((await mailSaying(web.keyturn, ann.loginName, "was added")).text).toContain('"Blue tablet"');
  });

  for (const locale of ["en", "ja"])
    it(`shows the key and its button in one line on a telephone, in ${locale}`, async () => {
      const ann = await newLoggedIn({ locale });
      const page = await web.open(CONFIGURE, { as: ann, viewport: TELEPHONE });
      await scan(page, web.keyturn);
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
  const setPassword = async (page: Page, password: string): Promise<void> => {
    for (const label of ["New password", "Repeat the password"]) await field(page, label).fill(password);
    await press(page, "Set the password");
  };
  /** Behind a link that is of no use any more stands the way to another one. */
  const expectDead = async (link: string): Promise<void> => {
    const page = await web.open(link);
    await warns(page, "This link has expired or was used already.");
    await page.getByRole("link", { name: "Get a new link" }).waitFor();
  };
  /** Asks for another mail address, and returns the link that went there. */
  const changedAddress = async (person: LoggedInPerson, host = "new.example.com"): Promise<string> => {
    const emailAddress = `${person.loginName}@${host}`;
    await person.client.mutate("changeEmailAddress", { emailAddress }, "__typename");
    return await mailedPath(web.keyturn, person, "/confirm-email/");
  };

  it("lets a new account set its password, once, and says how to get another one", async () => {
    const ann = { ...(await newPerson({ password: undefined })), password: NEW };
    const link = await mailedPath(web.keyturn, ann, "/reset-password/");
    const [page, again] = [await web.open(link), await web.open(link)];
    await setPassword(page, NEW);
    await says(page, "Your password is set. Log in with it.");
    await enterPassword(page, ann);
    await arrive(page, "/account/profile");
    await setPassword(again, `${NEW}-again`);
    await says(again, "This link has expired or was used already. Request a new one.");
    await follow(again, "Get a new link");
    await field(again, "Login name").fill(ann.loginName);
    await press(again, "Send the link");
    await says(again, "If an account matches, a link to set a new password is on its way");
    await again.goto(ORIGIN + (await mailedPath(web.keyturn, ann, "/reset-password/")));
    await setPassword(again, `${NEW}-again`);
    await says(again, "Your password is set. Log in with it.");
  });

  it("to a new account is dead after a week, and one to reset a password after an hour or a newer one", async () => {
    const bob = await newPerson({ password: undefined });
    const invitation = await mailedPath(web.keyturn, bob, "/reset-password/");
    web.keyturn.clock.advance({ seconds: 7 * DAY + 1 });
    await expectDead(invitation);
    const request = { loginName: bob.loginName };
    await web.keyturn.anyone.mutate("requestPasswordReset", request, "__typename");
    const older = await mailedPath(web.keyturn, bob, "/reset-password/");
    await web.keyturn.anyone.mutate("requestPasswordReset", request, "__typename");
    const newer = await mailedPath(web.keyturn, bob, "/reset-password/");
    await expectDead(older);
    web.keyturn.clock.advance({ seconds: HOUR + 1 });
    await expectDead(newer);
  });

  it("leads to the login of whom it is for, also in the browser of someone else", async () => {
    const [ann, bob] = [await newPerson(), await newLoggedIn()];
    await web.keyturn.anyone.mutate("requestPasswordReset", { loginName: ann.loginName }, "__typename");
    const page = await web.open(await mailedPath(web.keyturn, ann, "/reset-password/"), { as: bob });
    await setPassword(page, NEW);
    await says(page, "Your password is set. Log in with it.");
    await enterPassword(page, { ...ann, password: NEW });
    await arrive(page, "/account/profile");
    await says(page.getByRole("banner"), ann.loginName.toUpperCase());
  });

  it("confirms a mail address for who is not logged in, and leads to the account through the login", async () => {
    const ann = await newLoggedIn();
    const page = await web.open(await changedAddress(ann), { viewport: TELEPHONE });
    await press(page, "Confirm the address");
    await says(page, "The email address is confirmed.");
    await expectNoBarriers(page);
    await follow(page, "To your account");
    await enterPassword(page, ann);
    await arrive(page, "/account/profile");
    await says(page, `${ann.loginName}@new.example.com`);
  });

  it("confirms no address twice, nor after its time, and says where to enter it once more", async () => {
    const ann = await newLoggedIn();
    const link = await changedAddress(ann);
    const [page, again] = [await web.open(link), await web.open(link)];
    await press(page, "Confirm the address");
    await says(page, "The email address is confirmed.");
    const expired = await changedAddress(ann, "later.example.com");
    web.keyturn.clock.advance({ seconds: HOUR + 1 });
    await press(again, "Confirm the address");
    for (const dead of [again, await web.open(link), await web.open(expired)]) {
      await warns(dead, "This link has expired or was used already.");
      await says(dead, /enter it there once more, and a new link is sent to it\./);
      await dead.getByRole("link", { name: "To your account" }).waitFor();
      await expectNoBarriers(dead);
    }
  });

  it("confirms the address of the account that asked, whoever is logged in", async () => {
    const [ann, bob] = [await newLoggedIn(), await newLoggedIn()];
    const page = await web.open(await changedAddress(ann), { as: bob });
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
    const lost = { accountId: ann.id, reason: "A lost device" };
    await administrator.client.mutate("revokeAccountSessions", lost);
    const page = await web.open("/account/sessions?first=1", { as: ann });
    await enterPassword(page, ann);
    await enterCode(page, nextCode(web.keyturn, ann));
    await arrive(page, "/account/sessions?first=1");
    await titled(page, "Sessions");
    await page.goto(`${ORIGIN}/login?next=${SETTINGS}`);
    await arrive(page, SETTINGS);
  });

  it("tells a suspended account no more than an unknown one", async () => {
    const ann = await newPerson();
    await administrator.client.mutate("suspendAccount", { accountId: ann.id, reason: "On leave" });
    const page = await web.open("/login");
    await enterPassword(page, ann);
    await warns(page, "login name or the password is not correct");
  });

  it("names an administrator where a lock has no end, also before the code", async () => {
    const [ann, bob] = [await newPerson(), await newProtected()];
    await underPolicy(host(), { lockoutMinutes: null }, async () => {
      const waiting = await web.open("/login");
      await enterPassword(waiting, bob);
      await field(waiting, "Verification code").waitFor();
      for (const { loginName } of [ann, bob]) await failLogins(web.keyturn, loginName, 10);
      const page = await web.open("/login", { viewport: TELEPHONE });
      await enterPassword(page, ann);
      await enterCode(waiting, nextCode(web.keyturn, bob));
      for (const each of [page, waiting]) {
        await warns(each, "Contact your administrator.");
        expect(await each.getByRole("timer").count()).toBe(0);
        await expectNoBarriers(each);
      }
    });
  });

  it("refuses a recovery code that was used by its name, and forgets that with the way to the other code", async () => {
    const ann = await newProtected();
    const [recoveryCode = ""] = ann.recoveryCodes;
    const { answer } = await completeLogin(web.keyturn, ann, { recoveryCode });
    expect(answer.__typename).toBe("LoggedIn");
    const page = await web.open(`/login?next=${SETTINGS}`);
    await enterPassword(page, ann);
    await enterRecoveryCode(page, recoveryCode);
    await says(page, "The recovery code is not valid. Each works once.");
    await expectNoBarriers(page);
    await press(page, "Use a code from the app instead");
    expect(await page.getByText("The recovery code is not valid.").count()).toBe(0);
    await enterCode(page, nextCode(web.keyturn, ann));
    await arrive(page, SETTINGS);
  });

  it("sets a second factor up by the keyboard alone, on a telephone", async () => {
    const ann = await newPerson();
    await underPolicy(host(), { twoFactor: "REQUIRED" }, async () => {
      const page = await web.open(`/login?next=${SETTINGS}`, { viewport: TELEPHONE });
      await field(page, "Login name").waitFor();
      await page.keyboard.type(ann.loginName);
      await page.keyboard.press("Tab");
      await page.keyboard.type(ann.password);
      await page.keyboard.press("Enter");
      const app = await scan(page, web.keyturn);
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
    const japanese = await web.open("/login", { locale: "ja-JP" });
    await field(japanese, "ログイン名").fill(ann.loginName);
    await field(japanese, "パスワード").fill("wrong");
    await press(japanese, "ログイン");
    await says(japanese, "ログイン名またはパスワード");
    await field(japanese, "パスワード").fill(ann.password);
    await press(japanese, "ログイン");
    await titled(japanese, "Profile");
    const english = await web.open("/login", { locale: "en-US" });
    await enterPassword(english, jun);
    await titled(english, "プロフィール");
    expect(await english.evaluate(() => document.documentElement.lang)).toBe("ja");
  });
});

describe("a device that is gone", () => {
  it("is no way in once an administrator disabled it, and enabling again makes a new secret", async () => {
    const ann = await newProtected();
    const page = await web.open(`/admin/accounts/${ann.id}`, { as: administrator });
    await titled(page, `Edit User: ${ann.loginName.toUpperCase()}`);
    await press(regionOf(page, "Two-Factor Authentication"), "Disable");
    await field(page, "Reason").fill("lost on a train");
    await press(dialogOf(page), "Disable");
    await says(page, /Two-factor authentication is disabled\./);
    await mailSaying(web.keyturn, ann.loginName, "lost on a train");
    const own = await web.open(`/login?next=${SETTINGS}`);
    await enterPassword(own, ann);
    await follow(own, "Enable");
    const app = await scan(own, web.keyturn);
    expect(app.secret).not.toBe(ann.app.secret);
    await enterCode(own, nextCode(web.keyturn, ann));
    await press(own, "Enable");
    await says(own, "The verification code is not valid.");
    await enterCode(own, app.code());
    await press(own, "Enable");
    await titled(own, "Keep your recovery codes");
  });

  it("is replaced by hand: logged in by the old code, disabled, and enabled with the new device", async () => {
    const ann = await newProtected();
    const page = await web.open(`/login?next=${SETTINGS}`, { viewport: TELEPHONE });
    await enterPassword(page, ann);
    await enterCode(page, nextCode(web.keyturn, ann));
    await press(page, "Disable");
    await prove(page, nextCode(web.keyturn, ann), "Disable");
    await says(page, /Two-factor authentication is disabled\./);
    await follow(page, "Enable");
    const app = await scan(page, web.keyturn);
    await enterCode(page, app.code());
    await press(page, "Enable");
    await titled(page, "Keep your recovery codes");
    await page.context().clearCookies();
    await page.goto(`${ORIGIN}/login?next=${SETTINGS}`);
    await enterPassword(page, ann);
    await enterCode(page, nextCode(web.keyturn, ann));
    await says(page, "The verification code is not valid.");
    await enterCode(page, nextCode(web.keyturn, { app }));
    await arrive(page, SETTINGS);
  });

  it("is told of before: programs that send a password need another credential from then on", async () => {
    const ann = await newLoggedIn();
    const page = await web.open(CONFIGURE, { as: ann });
    await says(page, /a password sent with a request is refused/);
    await says(page, /an API token instead, OAuth or a session; or a service account/);
  });
});

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

/// <reference lib="dom" />
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { failLogins } from "./stage/counters.js";
import { expectNoBarriers } from "./stage/pages.js";
import { logInWithCode, newcomers, nextCode, type ProtectedPerson } from "./stage/people.js";
import { completeLogin, protectAdministrator, underPolicy } from "./stage/proofs.js";
import {
  enterCode,
  enterPassword,
  enterRecoveryCode,
  field,
  press,
  reach,
  says,
  scan,
  titled,
  warns,
} from "./stage/steps.js";
import { arrive, ORIGIN, SETTINGS, startWeb, TELEPHONE, type Web } from "./stage/web.js";

describe("the login", () => {
  let web: Web;
  let administrator: ProtectedPerson;
  const host = () => ({ keyturn: web.keyturn, administrator });
  const { newPerson, newProtected } = newcomers(host);

  beforeAll(async () => {
    web = await startWeb();
    administrator = await protectAdministrator(web.keyturn);
  });
  beforeEach(async () => {
    administrator = await logInWithCode(web.keyturn, administrator);
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

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

/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { failLogins } from "./stage/counters.js";
import { expectNoBarriers, expectNoScrolling, focused } from "./stage/pages.js";
import { type LoggedInPerson, logIn, logInAdministrator, newcomers, nextCode } from "./stage/people.js";
import { dialogOf, enterCode, field, follow, press, says, titled } from "./stage/steps.js";
import {
  arrive,
  bringSession,
  DESK,
  ORIGIN,
  PROFILE,
  SETTINGS,
  startWeb,
  TELEPHONE,
  type Web,
} from "./stage/web.js";

const NEW = "violet-anchor-thistle-3";

describe("profile, login name and password in the account settings", () => {
  let web: Web;
  let administrator: LoggedInPerson;
  const { newPerson, newProtected } = newcomers(() => ({ keyturn: web.keyturn, administrator }));

  beforeAll(async () => {
    web = await startWeb();
    administrator = await logInAdministrator(web.keyturn);
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  const changePassword = async (page: Page, current: string, wanted: string): Promise<void> => {
    await field(page, "Current password").fill(current);
    await field(page, "New password").fill(wanted);
    await press(page, "Change the password");
  };

  for (const viewport of [DESK, TELEPHONE])
    it(`keeps a new display name, and not an empty one, ${viewport.width} wide`, async () => {
      const page = await web.open(PROFILE, { as: await web.logIn(await newPerson()), viewport });
      await field(page, "Display name").fill(" ");
      await press(page, "Save");
      await says(page, "Fill in this field.");
      await expectNoBarriers(page);
      await expectNoScrolling(page);
      await field(page, "Display name").fill("Ann Other");
      await press(page, "Save");
      await says(page, "Saved.");
      await says(page.getByRole("banner"), "Ann Other");
      await expectNoBarriers(page);
      await page.reload();
      await expect.poll(() => field(page, "Display name").inputValue()).toBe("Ann Other");
    });

  it("comes in the new language once that is saved, and back", async () => {
    const page = await web.open(PROFILE, { as: await web.logIn(await newPerson({ locale: "en" })) });
    await field(page, "Language").selectOption("日本語");
    await press(page, "Save");
    await titled(page, "プロフィール");
    await expect.poll(() => focused(page)).toBe("保存しました。");
    await expectNoBarriers(page);
    await field(page, "言語").selectOption("English");
    await press(page, "保存");
    await titled(page, "Profile");
    await says(page, "Saved.");
    await page.reload();
    await titled(page, "Profile");
    expect(await page.getByText("Saved.").count()).toBe(0);
  });

  it("takes another mail address once that was confirmed behind the link that went there", async () => {
    const ann = await newPerson();
    const page = await web.open(PROFILE, { as: await web.logIn(ann) });
    await field(page, "New email address").fill("nowhere");
    await press(page, "Send the link");
    await says(page, "Enter an email address, such as name@example.com.");
    const wanted = `new-${ann.loginName}@example.com`;
    await field(page, "New email address").fill(wanted);
    await press(page, "Send the link");
    await says(page, `A link was emailed to ${wanted}. Open it within an hour and confirm the address there`);
    await expectNoBarriers(page);
    await web.keyturn.settle();
    const mail = await web.keyturn.mailbox.next(
      ({ to, text }) => to === wanted && text.includes("/confirm-email/"),
    );
    expect(mail.text).toContain("confirm there that this is the address of your account");
    await page.goto(/http\S+confirm-email\S+/.exec(mail.text)?.[0] ?? "");
    await press(page, "Confirm the address");
    await page.goto(ORIGIN + PROFILE);
    await says(page, wanted);
  });

  it("gives another login name, and not one that is taken", async () => {
    const ann = await newPerson();
    const page = await web.open(SETTINGS, { as: await web.logIn(ann) });
    await press(page, "Change the login name");
    await says(page, `Nothing was changed: you log in as ${ann.loginName} already.`);
    await field(page, "Login name").fill("ADMIN");
    await press(page, "Change the login name");
    await says(page, "This login name is taken.");
    expect(await field(page, "Login name").inputValue()).toBe("ADMIN");
    await field(page, "Login name").fill("a:b");
    await press(page, "Change the login name");
    await says(page, /without a colon/);
    await expectNoBarriers(page);
    await field(page, "Login name").fill(`new-${ann.loginName}`);
    await press(page, "Change the login name");
    await says(page, `From now on you log in as new-${ann.loginName}.`);
    expect((await logIn(web.keyturn, { ...ann, loginName: `new-${ann.loginName}` })).id).toBe(ann.id);
  });

  it("changes the password, says which rules a weak one breaks, and ends the other sessions", async () => {
    const ann = await newPerson();
    const page = await web.open(SETTINGS, { as: await web.logIn(ann) });
    const elsewhere = await logIn(web.keyturn, ann);
    await says(page, "ends your sessions on all other devices");
    await changePassword(page, "not-the-password", NEW);
    await says(page, "The password is not correct.");
    await changePassword(page, ann.password, "short");
    await says(page, "It needs at least 8 characters.");
    expect(await field(page, "Current password").inputValue()).toBe(ann.password);
    await expectNoBarriers(page);
    await changePassword(page, ann.password, NEW);
    await says(page, "Your password is changed. One other session ended.");
    expect(await field(page, "New password").inputValue()).toBe("");
    const { body } = await elsewhere.client.send("{ viewer { id } }");
    expect(body.errors?.[0].extensions.code).toBe("INVALID_CREDENTIALS");
    await page.reload();
    await says(page, "Current password");
  });

  it("changes the password of a protected account by a code too, not by one that was used", async () => {
    const ann = await newProtected();
    const page = await web.open(SETTINGS, { as: await web.logIn(ann), viewport: TELEPHONE });
    await enterCode(page, ann.app.code());
    await changePassword(page, ann.password, NEW);
    await says(page, "The verification code is not valid.");
    expect(await field(page, "New password").inputValue()).toBe(NEW);
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await enterCode(page, nextCode(web.keyturn, ann));
    await press(page, "Change the password");
    await says(page, /Your password is changed/);
  });

  it("asks for a fresh proof in place, says what was wrong with it, and goes on with what was being done", async () => {
    const ann = await newProtected();
    const page = await web.open(SETTINGS, { as: await web.logIn(ann) });
    await field(page, "Login name").fill(`later-${ann.loginName}`);
    web.keyturn.clock.advance({ seconds: 901 });
    await press(page, "Change the login name");
    await dialogOf(page).getByRole("heading", { name: "Prove that it is you" }).waitFor();
    await says(dialogOf(page), `You are logged in as ${ann.loginName}.`);
    await expectNoBarriers(page);
    await press(dialogOf(page), "Use a recovery code instead");
    await expect.poll(() => focused(page)).toBe("Recovery code");
    await press(dialogOf(page), "Use a code from the app instead");
    await expect.poll(() => focused(page)).toBe("Verification code");
    await press(page, "Confirm");
    expect(await dialogOf(page).getByText("Fill in this field.").count()).toBe(2);
    await field(dialogOf(page), "Password").fill("not-the-password");
    await enterCode(dialogOf(page), ann.app.code());
    await press(page, "Confirm");
    await says(page, "The password is not correct.");
    await expect.poll(() => focused(page)).toBe("Password");
    await page.keyboard.insertText(ann.password);
    await enterCode(dialogOf(page), nextCode(web.keyturn, ann));
    await press(page, "Confirm");
    await says(page, `From now on you log in as later-${ann.loginName}.`);
  });

  it("loses nothing that was typed where the fresh proof is not given", async () => {
    const ann = await newPerson();
    const page = await web.open(SETTINGS, { as: await web.logIn(ann) });
    await field(page, "Login name").fill("someone-else");
    web.keyturn.clock.advance({ seconds: 901 });
    await press(page, "Change the login name");
    await dialogOf(page).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => dialogOf(page).count()).toBe(0);
    expect(await field(page, "Login name").inputValue()).toBe("someone-else");
  });

  it("closes the question for a fresh proof on going back, and begins each page at its title", async () => {
    const ann = await newPerson();
    const page = await web.open(PROFILE, { as: await web.logIn(ann) });
    await follow(page, "Login Name & Password");
    await field(page, "Login name").fill("someone-else");
    expect(await dialogOf(page).count()).toBe(0);
    web.keyturn.clock.advance({ seconds: 901 });
    await press(page, "Change the login name");
    await dialogOf(page).waitFor();
    await page.goBack();
    await titled(page, "Profile");
    await expect.poll(() => dialogOf(page).count()).toBe(0);
    await follow(page, "Sessions");
    await expect.poll(() => focused(page)).toBe("Sessions");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
  });

  it("counts down while a fresh proof is locked", async () => {
    const ann = await newPerson();
    const page = await web.open(SETTINGS, { as: await web.logIn(ann) });
    web.keyturn.clock.advance({ seconds: 901 });
    await page.clock.setFixedTime(web.keyturn.clock.now());
    await field(page, "Login name").fill("someone-else");
    await press(page, "Change the login name");
    await dialogOf(page).waitFor();
    await failLogins(web.keyturn, ann.loginName, 10);
    await field(dialogOf(page), "Password").fill(ann.password);
    await press(page, "Confirm");
    await says(page, /Wait 3 minutes, then try again/);
    await says(page, "You can try again in 3:00.");
    await expectNoBarriers(page);
    const { client } = await logInAdministrator(web.keyturn);
    await client.mutate("unlockAccount", { accountId: ann.id });
    await press(page, "Confirm");
    await says(page, "From now on you log in as someone-else.");
  });

  it("leads from the page for a fresh proof back to the account", async () => {
    const page = await web.open("/step-up", { as: await web.logIn(await newPerson()) });
    await follow(page, "To your account");
    await arrive(page, PROFILE);
  });

  it("loses nothing that was typed where the session was ended elsewhere, and goes on after a login beside it", async () => {
    const ann = await newPerson();
    const page = await web.open(PROFILE, { as: await web.logIn(ann), loadsMayFail: true });
    await field(page, "Display name").fill("A name that took long to think of");
    const lost = { accountId: ann.id, reason: "A lost device" };
    await administrator.client.mutate("revokeAccountSessions", lost);
    await press(page, "Save");
    await says(page, "You are logged out");
    await expectNoBarriers(page);
    expect(await field(page, "Display name").inputValue()).toBe("A name that took long to think of");
    await bringSession(page.context(), await web.logIn(ann));
    await press(page, "Save");
    await says(page, "Saved.");
  });
});

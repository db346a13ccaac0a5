import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mailedPath } from "./stage/mailbox.js";
import { expectNoBarriers } from "./stage/pages.js";
import { type LoggedInPerson, logInWithCode, newcomers, type ProtectedPerson } from "./stage/people.js";
import { protectAdministrator } from "./stage/proofs.js";
import { enterPassword, field, follow, press, says, warns } from "./stage/steps.js";
import { arrive, ORIGIN, startWeb, TELEPHONE, type Web } from "./stage/web.js";

const NEW = "violet-anchor-thistle-3";
const HOUR = 3600;
const DAY = 24 * HOUR;

describe("a link from a mail", () => {
  let web: Web;
  let administrator: ProtectedPerson;
  const { newPerson, newLoggedIn } = newcomers(() => ({ keyturn: web.keyturn, administrator }));

  beforeAll(async () => {
    web = await startWeb();
    administrator = await protectAdministrator(web.keyturn);
  });
  beforeEach(async () => {
    administrator = await logInWithCode(web.keyturn, administrator);
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

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

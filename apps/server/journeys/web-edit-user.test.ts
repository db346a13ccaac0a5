import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authorizeApplication } from "./stage/oauth.js";
import { expectNoBarriers, expectNoScrolling } from "./stage/pages.js";
import {
  createPerson,
  createProtectedPerson,
  logIn,
  logInWithCode,
  nextCode,
  type Person,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";
import {
  dialogOf,
  enterPassword,
  field,
  follow,
  press,
  regionOf,
  says,
  tells,
  titled,
  warns,
} from "./stage/steps.js";
import { arrive, ORIGIN, type PageOptions, startWeb, TELEPHONE, type Web } from "./stage/web.js";

const DAY = 24 * 60 * 60;
/** Longer than a proof is fresh, shorter than a session lives. */
const HOUR = 60 * 60;
/** What a scope of the deployment allows, in its own words. */
const ORDERS = 'Read "your" orders & <bills>';

describe("the administration of one account, in a browser", () => {
  let web: Web;
  let first: ProtectedPerson;

  const edit = ({ id }: Person, options: PageOptions = {}): Promise<Page> =>
    web.open(`/admin/accounts/${id}`, { as: first, ...options });
  /** Logs somebody in by the pages, with a code where one is asked for. */
  const logInByPages = async (person: Person & Partial<ProtectedPerson>, path: string): Promise<Page> => {
    const page = await web.open(path);
    await enterPassword(page, person);
    if (person.app === undefined) return page;
    const code = nextCode(web.keyturn, { app: person.app });
    await field(page, "Verification code").pressSequentially(code);
    await arrive(page, path);
    return page;
  };
  const ask = async (page: Page, name: string): Promise<Locator> => {
    await press(page, name);
    return dialogOf(page);
  };

  beforeAll(async () => {
    web = await startWeb({ KEYTURN_SCOPES: `orders:read=${ORDERS}` });
    first = await protectAdministrator(web.keyturn);
  });
  beforeEach(async () => {
    first = await logInWithCode(web.keyturn, first);
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  it("keeps the last administrator, says why beside each button, and loses nothing that was typed", async () => {
    const page = await edit(first, { viewport: TELEPHONE });
    const why = "This is the last administrator. Make another account an administrator first.";
    const demote = await ask(page, "Make a user");
    await press(demote, "Make a user");
    await warns(demote, why);
    await expectNoBarriers(page);
    await press(demote, "Cancel");
    const suspend = await ask(page, "Suspend");
    await field(suspend, "Reason").fill("on leave");
    await press(suspend, "Suspend");
    await warns(suspend, why);
    expect(await field(suspend, "Reason").inputValue()).toBe("on leave");
    await press(suspend, "Cancel");
    const end = await ask(page, "Delete");
    await field(end, "Type admin to confirm").fill("admin");
    await press(end, "Delete");
    await warns(end, why);
    expect(await field(end, "Type admin to confirm").inputValue()).toBe("admin");
    await expectNoScrolling(page);
    expect(await first.client.query("{ viewer { role } }")).toEqual({ viewer: { role: "ADMINISTRATOR" } });
  });

  it("makes a guest, who is offered no second factor and logs in by password where all others need one", async () => {
    const page = await web.open("/admin/accounts/new", { as: first });
    await page.getByLabel("Guest").check();
    await field(page, "Login name").fill("visitor");
    await field(page, "Display name").fill("Visitor");
    await page.getByLabel("Set it here").check();
    await field(page, "New password").fill("quiet-harbor-lantern-7");
    await press(page, "Create account");
    await says(page, "The account visitor is created.");
    const part = regionOf(page, "Two-Factor Authentication");
    await says(part, "Guests and service accounts have no two-factor authentication.");
    expect(await part.getByRole("button").count()).toBe(0);
    expect(await isWarning(part.getByText("Disabled"))).toBe(false);
    await says(page, "A guest is never an administrator.");
    expect(await page.getByRole("button", { name: "Make an administrator" }).count()).toBe(0);
    await expectNoBarriers(page);
    await setPolicy(first, { twoFactor: "REQUIRED" });
    const visitor = { id: "", loginName: "visitor", password: "quiet-harbor-lantern-7" };
    const theirs = await logInByPages(visitor, "/account/login-name-and-password");
    await says(theirs, "it is for people of the organization, not for guests");
    expect(await theirs.getByRole("link", { name: /Enable|Configure/ }).count()).toBe(0);
    await setPolicy(first, { twoFactor: "OPTIONAL" });
  });

  it("changes a mail address at once, tells both addresses, and keeps what is none", async () => {
    const ann = await createPerson(first, "ann");
    const page = await edit(ann, { viewport: TELEPHONE });
    const address = field(page, "Email address");
    await says(page, "A change takes effect at once, without a confirmation");
    await press(page, "Save email address");
    await says(page, "This is the address already.");
    await address.fill("ann at home");
    await press(page, "Save email address");
    await says(page, "Enter an email address, such as name@example.com.");
    expect(await address.inputValue()).toBe("ann at home");
    await expectNoBarriers(page);
    await address.fill("ann@home.example");
    await press(page, "Save email address");
    await says(page, "An email about it goes to: ann@example.com, ann@home.example");
    for (const told of ["ann@example.com", "ann@home.example"])
      await web.keyturn.mailbox.next(({ to, text }) => to === told && text.includes("ann@home.example"));
    const { account } = await first.client.query(`{ account(id: "${ann.id}") { emailAddress } }`);
    expect(account).toEqual({ emailAddress: "ann@home.example" });
    await address.fill("");
    await press(page, "Save email address");
    await says(page, "Without an email address no link can be sent.");
    await expectNoScrolling(page);
  });

  it("refuses a weak password by the rules that it breaks, and sets a good one instead", async () => {
    const ben = await logIn(web.keyturn, await createPerson(first, "benjamin"));
    const page = await edit(ben);
    const dialog = await ask(page, "Set a password");
    await says(dialog, "links that were emailed stop working");
    const password = field(dialog, "New password");
    await password.fill("ben");
    await press(dialog, "Set a password");
    await says(dialog, /at least 8 characters/);
    await password.fill("benjamin1");
    await press(dialog, "Set a password");
    await dialog.getByText(/name/).last().waitFor();
    expect(await password.inputValue()).toBe("benjamin1");
    await expectNoBarriers(page);
    await password.fill("violet-anchor-thistle-3");
    await press(dialog, "Set a password");
    await says(page, "The password is set. Sessions ended: 1.");
    expect((await ben.client.send("{ viewer { id } }")).text).toContain("INVALID_CREDENTIALS");
    await logIn(web.keyturn, { ...ben, password: "violet-anchor-thistle-3" });
  });

  it("ends one session, one token and one application of somebody, after saying what that ends", async () => {
    const cat = await logIn(web.keyturn, await createPerson(first, "cat"));
    const wanted = { name: "Nightly", scopes: ["account:read", "orders:read"] };
    const { token } = await cat.client.mutate("createApiToken", wanted, "... on ApiTokenCreated { token }");
    await authorizeApplication(web.keyturn, cat, { scopes: "orders:read" });
    const page = await edit(cat);
    const sessions = regionOf(page, "Sessions");
    await press(sessions, "End the session: node");
    await says(dialogOf(page), "is logged out at once");
    await press(dialogOf(page), "End");
    await says(page, "The session has ended.");
    await says(sessions, "There is no session.");
    expect((await cat.client.send("{ viewer { id } }")).text).toContain("INVALID_CREDENTIALS");
    await press(page, "Revoke Nightly");
    await says(dialogOf(page), "Whatever uses this token is refused at once.");
    await expectNoBarriers(page);
    const headers = { authorization: `Bearer ${token}` };
    expect((await web.keyturn.anyone.with(headers).send("{ viewer { id } }")).text).toContain(cat.id);
    await press(dialogOf(page), "Revoke");
    await says(page, "The token is revoked.");
    expect((await web.keyturn.anyone.with(headers).send("{ viewer { id } }")).status).toBe(401);
    const application = page.getByRole("row", { name: /Photo Printer/ });
    await says(application, ORDERS);
    await press(application, "Disconnect Photo Printer");
    await says(dialogOf(page), "is refused at once, on every device");
    await press(dialogOf(page), "Disconnect");
    await says(page, "No application is connected.");
  });

  it("says what the deployment's own scopes allow, wherever one is chosen or shown", async () => {
    const robot = await createPerson(first, "robot", { kind: "SERVICE" });
    const page = await edit(robot);
    await says(page, "Notices about the account are sent here.");
    expect(await page.getByText(/Links to set|two-factor authentication stays/).count()).toBe(0);
    const suspend = await ask(page, "Suspend");
    await says(suspend, "The account cannot be used any more. Its API tokens");
    await press(suspend, "Cancel");
    const name = field(page, "Name");
    await press(page, "Create token");
    await says(page, "Fill in this field.");
    await says(page, "Choose at least one.");
    await name.fill("Orders");
    await page.getByText(ORDERS).click();
    await field(page, /^Works until the end of/).fill("2026-11-01");
    await press(page, "Create token");
    await says(page, "Choose today or a later day.");
    await field(page, /^Works until the end of/).fill("");
    await press(page, "Create token");
    await says(page.getByRole("row", { name: /Orders/ }), ORDERS);
    const client = await web.open("/admin/clients/new", { as: first });
    await client.getByLabel(`${ORDERS} (orders:read)`).waitFor();
  });

  it("asks for a fresh proof within the saving of the policy, and goes on by itself", async () => {
    const page = await logInByPages(first, "/admin/policy");
    web.keyturn.clock.advance({ seconds: HOUR });
    await field(page, "Failed attempts before an account locks").fill("12");
    await press(page, "Check and save");
    await press(dialogOf(page, "Save this policy?"), "Save the policy");
    const proof = dialogOf(page, "Prove that it is you");
    await field(proof, "Password").fill(first.password);
    await expectNoBarriers(page);
    await field(proof, "Verification code").pressSequentially(nextCode(web.keyturn, first));
    await press(proof, "Confirm");
    await says(page, "The security policy is saved.");
    expect(await dialogOf(page).count()).toBe(0);
    const { securityPolicy } = await first.client.query("{ securityPolicy { maximumFailedAttempts } }");
    expect(securityPolicy).toEqual({ maximumFailedAttempts: 12 });
  });

  it("asks for one fresh proof where two changes wait for it, and goes on with both", async () => {
    const amy = await createPerson(first, "amy");
    const page = await logInByPages(first, `/admin/accounts/${amy.id}`);
    await field(page, "Email address").fill("amy@home.example");
    web.keyturn.clock.advance({ seconds: HOUR });
    let letBothGo: () => void = () => {};
    const bothSent = new Promise<void>((resolve) => {
      letBothGo = resolve;
    });
    await page.route("**/graphql", async (route) => {
      if (route.request().postData()?.includes("changeAccountRole") === true) letBothGo();
      await bothSent;
      await route.continue();
    });
    await press(page, "Save email address");
    await press(await ask(page, "Make an administrator"), "Make an administrator");
    const proof = dialogOf(page, "Prove that it is you");
    await field(proof, "Password").fill(first.password);
    await field(proof, "Verification code").pressSequentially(nextCode(web.keyturn, first));
    await press(proof, "Confirm");
    const nowOfAmy = `{ account(id: "${amy.id}") { role emailAddress } }`;
    await expect
      .poll(async () => (await first.client.query(nowOfAmy)).account)
      .toEqual({ role: "ADMINISTRATOR", emailAddress: "amy@home.example" });
  });

  it("warns who ends their own rights or account, and leads them where they can still be", async () => {
    const dan = await logIn(web.keyturn, await createPerson(first, "dan"));
    const eve = await logIn(web.keyturn, await createPerson(first, "eve"));
    for (const { id } of [dan, eve])
      await first.client.mutate("changeAccountRole", { accountId: id, role: "ADMINISTRATOR" });
    const page = await web.open(`/admin/accounts/${dan.id}`, { as: dan });
    const part = regionOf(page, "Two-Factor Authentication");
    await part.getByRole("link", { name: "Enable it in your account settings" }).waitFor();
    expect(await isWarning(part.getByText("Disabled"))).toBe(true);
    const demote = await ask(page, "Make a user");
    await says(demote, "only another administrator can undo it");
    await press(demote, "Make a user");
    await titled(page, "Profile");
    expect(await page.getByRole("link", { name: "Administration" }).count()).toBe(0);
    const leaving = await web.open(`/admin/accounts/${eve.id}`, { as: eve });
    const suspend = await ask(leaving, "Suspend");
    await says(suspend, "you are logged out at once");
    await field(suspend, "Reason").fill("leaving");
    await press(suspend, "Suspend");
    await titled(leaving, "Log in");
  });

  it("asks a second administrator for a reset, leads to where it waits, and nobody decides their own", async () => {
    let second = await createProtectedPerson(web.keyturn, first, "second");
    const third = await createProtectedPerson(web.keyturn, first, "third");
    for (const { id } of [second, third])
      await first.client.mutate("changeAccountRole", { accountId: id, role: "ADMINISTRATOR" });
    await setPolicy(first, { resetNeedsApproval: true });
    web.keyturn.clock.advance({ seconds: DAY });
    [first, second] = [await logInWithCode(web.keyturn, first), await logInWithCode(web.keyturn, second)];
    const page = await edit(third, { viewport: TELEPHONE });
    expect(await page.getByRole("button", { name: "Disable" }).count()).toBe(0);
    const dialog = await ask(page, "Request a reset");
    const sentences = await dialog.getByRole("paragraph").allTextContents();
    expect(sentences[0]).toContain("nothing changes until another administrator approves it");
    expect(sentences[1]).toMatch(/^Once it is approved, /);
    await expectNoBarriers(page);
    await field(dialog, "Reason").fill("lost in a lake");
    await press(dialog, "Request a reset");
    const waits = "A reset is pending. Another administrator must approve it by";
    await page.getByText(waits).first().waitFor();
    await page.reload();
    const part = regionOf(page, "Two-Factor Authentication");
    await says(part, waits);
    expect(await part.getByRole("button").count()).toBe(0);
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await follow(part, "To the pending resets");
    await says(page, "You requested this yourself: another administrator must approve it.");
    expect(await page.getByRole("button", { name: /^Approve/ }).count()).toBe(0);
    const own = await web.open("/admin/resets", { as: await logInWithCode(web.keyturn, third) });
    await says(own, "This is your own account: another administrator must approve it.");
    expect(await own.getByRole("button", { name: /^Approve/ }).count()).toBe(0);
    const deciding = await web.open("/admin/resets", { as: second });
    await press(deciding, "Approve the reset for THIRD");
    await press(dialogOf(deciding), "Approve");
    await says(deciding, "Two-factor authentication of THIRD is disabled.");
    await page.goto(`${ORIGIN}/admin/accounts/${third.id}`);
    await says(part, "The person enables it in their own account settings.");
    expect(await part.getByText(waits).count()).toBe(0);
  });

  it("finds back from a page of the accounts that was loaded again, and to the first one from a link", async () => {
    const names = Array.from({ length: 101 }, (_, count) => `many-${100 + count}`);
    await Promise.all(names.map((name) => createPerson(first, name)));
    const page = await web.open("/admin/accounts?search=many-", { as: first });
    await tells(page, "Accounts 1–50 of 101");
    await press(page, "Next");
    await tells(page, "Accounts 51–100 of 101");
    await press(page, "Next");
    await tells(page, "Accounts 101–101 of 101");
    await page.reload();
    await page.getByRole("link", { name: /^MANY-/ }).click();
    await follow(page, "Back to the accounts");
    await tells(page, "Accounts 101–101 of 101");
    const linked = await web.open(new URL(page.url()).pathname + new URL(page.url()).search, { as: first });
    await press(page, "Previous");
    await tells(page, "Accounts 51–100 of 101");
    await press(page, "Previous");
    await tells(page, "Accounts 1–50 of 101");
    await press(linked, "To the first page");
    await tells(linked, "Accounts 1–50 of 101");
    await expectNoBarriers(linked);
  });

  it("finds back in the audit log from a link to its second page", async () => {
    const page = await web.open("/admin/audit", { as: first });
    await press(page, "Next");
    await says(page, /^Page 2$/);
    const linked = await web.open(`/admin/audit${new URL(page.url()).search}`, { as: first });
    await says(linked, /^Page 2$/);
    await press(linked, "Previous");
    await says(linked, /^Page 1$/);
  });
});

/** Whether a badge has the colour of a warning. */
async function isWarning(badge: Locator): Promise<boolean> {
  return await badge.evaluate((element) => element.classList.contains("badge-warn"));
}

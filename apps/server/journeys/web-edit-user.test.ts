import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authorizeApplication } from "./stage/oauth.js";
import { closeWithoutComplaints, expectNoBarriers, openPage, type WatchedPage } from "./stage/pages.js";
import {
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logIn,
  logInWithCode,
  type Person,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";
import { expectNoScrolling, nextCode } from "./stage/settings-pages.js";
import { ORIGIN, openAs, startWeb, TELEPHONE, type Web } from "./stage/web.js";

const DAY = 24 * 60 * 60;
/** Longer than a proof is fresh, shorter than a session lives. */
const HOUR = 60 * 60;
/** What a scope of the deployment allows, in its own words. */
const ORDERS = 'Read "your" orders & <bills>';

describe("the administration of one account, in a browser", () => {
  let web: Web;
  let first: ProtectedPerson;
  const opened: WatchedPage[] = [];

  const open = async (
    by: LoggedInPerson,
    path: string,
    options: BrowserContextOptions = {},
  ): Promise<Page> => {
    const watched = await openAs(web, by, { path, ...options });
    opened.push(watched);
    return watched.page;
  };
  const edit = (person: Person, options: BrowserContextOptions = {}): Promise<Page> =>
    open(first, `/admin/accounts/${person.id}`, options);
  const again = async (person: ProtectedPerson): Promise<ProtectedPerson> => ({
    ...person,
    ...(await logInWithCode(web.keyturn, person)),
  });
  /** Logs somebody in by the pages, with a code where one is asked for. */
  const logInByPages = async (person: Person & Partial<ProtectedPerson>, path: string): Promise<Page> => {
    const watched = await openPage(web.browser);
    opened.push(watched);
    const { page } = watched;
    await page.goto(ORIGIN + path);
    await page.getByLabel("Login name").fill(person.loginName);
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Log in" }).click();
    if (person.app === undefined) return page;
    const code = nextCode(web.keyturn, { app: person.app });
    await page.getByLabel("Verification code").pressSequentially(code);
    await page.waitForURL(ORIGIN + path);
    return page;
  };
  const ask = async (page: Page, name: string): Promise<Locator> => {
    await page.getByRole("button", { name, exact: true }).click();
    return page.getByRole("dialog");
  };
  const press = (place: Page | Locator, name: string): Promise<void> =>
    place.getByRole("button", { name, exact: true }).click();

  beforeAll(async () => {
    web = await startWeb({ KEYTURN_SCOPES: `orders:read=${ORDERS}` });
    first = await protectAdministrator(web.keyturn);
  });
  beforeEach(async () => {
    first = await again(first);
  });
  afterEach(() => closeWithoutComplaints(opened));
  afterAll(() => web?.close());

  it("keeps the last administrator, says why beside each button, and loses nothing that was typed", async () => {
    const page = await edit(first, { viewport: TELEPHONE });
    const why = "This is the last administrator. Make another account an administrator first.";
    const demote = await ask(page, "Make a user");
    await press(demote, "Make a user");
    await demote.getByRole("alert").getByText(why).waitFor();
    await expectNoBarriers(page);
    await press(demote, "Cancel");
    const suspend = await ask(page, "Suspend");
    await suspend.getByLabel("Reason").fill("on leave");
    await press(suspend, "Suspend");
    await suspend.getByRole("alert").getByText(why).waitFor();
    expect(await suspend.getByLabel("Reason").inputValue()).toBe("on leave");
    await press(suspend, "Cancel");
    const end = await ask(page, "Delete");
    await end.getByLabel("Type admin to confirm").fill("admin");
    await press(end, "Delete");
    await end.getByRole("alert").getByText(why).waitFor();
    expect(await end.getByLabel("Type admin to confirm").inputValue()).toBe("admin");
    await expectNoScrolling(page);
    expect(await first.client.query("{ viewer { role } }")).toEqual({ viewer: { role: "ADMINISTRATOR" } });
  });

  it("makes a guest, who is offered no second factor and logs in by password where all others need one", async () => {
    const page = await open(first, "/admin/accounts/new");
    await page.getByLabel("Guest").check();
    await page.getByLabel("Login name").fill("visitor");
    await page.getByLabel("Display name").fill("Visitor");
    await page.getByLabel("Set it here").check();
    await page.getByLabel("New password").fill("quiet-harbor-lantern-7");
    await press(page, "Create account");
    await page.getByText("The account visitor is created.").waitFor();
    const part = page.getByRole("region", { name: "Two-Factor Authentication" });
    await part.getByText("Guests and service accounts have no two-factor authentication.").waitFor();
    expect(await part.getByRole("button").count()).toBe(0);
    expect(await isWarning(part.getByText("Disabled"))).toBe(false);
    await page.getByText("A guest is never an administrator.").waitFor();
    expect(await page.getByRole("button", { name: "Make an administrator" }).count()).toBe(0);
    await expectNoBarriers(page);
    await setPolicy(first, { twoFactor: "REQUIRED" });
    const visitor = { id: "", loginName: "visitor", password: "quiet-harbor-lantern-7" };
    const theirs = await logInByPages(visitor, "/account/login-name-and-password");
    await theirs.getByText("it is for people of the organization, not for guests").waitFor();
    expect(await theirs.getByRole("link", { name: /Enable|Configure/ }).count()).toBe(0);
    await setPolicy(first, { twoFactor: "OPTIONAL" });
  });

  it("changes a mail address at once, tells both addresses, and keeps what is none", async () => {
    const ann = await createPerson(first, "ann");
    const page = await edit(ann, { viewport: TELEPHONE });
    const address = page.getByRole("textbox", { name: "Email address" });
    await page.getByText("A change takes effect at once, without a confirmation").waitFor();
    await press(page, "Save email address");
    await page.getByText("This is the address already.").waitFor();
    await address.fill("ann at home");
    await press(page, "Save email address");
    await page.getByText("Enter an email address, such as name@example.com.").waitFor();
    expect(await address.inputValue()).toBe("ann at home");
    await expectNoBarriers(page);
    await address.fill("ann@home.example");
    await press(page, "Save email address");
    await page.getByText("An email about it goes to: ann@example.com, ann@home.example").waitFor();
    for (const told of ["ann@example.com", "ann@home.example"])
      await web.keyturn.mailbox.next(({ to, text }) => to === told && text.includes("ann@home.example"));
    const { account } = await first.client.query(`{ account(id: "${ann.id}") { emailAddress } }`);
    expect(account).toEqual({ emailAddress: "ann@home.example" });
    await address.fill("");
    await press(page, "Save email address");
    await page.getByText("Without an email address no link can be sent.").waitFor();
    await expectNoScrolling(page);
  });

  it("refuses a weak password by the rules that it breaks, and sets a good one instead", async () => {
    const ben = await logIn(web.keyturn, await createPerson(first, "benjamin"));
    const page = await edit(ben);
    const dialog = await ask(page, "Set a password");
    await dialog.getByText("links that were emailed stop working").waitFor();
    const password = dialog.getByLabel("New password");
    await password.fill("ben");
    await press(dialog, "Set a password");
    await dialog.getByText(/at least 8 characters/).waitFor();
    await password.fill("benjamin1");
    await press(dialog, "Set a password");
    await dialog.getByText(/name/).last().waitFor();
    expect(await password.inputValue()).toBe("benjamin1");
    await expectNoBarriers(page);
    await password.fill("violet-anchor-thistle-3");
    await press(dialog, "Set a password");
    await page.getByText("The password is set. Sessions ended: 1.").waitFor();
    expect((await ben.client.send("{ viewer { id } }")).text).toContain("INVALID_CREDENTIALS");
    await logIn(web.keyturn, { ...ben, password: "violet-anchor-thistle-3" });
  });

  it("ends one session, one token and one application of somebody, after saying what that ends", async () => {
    const cat = await logIn(web.keyturn, await createPerson(first, "cat"));
    const wanted = { name: "Nightly", scopes: ["account:read", "orders:read"] };
    const { token } = await cat.client.mutate("createApiToken", wanted, "... on ApiTokenCreated { token }");
    await authorizeApplication(web.keyturn, cat, { scopes: "orders:read" });
    const page = await edit(cat);
    const sessions = page.getByRole("region", { name: "Sessions" });
    await press(sessions, "End the session: node");
    await page.getByRole("dialog").getByText("is logged out at once").waitFor();
    await press(page.getByRole("dialog"), "End");
    await page.getByText("The session has ended.").waitFor();
    await sessions.getByText("There is no session.").waitFor();
    expect((await cat.client.send("{ viewer { id } }")).text).toContain("INVALID_CREDENTIALS");
    await press(page, "Revoke Nightly");
    await page.getByRole("dialog").getByText("Whatever uses this token is refused at once.").waitFor();
    await expectNoBarriers(page);
    const headers = { authorization: `Bearer ${token}` };
    expect((await web.keyturn.anyone.with(headers).send("{ viewer { id } }")).text).toContain(cat.id);
    await press(page.getByRole("dialog"), "Revoke");
    await page.getByText("The token is revoked.").waitFor();
    expect((await web.keyturn.anyone.with(headers).send("{ viewer { id } }")).status).toBe(401);
    const application = page.getByRole("row", { name: /Photo Printer/ });
    await application.getByText(ORDERS).waitFor();
    await press(application, "Disconnect Photo Printer");
    await page.getByRole("dialog").getByText("is refused at once, on every device").waitFor();
    await press(page.getByRole("dialog"), "Disconnect");
    await page.getByText("No application is connected.").waitFor();
  });

  it("says what the deployment's own scopes allow, wherever one is chosen or shown", async () => {
    const robot = await createPerson(first, "robot", { kind: "SERVICE" });
    const page = await edit(robot);
    await page.getByText("Notices about the account are sent here.").waitFor();
    expect(await page.getByText(/Links to set|two-factor authentication stays/).count()).toBe(0);
    const suspend = await ask(page, "Suspend");
    await suspend.getByText("The account cannot be used any more. Its API tokens").waitFor();
    await press(suspend, "Cancel");
    const name = page.getByLabel("Name", { exact: true });
    await press(page, "Create token");
    await page.getByText("Fill in this field.").waitFor();
    await page.getByText("Choose at least one.").waitFor();
    await name.fill("Orders");
    await page.getByText(ORDERS).click();
    await page.getByLabel("Works until the end of").fill("2026-11-01");
    await press(page, "Create token");
    await page.getByText("Choose today or a later day.").waitFor();
    await page.getByLabel("Works until the end of").fill("");
    await press(page, "Create token");
    await page
      .getByRole("row", { name: /Orders/ })
      .getByText(ORDERS)
      .waitFor();
    const client = await open(first, "/admin/clients/new");
    await client.getByLabel(`${ORDERS} (orders:read)`).waitFor();
  });

  it("asks for a fresh proof within the saving of the policy, and goes on by itself", async () => {
    const page = await logInByPages(first, "/admin/policy");
    web.keyturn.clock.advance({ seconds: HOUR });
    await page.getByLabel("Failed attempts before an account locks").fill("12");
    await press(page, "Check and save");
    await press(page.getByRole("dialog", { name: "Save this policy?" }), "Save the policy");
    const proof = page.getByRole("dialog", { name: "Prove that it is you" });
    await proof.getByLabel("Password", { exact: true }).fill(first.password);
    await expectNoBarriers(page);
    await proof.getByLabel("Verification code").pressSequentially(nextCode(web.keyturn, first));
    await proof.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("The security policy is saved.").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    const { securityPolicy } = await first.client.query("{ securityPolicy { maximumFailedAttempts } }");
    expect(securityPolicy).toEqual({ maximumFailedAttempts: 12 });
  });

  it("asks for one fresh proof where two changes wait for it, and goes on with both", async () => {
    const amy = await createPerson(first, "amy");
    const page = await logInByPages(first, `/admin/accounts/${amy.id}`);
    await page.getByRole("textbox", { name: "Email address" }).fill("amy@home.example");
    web.keyturn.clock.advance({ seconds: HOUR });
    let letBothGo: () => void = () => {};
    const bothSent = new Promise<void>((resolve) => {
      letBothGo = resolve;
    });
    await page.route("**/graphql", async (route) => {
      if (route.request().postData()?.includes("changeAccountRole")) letBothGo();
      await bothSent;
      await route.continue();
    });
    await press(page, "Save email address");
    await press(await ask(page, "Make an administrator"), "Make an administrator");
    const proof = page.getByRole("dialog", { name: "Prove that it is you" });
    await proof.getByLabel("Password", { exact: true }).fill(first.password);
    await proof.getByLabel("Verification code").pressSequentially(nextCode(web.keyturn, first));
    await proof.getByRole("button", { name: "Confirm" }).click();
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
    const page = await open(dan, `/admin/accounts/${dan.id}`);
    const part = page.getByRole("region", { name: "Two-Factor Authentication" });
    await part.getByRole("link", { name: "Enable it in your account settings" }).waitFor();
    expect(await isWarning(part.getByText("Disabled"))).toBe(true);
    const demote = await ask(page, "Make a user");
    await demote.getByText("only another administrator can undo it").waitFor();
    await press(demote, "Make a user");
    await page.getByRole("heading", { level: 1, name: "Profile" }).waitFor();
    expect(await page.getByRole("link", { name: "Administration" }).count()).toBe(0);
    const leaving = await open(eve, `/admin/accounts/${eve.id}`);
    const suspend = await ask(leaving, "Suspend");
    await suspend.getByText("you are logged out at once").waitFor();
    await suspend.getByLabel("Reason").fill("leaving");
    await press(suspend, "Suspend");
    await leaving.getByRole("heading", { level: 1, name: "Log in" }).waitFor();
  });

  it("asks a second administrator for a reset, leads to where it waits, and nobody decides their own", async () => {
    let second = await createProtectedPerson(web.keyturn, first, "second");
    const third = await createProtectedPerson(web.keyturn, first, "third");
    for (const { id } of [second, third])
      await first.client.mutate("changeAccountRole", { accountId: id, role: "ADMINISTRATOR" });
    await setPolicy(first, { resetNeedsApproval: true });
    web.keyturn.clock.advance({ seconds: DAY });
    [first, second] = [await again(first), await again(second)];
    const page = await edit(third, { viewport: TELEPHONE });
    expect(await page.getByRole("button", { name: "Disable" }).count()).toBe(0);
    const dialog = await ask(page, "Request a reset");
    const sentences = await dialog.getByRole("paragraph").allTextContents();
    expect(sentences[0]).toContain("nothing changes until another administrator approves it");
    expect(sentences[1]).toMatch(/^Once it is approved, /);
    await expectNoBarriers(page);
    await dialog.getByLabel("Reason").fill("lost in a lake");
    await press(dialog, "Request a reset");
    const waits = "A reset is pending. Another administrator must approve it by";
    await page.getByText(waits).first().waitFor();
    await page.reload();
    const part = page.getByRole("region", { name: "Two-Factor Authentication" });
    await part.getByText(waits).waitFor();
    expect(await part.getByRole("button").count()).toBe(0);
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await part.getByRole("link", { name: "To the pending resets" }).click();
    await page.getByText("You requested this yourself: another administrator must approve it.").waitFor();
    expect(await page.getByRole("button", { name: /^Approve/ }).count()).toBe(0);
    const own = await open(await again(third), "/admin/resets");
    await own.getByText("This is your own account: another administrator must approve it.").waitFor();
    expect(await own.getByRole("button", { name: /^Approve/ }).count()).toBe(0);
    const deciding = await open(second, "/admin/resets");
    await press(deciding, "Approve the reset for THIRD");
    await press(deciding.getByRole("dialog"), "Approve");
    await deciding.getByText("Two-factor authentication of THIRD is disabled.").waitFor();
    await page.goto(`${ORIGIN}/admin/accounts/${third.id}`);
    await part.getByText("The person enables it in their own account settings.").waitFor();
    expect(await part.getByText(waits).count()).toBe(0);
  });

  it("finds back from a page of the accounts that was loaded again, and to the first one from a link", async () => {
    const names = Array.from({ length: 101 }, (_, count) => `many-${100 + count}`);
    await Promise.all(names.map((name) => createPerson(first, name)));
    const page = await open(first, "/admin/accounts?search=many-");
    await page.getByText("Accounts 1–50 of 101").first().waitFor();
    await press(page, "Next");
    await page.getByText("Accounts 51–100 of 101").first().waitFor();
    await press(page, "Next");
    await page.getByText("Accounts 101–101 of 101").first().waitFor();
    await page.reload();
    await page.getByRole("link", { name: /^MANY-/ }).click();
    await page.getByRole("link", { name: "Back to the accounts" }).click();
    await page.getByText("Accounts 101–101 of 101").first().waitFor();
    const linked = await open(first, new URL(page.url()).pathname + new URL(page.url()).search);
    await press(page, "Previous");
    await page.getByText("Accounts 51–100 of 101").first().waitFor();
    await press(page, "Previous");
    await page.getByText("Accounts 1–50 of 101").first().waitFor();
    await press(linked, "To the first page");
    await linked.getByText("Accounts 1–50 of 101").first().waitFor();
    await expectNoBarriers(linked);
  });

  it("finds back in the audit log from a link to its second page", async () => {
    const page = await open(first, "/admin/audit");
    await press(page, "Next");
    await page.getByText("Page 2", { exact: true }).waitFor();
    const linked = await open(first, `/admin/audit${new URL(page.url()).search}`);
    await linked.getByText("Page 2", { exact: true }).waitFor();
    await press(linked, "Previous");
    await linked.getByText("Page 1", { exact: true }).waitFor();
  });
});

/** Whether a badge has the colour of a warning. */
async function isWarning(badge: Locator): Promise<boolean> {
  return await badge.evaluate((element) => element.classList.contains("badge-warn"));
}

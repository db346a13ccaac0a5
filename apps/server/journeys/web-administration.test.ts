import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeWithoutComplaints, expectNoBarriers, focused, type WatchedPage } from "./stage/pages.js";
import {
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logIn,
  logInWithCode,
  type ProtectedPerson,
  withPassword,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";
import { openAs, startWeb, TELEPHONE, type Web } from "./stage/web.js";

const DAY = 24 * 60 * 60;
const POLICY =
  "twoFactor twoFactorRequiredFrom maximumFailedAttempts lockoutMinutes sessionIdleSeconds sessionLifetimeSeconds passwordMinimumLength resetNeedsApproval";
const PREVIEW =
  "query($input: UpdateSecurityPolicyInput!) { previewSecurityPolicy(input: $input) { accountsWithoutTwoFactor passwordCallersAffected sessionsEnded guestsExempt } }";

describe("the security policy and pending resets, in a browser", () => {
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
  const policy = async () => (await first.client.query(`{ securityPolicy { ${POLICY} } }`)).securityPolicy;
  const again = async (person: ProtectedPerson): Promise<ProtectedPerson> => ({
    ...person,
    ...(await logInWithCode(web.keyturn, person)),
  });

  beforeAll(async () => {
    web = await startWeb();
    first = await protectAdministrator(web.keyturn);
  });
  beforeEach(async () => {
    first = await again(first);
  });
  afterEach(() => closeWithoutComplaints(opened));
  afterAll(() => web?.close());

  it("shows under each rule which credentials stand for whom", async () => {
    const page = await open(first, "/admin/policy");
    const verdicts = (credential: string): Promise<string[]> =>
      page.getByRole("row").filter({ hasText: credential }).getByRole("cell").allTextContents();
    await page.getByText("Password sent with a request").waitFor();
    expect(await verdicts("Password sent with a request")).toEqual(["Accepted", "Accepted", "Refused"]);
    await expectNoBarriers(page);
    await page.getByRole("radio", { name: "Administrators must, others may" }).check();
    expect(await verdicts("Password sent with a request")).toEqual(["Accepted", "Refused", "Refused"]);
    expect(await verdicts("Session")).toEqual(["Accepted", "Refused", "Accepted"]);
    await page.getByRole("radio", { name: "Nobody" }).check();
    expect(await verdicts("Password sent with a request")).toEqual(["Accepted", "Accepted", "Accepted"]);
    expect(await verdicts("API token")).toEqual(["Accepted", "Accepted", "Accepted"]);
  });

  it("says before it requires two-factor of everyone whom that touches, by the numbers of the API", async () => {
    for (const loginName of ["ann", "bob"]) {
      const person = await createPerson(first, loginName);
      await logIn(web.keyturn, person);
      await withPassword(web.keyturn, person).query("{ viewer { id } }");
    }
    await createPerson(first, "guest", { kind: "GUEST" });
    await web.keyturn.settle();
    const page = await open(first, "/admin/policy");
    await page.getByRole("radio", { name: "Everyone must" }).check();
    await expectNoBarriers(page);
    await page.getByRole("button", { name: "Check and save" }).click();
    const dialog = page.getByRole("dialog", { name: "Save this policy?" });
    await dialog.getByText("Whoever wants to → Everyone must").waitFor();
    const { previewSecurityPolicy: numbers } = await first.client.query(PREVIEW, {
      input: { twoFactor: "REQUIRED" },
    });
    expect(await dialog.getByRole("listitem").allTextContents()).toEqual([
      `${numbers.accountsWithoutTwoFactor} people have two-factor authentication disabled, and set it up at their next login.`,
      `${numbers.passwordCallersAffected} accounts sent their password with requests in the last 30 days. These would be refused.`,
      `${numbers.sessionsEnded} sessions end.`,
      "1 guest keeps logging in with a password alone.",
    ]);
    expect([numbers.accountsWithoutTwoFactor, numbers.sessionsEnded]).toEqual([2, 2]);
    await expectNoBarriers(page);
    await dialog.getByRole("button", { name: "Save the policy" }).dblclick();
    await page.getByText("The security policy is saved.").waitFor();
    expect(await focused(page)).toBe("The security policy is saved.");
    expect(await policy()).toMatchObject({ twoFactor: "REQUIRED", twoFactorRequiredFrom: null });
    expect(await web.keyturn.events("policy.updated")).toHaveLength(1);
    await setPolicy(first, { twoFactor: "OPTIONAL" });
  });

  it("requires from a date in the person's own time zone, and says so in Japanese on a telephone", async () => {
    await first.client.mutate("updateProfile", { locale: "ja" });
    const page = await open(first, "/admin/policy", { timezoneId: "Asia/Tokyo", viewport: TELEPHONE });
    await page.getByRole("radio", { name: "全員必須" }).check();
    await page.getByLabel("必須にする日時").fill("2027-03-01T09:00");
    await page.getByText("タイムゾーンはAsia/Tokyoです。").waitFor();
    await page.getByRole("button", { name: "確認して保存" }).click();
    const dialog = page.getByRole("dialog", { name: "このポリシーを保存しますか?" });
    await dialog.getByText("2027/03/01 9:00").waitFor();
    await dialog.getByText("今すぐ適用した場合に影響を受ける人").waitFor();
    await expectNoBarriers(page);
    await dialog.getByRole("button", { name: "ポリシーを保存" }).click();
    await page.getByText("セキュリティポリシーを保存しました。").waitFor();
    expect(await policy()).toMatchObject({
      ...{ twoFactor: "REQUIRED", twoFactorRequiredFrom: "2027-03-01T00:00:00.000Z" },
    });
    await expectNoBarriers(page);
    expect(await widerThanItsScreen(page)).toBe(false);
    await first.client.mutate("updateProfile", { locale: "en" });
    await setPolicy(first, { twoFactor: "OPTIONAL" });
  });

  it("sends nothing but what was changed: null for a lock without an end, and hours as seconds", async () => {
    const page = await open(first, "/admin/policy");
    await page.getByRole("radio", { name: "Only when an administrator unlocks the account" }).check();
    expect(await page.getByLabel("Minutes until it ends").count()).toBe(0);
    const idle = page.getByRole("group", { name: "A session that is not used ends after" });
    await idle.getByLabel("Number").fill("8");
    await page.getByRole("button", { name: "Check and save" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("3 minutes → Only when an administrator unlocks the account").waitFor();
    await dialog.getByText("24 hours → 8 hours").waitFor();
    await dialog.getByRole("button", { name: "Save the policy" }).click();
    await page.getByText("The security policy is saved.").waitFor();
    expect(await policy()).toMatchObject({ lockoutMinutes: null, sessionIdleSeconds: 8 * 3600 });
    const { details } = (await web.keyturn.events("policy.updated")).at(-1) ?? {};
    expect(Object.keys(details ?? {}).sort()).toEqual(["lockoutMinutes", "sessionIdleSeconds"]);
    await page.getByRole("button", { name: "Check and save" }).click();
    await page.getByText("Nothing is changed yet.").waitFor();
    await setPolicy(first, { lockoutMinutes: 3, sessionIdleSeconds: DAY });
  });

  it("says that a rule which forbids two-factor pauses it for those who enabled it, and what ends that", async () => {
    const page = await open(first, "/admin/policy");
    const dialog = page.getByRole("dialog");
    await page.getByRole("radio", { name: "Nobody" }).check();
    await page.getByRole("button", { name: "Check and save" }).click();
    await dialog.getByText("is no longer asked for a code. It is paused").waitFor();
    expect(await dialog.getByText("Nobody: no session ends").count()).toBe(0);
    await dialog.getByRole("button", { name: "Save the policy" }).click();
    await page.getByText("The security policy is saved.").waitFor();
    await page.getByRole("radio", { name: "Whoever wants to" }).check();
    await page.getByRole("button", { name: "Check and save" }).click();
    await dialog.getByText("is asked for a code again").waitFor();
    await setPolicy(first, { twoFactor: "OPTIONAL" });
  });

  it("asks for the minutes of a lock under the choice that has them, and writes one minute as one", async () => {
    const page = await open(first, "/admin/policy");
    const minutes = page.getByLabel("Minutes until it ends");
    const places = [
      page.getByRole("radio", { name: "By itself, after some minutes" }),
      minutes,
      page.getByRole("radio", { name: "Only when an administrator unlocks the account" }),
    ];
    const heights = await Promise.all(places.map(async (place) => (await place.boundingBox())?.y ?? 0));
    expect(heights).toEqual(heights.toSorted((one, other) => one - other));
    await minutes.fill("1");
    await page.getByRole("checkbox", { name: "needs a second administrator" }).check({ force: true });
    await page.route("**/graphql", async (route) => {
      const effects = { accountsWithoutTwoFactor: 0, passwordCallersAffected: 0 };
      const nobody = { ...effects, sessionsEnded: 0, guestsExempt: 0 };
      await route.fulfill({ json: { data: { previewSecurityPolicy: nobody } } });
    });
    await page.getByRole("button", { name: "Check and save" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("3 minutes → 1 minute", { exact: true }).waitFor();
    const term = dialog.getByText("needs a second administrator");
    const lines = await term.evaluate((element) => {
      const { lineHeight } = getComputedStyle(element);
      return Math.round(element.getBoundingClientRect().height / Number.parseFloat(lineHeight));
    });
    expect(lines).toBeLessThan(4);
    await expectNoBarriers(page);
  });

  it("keeps what was typed where it cannot be saved, and says why", async () => {
    const page = await open(first, "/admin/policy");
    const attempts = page.getByLabel("Failed attempts before an account locks");
    await attempts.fill("0");
    await page.getByRole("button", { name: "Check and save" }).click();
    await page.getByText("Enter a whole number from 1 to 1,000.").waitFor();
    expect(await attempts.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    await expectNoBarriers(page);
    await attempts.fill("12");
    await page.getByRole("checkbox", { name: "needs a second administrator" }).check({ force: true });
    await page.getByRole("button", { name: "Check and save" }).click();
    const refused = page.getByRole("alert");
    await refused.getByText(/^Approval of resets needs at least three active administrators/).waitFor();
    expect(await isInView(refused)).toBe(true);
    expect(await attempts.inputValue()).toBe("12");
    expect(await policy()).toMatchObject({ maximumFailedAttempts: 10, resetNeedsApproval: false });
  });

  it("shows the day on which the trial started, and the same day in every time zone", async () => {
    const page = await open(first, "/admin/policy", { timezoneId: "America/Los_Angeles" });
    await page.getByText("January 15, 2027").waitFor();
    await page.getByText("whose free trial started on or after September 8, 2019").waitFor();
  });

  it("lets a second administrator approve a reset, and not the one who asked for it", async () => {
    const empty = await open(first, "/admin/resets", { viewport: TELEPHONE });
    await empty.getByText("No reset is pending.").waitFor();
    await expectNoBarriers(empty);
    let second = await createProtectedPerson(web.keyturn, first, "second");
    const third = await createProtectedPerson(web.keyturn, first, "third");
    for (const { id } of [second, third])
      await first.client.mutate("changeAccountRole", { accountId: id, role: "ADMINISTRATOR" });
    await setPolicy(first, { resetNeedsApproval: true });
    web.keyturn.clock.advance({ seconds: DAY });
    [first, second] = [await again(first), await again(second)];
    const lost = await createProtectedPerson(web.keyturn, first, "lost");
    const asked = { accountId: lost.id, reason: "Telephone lost in a train" };
    await first.client.mutate("resetTwoFactor", asked);
    const own = await open(first, "/admin/resets");
    await own.getByText("Telephone lost in a train").waitFor();
    await own.getByText("You requested this yourself: another administrator must approve it.").waitFor();
    expect(await own.getByRole("button", { name: /^Approve/ }).count()).toBe(0);
    await expectNoBarriers(own);
    const page = await open(second, "/admin/resets");
    await page.getByRole("button", { name: "Approve the reset for LOST" }).click();
    const dialog = page.getByRole("dialog", { name: "Disable two-factor authentication of LOST?" });
    await dialog.getByText("Connected applications").waitFor();
    await expectNoBarriers(page);
    await dialog.getByRole("button", { name: "Approve" }).dblclick();
    await page.getByText("Two-factor authentication of LOST is disabled. Sessions ended: 1.").waitFor();
    await page.getByText("No reset is pending.").waitFor();
    const { account } = await first.client.query(`{ account(id: "${lost.id}") { twoFactor { state } } }`);
    expect(account.twoFactor.state).toBe("DISABLED");
    await own.getByRole("button", { name: "Withdraw the reset for LOST" }).click();
    await own.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
    await own.getByText("No reset is pending.").waitFor();
    expect(await own.getByRole("dialog").count()).toBe(0);
    expect(await own.locator("main").getByRole("status").textContent()).toMatch(/approval|reset/i);
    expect(await focused(own)).toMatch(/approval|reset/i);
  });

  it("withdraws one's own request, and says so", async () => {
    const lost = await createProtectedPerson(web.keyturn, first, "lost-too");
    await first.client.mutate("resetTwoFactor", { accountId: lost.id, reason: "Lost" });
    const page = await open(first, "/admin/resets");
    await page.getByRole("button", { name: "Withdraw the reset for LOST-TOO" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
    await page.getByText("The reset for LOST-TOO is withdrawn.").waitFor();
    expect(await web.keyturn.events("two-factor.reset-withdrawn")).toHaveLength(1);
  });
});

it("offers no requirement to an organization whose trial started too early", async () => {
  const web = await startWeb({ KEYTURN_TRIAL_STARTED_ON: "2019-09-07" });
  try {
    const administrator = await logIn(web.keyturn, {
      loginName: "admin",
      password: "plum-otter-basin-42",
    });
    const { page } = await openAs(web, administrator, { path: "/admin/policy" });
    await page.getByText("Your free trial started before September 8, 2019").waitFor();
    expect(await page.getByRole("radio", { name: "Everyone must" }).isDisabled()).toBe(true);
    await page.getByText("September 7, 2019").waitFor();
    await expectNoBarriers(page);
  } finally {
    await web.close();
  }
});

async function isInView(place: Locator): Promise<boolean> {
  return await place.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return Math.round(top) >= 0 && bottom <= element.ownerDocument.documentElement.clientHeight;
  });
}

async function widerThanItsScreen(page: Page): Promise<boolean> {
  const width = await page.locator("body").evaluate((body) => body.scrollWidth);
  return width > (page.viewportSize()?.width ?? 0);
}

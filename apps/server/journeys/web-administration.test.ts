import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expectNoBarriers, expectNoScrolling, focused } from "./stage/pages.js";
import {
  createPerson,
  createProtectedPerson,
  logIn,
  logInAdministrator,
  logInWithCode,
  type ProtectedPerson,
  withPassword,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";
import { choose, dialogOf, field, press, says } from "./stage/steps.js";
import { startWeb, TELEPHONE, type Web } from "./stage/web.js";

const DAY = 24 * 60 * 60;
const POLICY =
  "twoFactor twoFactorRequiredFrom maximumFailedAttempts lockoutMinutes sessionIdleSeconds sessionLifetimeSeconds passwordMinimumLength resetNeedsApproval";
const PREVIEW =
  "query($input: UpdateSecurityPolicyInput!) { previewSecurityPolicy(input: $input) { accountsWithoutTwoFactor passwordCallersAffected sessionsEnded guestsExempt } }";

describe("the security policy and pending resets, in a browser", () => {
  let web: Web;
  let first: ProtectedPerson;

  const policy = async () => (await first.client.query(`{ securityPolicy { ${POLICY} } }`)).securityPolicy;

  beforeAll(async () => {
    web = await startWeb();
    first = await protectAdministrator(web.keyturn);
  });
  beforeEach(async () => {
    first = await logInWithCode(web.keyturn, first);
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  it("shows under each rule which credentials stand for whom", async () => {
    const page = await web.open("/admin/policy", { as: first });
    const verdicts = (credential: string): Promise<string[]> =>
      page.getByRole("row").filter({ hasText: credential }).getByRole("cell").allTextContents();
    await says(page, "Password sent with a request");
    expect(await verdicts("Password sent with a request")).toEqual(["Accepted", "Accepted", "Refused"]);
    await expectNoBarriers(page);
    await choose(page, "Administrators must, others may");
    expect(await verdicts("Password sent with a request")).toEqual(["Accepted", "Refused", "Refused"]);
    expect(await verdicts("Session")).toEqual(["Accepted", "Refused", "Accepted"]);
    await choose(page, "Nobody");
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
    const page = await web.open("/admin/policy", { as: first });
    await choose(page, "Everyone must");
    await expectNoBarriers(page);
    await press(page, "Check and save");
    const dialog = dialogOf(page, "Save this policy?");
    await says(dialog, "Whoever wants to → Everyone must");
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
    await says(page, "The security policy is saved.");
    expect(await focused(page)).toBe("The security policy is saved.");
    expect(await policy()).toMatchObject({ twoFactor: "REQUIRED", twoFactorRequiredFrom: null });
    expect(await web.keyturn.events("policy.updated")).toHaveLength(1);
    await setPolicy(first, { twoFactor: "OPTIONAL" });
  });

  it("requires from a date in the person's own time zone, and says so in Japanese on a telephone", async () => {
    await first.client.mutate("updateProfile", { locale: "ja" });
    const page = await web.open("/admin/policy", {
      as: first,
      timezoneId: "Asia/Tokyo",
      viewport: TELEPHONE,
    });
    await choose(page, "全員必須");
    await field(page, /^必須にする日時/).fill("2027-03-01T09:00");
    await says(page, "タイムゾーンはAsia/Tokyoです。");
    await press(page, "確認して保存");
    const dialog = dialogOf(page, "このポリシーを保存しますか?");
    await says(dialog, "2027/03/01 9:00");
    await says(dialog, "今すぐ適用した場合に影響を受ける人");
    await expectNoBarriers(page);
    await press(dialog, "ポリシーを保存");
    await says(page, "セキュリティポリシーを保存しました。");
    expect(await policy()).toMatchObject({
      ...{ twoFactor: "REQUIRED", twoFactorRequiredFrom: "2027-03-01T00:00:00.000Z" },
    });
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await first.client.mutate("updateProfile", { locale: "en" });
    await setPolicy(first, { twoFactor: "OPTIONAL" });
  });

  it("sends nothing but what was changed: null for a lock without an end, and hours as seconds", async () => {
    const page = await web.open("/admin/policy", { as: first });
    await choose(page, "Only when an administrator unlocks the account");
    expect(await field(page, "Minutes until it ends").count()).toBe(0);
    const idle = page.getByRole("group", { name: "A session that is not used ends after" });
    await field(idle, "Number").fill("8");
    await press(page, "Check and save");
    const dialog = dialogOf(page);
    await says(dialog, "3 minutes → Only when an administrator unlocks the account");
    await says(dialog, "24 hours → 8 hours");
    await press(dialog, "Save the policy");
    await says(page, "The security policy is saved.");
    expect(await policy()).toMatchObject({ lockoutMinutes: null, sessionIdleSeconds: 8 * 3600 });
    const { details } = (await web.keyturn.events("policy.updated")).at(-1) ?? {};
    expect(Object.keys(details ?? {}).sort()).toEqual(["lockoutMinutes", "sessionIdleSeconds"]);
    await press(page, "Check and save");
    await says(page, "Nothing is changed yet.");
    await setPolicy(first, { lockoutMinutes: 3, sessionIdleSeconds: DAY });
  });

  it("says that a rule which forbids two-factor pauses it for those who enabled it, and what ends that", async () => {
    const page = await web.open("/admin/policy", { as: first });
    const dialog = dialogOf(page);
    await choose(page, "Nobody");
    await press(page, "Check and save");
    await says(dialog, "is no longer asked for a code. It is paused");
    expect(await dialog.getByText("Nobody: no session ends").count()).toBe(0);
    await press(dialog, "Save the policy");
    await says(page, "The security policy is saved.");
    await choose(page, "Whoever wants to");
    await press(page, "Check and save");
    await says(dialog, "is asked for a code again");
    await setPolicy(first, { twoFactor: "OPTIONAL" });
  });

  it("asks for the minutes of a lock under the choice that has them, and writes one minute as one", async () => {
    const page = await web.open("/admin/policy", { as: first });
    const minutes = field(page, "Minutes until it ends");
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
    await press(page, "Check and save");
    const dialog = dialogOf(page);
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
    const page = await web.open("/admin/policy", { as: first });
    const attempts = field(page, "Failed attempts before an account locks");
    await attempts.fill("0");
    await press(page, "Check and save");
    await says(page, "Enter a whole number from 1 to 1,000.");
    expect(await attempts.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await expectNoBarriers(page);
    await attempts.fill("12");
    await page.getByRole("checkbox", { name: "needs a second administrator" }).check({ force: true });
    await press(page, "Check and save");
    const refused = page.getByRole("alert");
    await says(refused, /^Approval of resets needs at least three active administrators/);
    expect(await isInView(refused)).toBe(true);
    expect(await attempts.inputValue()).toBe("12");
    expect(await policy()).toMatchObject({ maximumFailedAttempts: 10, resetNeedsApproval: false });
  });

  it("shows the day on which the trial started, and the same day in every time zone", async () => {
    const page = await web.open("/admin/policy", { as: first, timezoneId: "America/Los_Angeles" });
    await says(page, "January 15, 2027");
    await says(page, "whose free trial started on or after September 8, 2019");
  });

  it("lets a second administrator approve a reset, and not the one who asked for it", async () => {
    const empty = await web.open("/admin/resets", { as: first, viewport: TELEPHONE });
    await says(empty, "No reset is pending.");
    await expectNoBarriers(empty);
    let second = await createProtectedPerson(web.keyturn, first, "second");
    const third = await createProtectedPerson(web.keyturn, first, "third");
    for (const { id } of [second, third])
      await first.client.mutate("changeAccountRole", { accountId: id, role: "ADMINISTRATOR" });
    await setPolicy(first, { resetNeedsApproval: true });
    web.keyturn.clock.advance({ seconds: DAY });
    [first, second] = [await logInWithCode(web.keyturn, first), await logInWithCode(web.keyturn, second)];
    const lost = await createProtectedPerson(web.keyturn, first, "lost");
    const asked = { accountId: lost.id, reason: "Telephone lost in a train" };
    await first.client.mutate("resetTwoFactor", asked);
    const own = await web.open("/admin/resets", { as: first });
    await says(own, "Telephone lost in a train");
    await says(own, "You requested this yourself: another administrator must approve it.");
    expect(await own.getByRole("button", { name: /^Approve/ }).count()).toBe(0);
    await expectNoBarriers(own);
    const page = await web.open("/admin/resets", { as: second });
    await press(page, "Approve the reset for LOST");
    const dialog = dialogOf(page, "Disable two-factor authentication of LOST?");
    await says(dialog, "Connected applications");
    await expectNoBarriers(page);
    await dialog.getByRole("button", { name: "Approve" }).dblclick();
    await says(page, "Two-factor authentication of LOST is disabled. Sessions ended: 1.");
    await says(page, "No reset is pending.");
    const { account } = await first.client.query(`{ account(id: "${lost.id}") { twoFactor { state } } }`);
    expect(account.twoFactor.state).toBe("DISABLED");
    await press(own, "Withdraw the reset for LOST");
    await press(dialogOf(own), "Withdraw");
    await says(own, "No reset is pending.");
    expect(await dialogOf(own).count()).toBe(0);
    expect(await own.locator("main").getByRole("status").textContent()).toMatch(/approval|reset/i);
    expect(await focused(own)).toMatch(/approval|reset/i);
  });

  it("withdraws one's own request, and says so", async () => {
    const lost = await createProtectedPerson(web.keyturn, first, "lost-too");
    await first.client.mutate("resetTwoFactor", { accountId: lost.id, reason: "Lost" });
    const page = await web.open("/admin/resets", { as: first });
    await press(page, "Withdraw the reset for LOST-TOO");
    await press(dialogOf(page), "Withdraw");
    await says(page, "The reset for LOST-TOO is withdrawn.");
    expect(await web.keyturn.events("two-factor.reset-withdrawn")).toHaveLength(1);
  });
});

it("offers no requirement to an organization whose trial started too early", async () => {
  const web = await startWeb({ KEYTURN_TRIAL_STARTED_ON: "2019-09-07" });
  try {
    const page = await web.open("/admin/policy", { as: await logInAdministrator(web.keyturn) });
    await says(page, "Your free trial started before September 8, 2019");
    expect(await page.getByRole("radio", { name: "Everyone must" }).isDisabled()).toBe(true);
    await says(page, "September 7, 2019");
    await expectNoBarriers(page);
    await web.closePages();
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

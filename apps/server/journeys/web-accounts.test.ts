import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeRows, failLogins } from "./stage/counters.js";
import { expectNoBarriers, focused } from "./stage/pages.js";
import {
  createPerson,
  createProtectedPerson,
  LOGIN,
  logIn,
  logInWithCode,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator } from "./stage/proofs.js";
import { dialogOf, field, follow, press, regionOf, says, tells, titled } from "./stage/steps.js";
import { startWeb, TELEPHONE, type Web } from "./stage/web.js";

describe("accounts, in an administrator's browser", () => {
  let web: Web;
  let administrator: ProtectedPerson;

  beforeAll(async () => {
    web = await startWeb();
    administrator = await protectAdministrator(web.keyturn);
  });
  beforeEach(async () => {
    administrator = await logInWithCode(web.keyturn, administrator);
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  it("are found by name and by filters, which stay in the address, page by page", async () => {
    for (let count = 100; count < 155; count += 1) await createPerson(administrator, `found-${count}`);
    const page = await web.open("/admin/accounts", { as: administrator });
    await says(page, "Part of the login name, the display name or the email address.");
    await field(page, "Search").fill("found-");
    await press(page, "Find");
    await tells(page, "Accounts 1–50 of 55");
    await press(page, "Next");
    await tells(page, "Accounts 51–55 of 55");
    await page.reload();
    await tells(page, "Accounts 51–55 of 55");
    await page.goBack();
    await tells(page, "Accounts 1–50 of 55");
    await expectNoBarriers(page);
    await field(page, "Two-factor").selectOption("ENABLED");
    await tells(page, "No account matches.");
    await press(page, "Show all accounts");
    await tells(page, /^Accounts 1–50 of (?!55)/);
    expect(await focused(page)).toBe("Search");
    await page.goBack();
    await page.goBack();
    await follow(page, "FOUND-100");
    await titled(page, "Edit User: FOUND-100");
  });

  it("lose their second factor to a reset with a reason, which says what it ends", async () => {
    const ann = await createProtectedPerson(web.keyturn, administrator, "ann");
    const page = await web.open(`/admin/accounts/${ann.id}`, { as: administrator, viewport: TELEPHONE });
    const part = regionOf(page, "Two-Factor Authentication");
    await press(part, "Disable");
    await says(
      page,
      "The authenticators and recovery codes are deleted, every session ends, and links that were emailed stop working.",
    );
    await expectNoBarriers(page);
    await press(dialogOf(page), "Disable");
    await says(dialogOf(page), "Fill in this field.");
    expect(await focused(page)).toBe("Reason");
    await field(page, "Reason").fill("lost in a lake");
    await press(dialogOf(page), "Disable");
    await says(
      page,
      "Two-factor authentication is disabled. Sessions ended: 1. API tokens revoked: 0. Applications disconnected: 0.",
    );
    await says(part, "The person enables it in their own account settings.");
    await web.keyturn.mailbox.next(
      ({ text, to }) => to === "ann@example.com" && text.includes("lost in a lake"),
    );
    const { loginName, password } = ann;
    expect((await web.keyturn.anyone.mutate("login", { loginName, password }, LOGIN)).__typename).toBe(
      "LoggedIn",
    );
  });

  it("of one's own keep their second factor, and say where it is disabled", async () => {
    const page = await web.open(`/admin/accounts/${administrator.id}`, { as: administrator });
    const part = regionOf(page, "Two-Factor Authentication");
    await follow(part, "Disable it with a code in your account settings");
    await titled(page, "Login Name & Password");
  });

  it("are unlocked, suspended and reinstated, and their sessions are really over", async () => {
    const bob = await logIn(web.keyturn, await createPerson(administrator, "bob"));
    const page = await web.open(`/admin/accounts/${bob.id}`, { as: administrator });
    await press(page, "End all sessions");
    await field(page, "Reason").fill("left open in a café");
    await press(dialogOf(page), "End all sessions");
    await says(page, "Sessions ended: 1.");
    expect((await bob.client.send("{ viewer { id } }")).text).toContain("INVALID_CREDENTIALS");
    await failLogins(web.keyturn, bob.loginName, 10);
    await page.reload();
    await says(page, "Locked after too many failed attempts.");
    expect(await page.getByText("This account can be used.").count()).toBe(0);
    await press(page, "Unlock");
    await says(page, "The account is unlocked.");
    await says(page, "This account can be used.");
    await changeRows(web.keyturn, "UPDATE accounts SET wrong_codes = 100 WHERE id = $1", [bob.id]);
    await page.reload();
    const access = regionOf(page, "Access");
    await says(access, "Codes from the app are refused after too many wrong ones");
    await press(access, "Unlock");
    await expect.poll(() => access.getByText("Codes from the app").count()).toBe(0);
    await press(page, "Suspend");
    await field(page, "Reason").fill("on leave");
    await press(dialogOf(page), "Suspend");
    await says(page, "The account is suspended. Sessions ended: 0.");
    await expectNoBarriers(page);
    await press(page, "Reinstate");
    await says(page, "The account can be used again. What ended with its suspension stays ended.");
  });

  it("say of each field that is empty or unreadable what to do, in the same words as the profile", async () => {
    const page = await web.open("/admin/accounts/new", { as: administrator });
    await press(page, "Create account");
    await expect.poll(() => page.getByText("Fill in this field.").count()).toBe(3);
    expect(await focused(page)).toBe("Login name");
    await field(page, "Login name").fill("zoe");
    await field(page, "Display name").fill("Zoe");
    await field(page, "Email address").fill("zoe at home");
    await press(page, "Create account");
    await says(page, "Enter an email address, such as name@example.com.");
    expect(await focused(page)).toBe("Email address");
    await field(page, "Email address").fill("zoe@home.example");
    await press(page, "Create account");
    await says(page, "The account zoe is created. A link to set the password goes to zoe@home.example.");
    await web.keyturn.mailbox.next(({ to }) => to === "zoe@home.example");
    await administrator.client.mutate("updateProfile", { locale: "ja" });
    const japanese = await web.open("/admin/accounts/new", { as: administrator });
    await field(japanese, "ログイン名").fill("zoe");
    await field(japanese, "表示名").fill("Zoe");
    await field(japanese, "メールアドレス").fill("zoe at home");
    await press(japanese, "アカウントを作成");
    await says(japanese, "name@example.comのような形式で入力してください。");
    await administrator.client.mutate("updateProfile", { locale: "en" });
  });

  it("for programs are made with a token that is shown once, and deleted after their name was typed", async () => {
    const page = await web.open("/admin/accounts/new", { as: administrator });
    await page.getByLabel("Service").check();
    await field(page, "Login name").fill("robot");
    await field(page, "Display name").fill("Robot");
    await press(page, "Create account");
    await says(page, "The account robot is created.");
    await field(page, "Name").fill("Nightly");
    await page.getByText("Change the profile").click();
    await page.getByRole("button", { name: "Create token" }).dblclick();
    await says(page, "Copy it now");
    await page.getByRole("button", { name: "Revoke Nightly" }).waitFor();
    await press(page, "Delete");
    await page.getByLabel(/Type robot/).fill("robots");
    await press(dialogOf(page), "Delete");
    await says(page, "This is not the login name.");
    await page.getByLabel(/Type robot/).fill("robot");
    await press(dialogOf(page), "Delete");
    await says(page, "The account robot is deleted.");
  });
});

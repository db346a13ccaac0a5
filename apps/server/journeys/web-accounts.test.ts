import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeRows, failLogins } from "./stage/counters.js";
import { closeWithoutComplaints, expectNoBarriers, focused, type WatchedPage } from "./stage/pages.js";
import {
  createPerson,
  createProtectedPerson,
  LOGIN,
  logIn,
  logInWithCode,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator } from "./stage/proofs.js";
import { openAs, startWeb, TELEPHONE, type Web } from "./stage/web.js";

describe("accounts, in an administrator's browser", () => {
  let web: Web;
  let administrator: ProtectedPerson;
  const opened: WatchedPage[] = [];

  const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const watched = await openAs(web, administrator, { path, ...options });
    opened.push(watched);
    return watched.page;
  };
  const dialogAct = async (page: Page, name: string): Promise<void> =>
    await page.getByRole("dialog").getByRole("button", { name }).click();

  beforeAll(async () => {
    web = await startWeb();
    administrator = await protectAdministrator(web.keyturn);
  });
  beforeEach(async () => {
    administrator = { ...administrator, ...(await logInWithCode(web.keyturn, administrator)) };
  });
  afterEach(() => closeWithoutComplaints(opened));
  afterAll(() => web?.close());

  it("are found by name and by filters, which stay in the address, page by page", async () => {
    for (let count = 100; count < 155; count += 1) await createPerson(administrator, `found-${count}`);
    const page = await open("/admin/accounts");
    await page.getByText("Part of the login name, the display name or the email address.").waitFor();
    await page.getByLabel("Search").fill("found-");
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByText("Accounts 1–50 of 55").first().waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("Accounts 51–55 of 55").first().waitFor();
    await page.reload();
    await page.getByText("Accounts 51–55 of 55").first().waitFor();
    await page.goBack();
    await page.getByText("Accounts 1–50 of 55").first().waitFor();
    await expectNoBarriers(page);
    await page.getByLabel("Two-factor").selectOption("ENABLED");
    await page.getByRole("status").getByText("No account matches.").waitFor();
    await page.getByRole("button", { name: "Show all accounts" }).click();
    await page
      .getByText(/^Accounts 1–50 of (?!55)/)
      .first()
      .waitFor();
    expect(await focused(page)).toBe("Search");
    await page.goBack();
    await page.goBack();
    await page.getByRole("link", { name: "FOUND-100" }).click();
    await page.getByRole("heading", { level: 1, name: "Edit User: FOUND-100" }).waitFor();
  });

  it("lose their second factor to a reset with a reason, which says what it ends", async () => {
    const ann = await createProtectedPerson(web.keyturn, administrator, "ann");
    const page = await open(`/admin/accounts/${ann.id}`, { viewport: TELEPHONE });
    const part = page.getByRole("region", { name: "Two-Factor Authentication" });
    await part.getByRole("button", { name: "Disable" }).click();
    await page
      .getByText(
        "The authenticators and recovery codes are deleted, every session ends, and links that were emailed stop working.",
      )
      .waitFor();
    await expectNoBarriers(page);
    await dialogAct(page, "Disable");
    await page.getByRole("dialog").getByText("Fill in this field.").waitFor();
    expect(await focused(page)).toBe("Reason");
    await page.getByLabel("Reason").fill("lost in a lake");
    await dialogAct(page, "Disable");
    await page
      .getByText(
        "Two-factor authentication is disabled. Sessions ended: 1. API tokens revoked: 0. Applications disconnected: 0.",
      )
      .waitFor();
    await part.getByText("The person enables it in their own account settings.").waitFor();
    await web.keyturn.mailbox.next(
      ({ text, to }) => to === "ann@example.com" && text.includes("lost in a lake"),
    );
    const { loginName, password } = ann;
    expect((await web.keyturn.anyone.mutate("login", { loginName, password }, LOGIN)).__typename).toBe(
      "LoggedIn",
    );
  });

  it("of one's own keep their second factor, and say where it is disabled", async () => {
    const page = await open(`/admin/accounts/${administrator.id}`);
    const part = page.getByRole("region", { name: "Two-Factor Authentication" });
    await part.getByRole("link", { name: "Disable it with a code in your account settings" }).click();
    await page.getByRole("heading", { level: 1, name: "Login Name & Password" }).waitFor();
  });

  it("are unlocked, suspended and reinstated, and their sessions are really over", async () => {
    const bob = await logIn(web.keyturn, await createPerson(administrator, "bob"));
    const page = await open(`/admin/accounts/${bob.id}`);
    await page.getByRole("button", { name: "End all sessions" }).click();
    await page.getByLabel("Reason").fill("left open in a café");
    await dialogAct(page, "End all sessions");
    await page.getByText("Sessions ended: 1.").waitFor();
    expect((await bob.client.send("{ viewer { id } }")).text).toContain("INVALID_CREDENTIALS");
    await failLogins(web.keyturn, bob.loginName, 10);
    await page.reload();
    await page.getByText("Locked after too many failed attempts.").waitFor();
    expect(await page.getByText("This account can be used.").count()).toBe(0);
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.getByText("The account is unlocked.").waitFor();
    await page.getByText("This account can be used.").waitFor();
    await changeRows(web.keyturn, "UPDATE accounts SET wrong_codes = 100 WHERE id = $1", [bob.id]);
    await page.reload();
    const access = page.getByRole("region", { name: "Access" });
    await access.getByText("Codes from the app are refused after too many wrong ones").waitFor();
    await access.getByRole("button", { name: "Unlock" }).click();
    await expect.poll(() => access.getByText("Codes from the app").count()).toBe(0);
    await page.getByRole("button", { name: "Suspend" }).click();
    await page.getByLabel("Reason").fill("on leave");
    await dialogAct(page, "Suspend");
    await page.getByText("The account is suspended. Sessions ended: 0.").waitFor();
    await expectNoBarriers(page);
    await page.getByRole("button", { name: "Reinstate" }).click();
    await page.getByText("The account can be used again, as before.").waitFor();
  });

  it("say of each field that is empty or unreadable what to do, in the same words as the profile", async () => {
    const page = await open("/admin/accounts/new");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect.poll(() => page.getByText("Fill in this field.").count()).toBe(3);
    expect(await focused(page)).toBe("Login name");
    await page.getByLabel("Login name").fill("zoe");
    await page.getByLabel("Display name").fill("Zoe");
    await page.getByLabel("Email address").fill("zoe at home");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("Enter an email address, such as name@example.com.").waitFor();
    expect(await focused(page)).toBe("Email address");
    await page.getByLabel("Email address").fill("zoe@home.example");
    await page.getByRole("button", { name: "Create account" }).click();
    await page
      .getByText("The account zoe is created. A link to set the password goes to zoe@home.example.")
      .waitFor();
    await web.keyturn.mailbox.next(({ to }) => to === "zoe@home.example");
    await administrator.client.mutate("updateProfile", { locale: "ja" });
    const japanese = await open("/admin/accounts/new");
    await japanese.getByLabel("ログイン名").fill("zoe");
    await japanese.getByLabel("表示名").fill("Zoe");
    await japanese.getByLabel("メールアドレス", { exact: true }).fill("zoe at home");
    await japanese.getByRole("button", { name: "アカウントを作成" }).click();
    await japanese.getByText("name@example.comのような形式で入力してください。").waitFor();
    await administrator.client.mutate("updateProfile", { locale: "en" });
  });

  it("for programs are made with a token that is shown once, and deleted after their name was typed", async () => {
    const page = await open("/admin/accounts/new");
    await page.getByLabel("Service").check();
    await page.getByLabel("Login name").fill("robot");
    await page.getByLabel("Display name").fill("Robot");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("The account robot is created.").waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Nightly");
    await page.getByText("Change the profile").click();
    await page.getByRole("button", { name: "Create token" }).dblclick();
    await page.getByText("Copy it now").waitFor();
    await page.getByRole("button", { name: "Revoke Nightly" }).waitFor();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByLabel(/Type robot/).fill("robots");
    await dialogAct(page, "Delete");
    await page.getByText("This is not the login name.").waitFor();
    await page.getByLabel(/Type robot/).fill("robot");
    await dialogAct(page, "Delete");
    await page.getByText("The account robot is deleted.").waitFor();
  });
});

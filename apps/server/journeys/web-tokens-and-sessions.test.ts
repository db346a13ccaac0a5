import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authorizeApplication } from "./stage/oauth.js";
import { closeWithoutComplaints, expectNoBarriers, focused, type WatchedPage } from "./stage/pages.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator, type Person } from "./stage/people.js";
import { openAs, startWeb, TELEPHONE, type Web } from "./stage/web.js";

describe("sessions, API tokens and connected applications, in a browser", () => {
  let web: Web;
  let person: Person;
  let ann: LoggedInPerson;
  const opened: WatchedPage[] = [];

  const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const watched = await openAs(web, ann, { path, ...options });
    opened.push(watched);
    return watched.page;
  };

  beforeAll(async () => {
    web = await startWeb({ KEYTURN_SCOPES: "orders:read=Read your orders" });
    person = await createPerson(await logInAdministrator(web.keyturn), "ann");
  });
  beforeEach(async () => {
    ann = await logIn(web.keyturn, person);
  });
  afterEach(() => closeWithoutComplaints(opened));
  afterAll(() => web?.close());

  it("show where one is logged in, and end all other sessions after a question", async () => {
    const other = await logIn(web.keyturn, person);
    const page = await open("/account/sessions");
    await page.getByText("This session").waitFor();
    await expectNoBarriers(page);
    await page.getByRole("button", { name: "End all others" }).click();
    await page.getByText("You are logged out everywhere but here, at once.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
    await page.getByText(/(One session has|sessions have) ended\./).waitFor();
    await page.getByText("You are logged in nowhere else.").waitFor();
    expect((await other.client.send("{ viewer { id } }")).text).toContain("INVALID_CREDENTIALS");
  });

  it("make a token once, however often it is pressed, show it once, and revoke it", async () => {
    const page = await open("/account/api-tokens", { viewport: TELEPHONE });
    await page.getByLabel("Name").fill("Backup");
    await page.getByRole("button", { name: "Create token" }).click();
    await page.getByText("Choose at least one.").waitFor();
    expect(await focused(page)).toContain("Read the account, its sessions and tokens");
    await page.getByText("Read the account, its sessions and tokens").click();
    await page.getByRole("button", { name: "Create token" }).dblclick();
    await page.getByText("Copy it now").waitFor();
    expect(await focused(page)).toContain("Copy it now");
    const token = await page
      .locator("code")
      .filter({ hasText: /^kt_.{20}/ })
      .textContent();
    await expectNoBarriers(page);
    expect(await page.getByRole("button", { name: "Revoke Backup" }).count()).toBe(1);
    await page.reload();
    await page.getByRole("button", { name: "Revoke Backup" }).waitFor();
    expect(await page.content()).not.toContain(token ?? "kt_");
    await page.getByRole("button", { name: "Revoke Backup" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("The token is revoked.").waitFor();
    await page.getByText("There is no API token yet.").waitFor();
  });

  it("disconnect an application", async () => {
    await authorizeApplication(web.keyturn, person);
    const page = await open("/account/applications");
    await page.getByRole("button", { name: "Disconnect Photo Printer" }).click();
    await expectNoBarriers(page);
    await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
    await page.getByText("The application is disconnected.").waitFor();
    await page.getByText("No application is connected.").waitFor();
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authorizeApplication } from "./stage/oauth.js";
import { expectNoBarriers, focused } from "./stage/pages.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator, type Person } from "./stage/people.js";
import { dialogOf, field, press, says } from "./stage/steps.js";
import { startWeb, TELEPHONE, type Web } from "./stage/web.js";

describe("sessions, API tokens and connected applications, in a browser", () => {
  let web: Web;
  let person: Person;
  let ann: LoggedInPerson;

  beforeAll(async () => {
    web = await startWeb({ KEYTURN_SCOPES: "orders:read=Read your orders" });
    person = await createPerson(await logInAdministrator(web.keyturn), "ann");
  });
  beforeEach(async () => {
    ann = await logIn(web.keyturn, person);
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  it("show where one is logged in, and end all other sessions after a question", async () => {
    const other = await logIn(web.keyturn, person);
    const page = await web.open("/account/sessions", { as: ann });
    await says(page, "This session");
    await expectNoBarriers(page);
    await press(page, "End all others");
    await says(page, "You are logged out everywhere but here, at once.");
    await press(dialogOf(page), "End all others");
    await says(page, /(One session has|sessions have) ended\./);
    await says(page, "You are logged in nowhere else.");
    expect((await other.client.send("{ viewer { id } }")).text).toContain("INVALID_CREDENTIALS");
  });

  it("make a token once, however often it is pressed, show it once, and revoke it", async () => {
    const page = await web.open("/account/api-tokens", { as: ann, viewport: TELEPHONE });
    await field(page, "Name").fill("Backup");
    await press(page, "Create token");
    await says(page, "Choose at least one.");
    expect(await focused(page)).toContain("Read the account, its sessions and tokens");
    await page.getByText("Read the account, its sessions and tokens").click();
    await page.getByRole("button", { name: "Create token" }).dblclick();
    await says(page, "Copy it now");
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
    await press(page, "Revoke Backup");
    await press(dialogOf(page), "Revoke");
    await says(page, "The token is revoked.");
    await says(page, "There is no API token yet.");
  });

  it("disconnect an application", async () => {
    await authorizeApplication(web.keyturn, person);
    const page = await web.open("/account/applications", { as: ann });
    await press(page, "Disconnect Photo Printer");
    await expectNoBarriers(page);
    await press(dialogOf(page), "Disconnect");
    await says(page, "The application is disconnected.");
    await says(page, "No application is connected.");
  });
});

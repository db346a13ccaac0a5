import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AUDIT_ACTIONS } from "../src/rooms/audit/actions.js";
import { expectNoBarriers, expectNoScrolling, focused } from "./stage/pages.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator } from "./stage/people.js";
import { dialogOf, field, press, save, says, tells } from "./stage/steps.js";
import { ORIGIN, startWeb, TELEPHONE, type Web } from "./stage/web.js";

/** A name that a spreadsheet would take for a formula, and that has what a CSV file must quote. */
const FORMULA = '=hyperlink("//x.example","a,b")';

describe("the audit log in a browser", () => {
  let web: Web;
  let administrator: LoggedInPerson;

  /** What happened, and when, row by row. */
  const rowsOf = (page: Page): Promise<string[]> => page.getByRole("rowheader").allTextContents();

  beforeAll(async () => {
    web = await startWeb();
    administrator = await logInAdministrator(web.keyturn);
    const ann = await createPerson(administrator, "ann");
    for (let count = 0; count < 60; count += 1) await logIn(web.keyturn, ann);
    web.keyturn.clock.advance({ seconds: 60 });
    const wrong = { loginName: FORMULA, password: "wrong-wrong-wrong" };
    await web.keyturn.anyone.mutate("login", wrong);
    await web.keyturn.settle();
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  it("shows what happened, the newest first, page by page, and goes back by the browser's button", async () => {
    const page = await web.open("/admin/audit", { as: administrator });
    await says(page, FORMULA);
    expect((await rowsOf(page))[0]).toBe("Login failed");
    expect(await rowsOf(page)).toHaveLength(50);
    await press(page, "Next");
    await says(page, /^Page 2$/);
    await page.getByText("Account created").nth(1).waitFor();
    await page.reload();
    await says(page, /^Page 2$/);
    await press(page, "Previous");
    await says(page, FORMULA);
    await page.goBack();
    await says(page, /^Page 2$/);
  });

  it("keeps the filters in the address, and finds by an account that a search found", async () => {
    const page = await web.open("/admin/audit", { as: administrator, viewport: TELEPHONE });
    await field(page, "What happened").selectOption({ label: "Account created" });
    await field(page, "Find an account").fill("ann");
    await press(page, "Only ANN (ann)");
    await says(page, "ANN (ann)");
    await expect.poll(() => focused(page)).toBe("Any account");
    await press(page, "Show");
    await page.waitForURL(/action=account\.created&account=/);
    await expect.poll(() => rowsOf(page)).toEqual(["Account created"]);
    expect(await focused(page)).toBe("Show");
    await tells(page, "1 event on page 1");
    await page.reload();
    await expect.poll(() => rowsOf(page)).toEqual(["Account created"]);
    expect(await field(page, "What happened").inputValue()).toBe("account.created");
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await press(page, "Clear the filters");
    await expect.poll(() => rowsOf(page)).toHaveLength(50);
    expect(await focused(page)).toBe("What happened");
    await field(page, "Result").selectOption({ label: "Failed" });
    await press(page, "Show");
    await expect.poll(() => rowsOf(page)).toEqual(["Login failed"]);
  });

  it("asks from and until a time in the person's own time zone", async () => {
    const page = await web.open("/admin/audit", { as: administrator, timezoneId: "Asia/Tokyo" });
    await says(page, "Times are in your time zone, Asia/Tokyo.");
    // The clock started at 17:00 in Tokyo; the failed login was a minute later.
    await field(page, "From").fill("2027-01-15T17:01");
    await press(page, "Show");
    await page.waitForURL(/from=2027-01-15T08%3A01%3A00\.000Z/);
    await expect.poll(() => rowsOf(page)).toEqual(["Login failed"]);
    await page.getByRole("cell", { name: "Jan 15, 2027, 5:01" }).waitFor();
    await field(page, "Until (not included)").fill("2027-01-15T17:01");
    await press(page, "Show");
    await says(page, "No event matches.");
  });

  it("reads a day in the address as the moment at which it begins", async () => {
    const page = await web.open("/admin/audit?from=2099-01-01", { as: administrator });
    await says(page, "No event matches.");
    await page.goto(`${ORIGIN}/admin/audit?to=2099-01-01&result=FAILED`);
    await expect.poll(() => rowsOf(page)).toEqual(["Login failed"]);
  });

  it("shows all that is known of an event", async () => {
    const page = await web.open("/admin/audit?result=FAILED", { as: administrator });
    await press(page, /^Details: Login failed/);
    const dialog = dialogOf(page, "Login failed");
    await dialog.getByText("login.failed", { exact: true }).waitFor();
    await says(dialog, "127.0.0.1");
    await expectNoBarriers(page);
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
  });

  it("knows every action of the server by a plain name, in both languages", async () => {
    const namesOf = async (page: Page): Promise<string[]> => {
      const options = page.getByRole("combobox").first().getByRole("option");
      await options.nth(1).waitFor({ state: "attached" });
      return (await options.allTextContents()).slice(1);
    };
    const valuesOf = (page: Page): Promise<string[]> =>
      page
        .getByRole("combobox")
        .first()
        .getByRole("option")
        .evaluateAll((all) => all.map((option) => option.getAttribute("value") ?? ""));
    const english = await web.open("/admin/audit", { as: administrator });
    const names = await namesOf(english);
    expect((await valuesOf(english)).slice(1)).toEqual(Object.keys(AUDIT_ACTIONS));
    expect(names.filter((name) => Object.hasOwn(AUDIT_ACTIONS, name))).toEqual([]);
    await administrator.client.mutate("updateProfile", { locale: "ja" });
    const japanese = await web.open("/admin/audit", { as: administrator, viewport: TELEPHONE });
    const translated = await namesOf(japanese);
    expect(translated.filter((name) => !/[ぁ-んァ-ヶ一-龠]/.test(name))).toEqual([]);
    await japanese.getByRole("button", { name: "CSVをダウンロード" }).waitFor();
    await expectNoBarriers(japanese);
    await administrator.client.mutate("updateProfile", { locale: "en" });
  });

  it("downloads all that the filters find as CSV, in which nothing is a formula", async () => {
    const page = await web.open("/admin/audit", { as: administrator });
    const all = await download(page);
    expect(await page.getByText(/events are in the file/).textContent()).toBe(
      `${all.length - 1} events are in the file.`,
    );
    expect(all.length - 1).toBe((await web.keyturn.events()).length);
    const [head, newest] = all;
    expect(head?.slice(0, 3)).toEqual(["at", "Time (UTC)", "action"]);
    expect(newest?.[0]).toBe(new Date(web.keyturn.clock.now()).toISOString());
    expect(all.flat()).toContain(`'${FORMULA}`);
    expect(all.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    await field(page, "What happened").selectOption({ label: "Account created" });
    await press(page, "Show");
    await page.waitForURL(/action=account\.created/);
    await expect.poll(async () => new Set(await rowsOf(page))).toEqual(new Set(["Account created"]));
    const created = await download(page);
    expect(created.slice(1).map((row) => row[2])).toEqual(
      (await web.keyturn.events("account.created")).map(({ action }) => action),
    );
  });
});

async function download(page: Page): Promise<string[][]> {
  const { name, text } = await save(page, "Download as CSV");
  expect(name).toMatch(/^audit-log-\d{4}-\d\d-\d\dT\d{4}\.csv$/);
  expect(text.startsWith("\uFEFF")).toBe(true);
  return parseCsv(text.slice(1));
}

/** Reads CSV as RFC 4180 has it. */
function parseCsv(text: string): string[][] {
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of cells) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { changeRows } from "./stage/counters.js";
import { expectNoBarriers } from "./stage/pages.js";
import { newcomers, nextCode, type ProtectedPerson } from "./stage/people.js";
import { completeLogin, protectAdministrator } from "./stage/proofs.js";
import {
  dialogOf,
  enterCode,
  enterPassword,
  enterRecoveryCode,
  field,
  press,
  prove,
  save,
  says,
  scan,
  titled,
} from "./stage/steps.js";
import { CONFIGURE, SETTINGS, startWeb, TELEPHONE, type Web } from "./stage/web.js";

describe("recovery codes on the page", () => {
  let web: Web;
  let administrator: ProtectedPerson;
  const { newPerson, newProtected } = newcomers(() => ({ keyturn: web.keyturn, administrator }));

  beforeAll(async () => {
    web = await startWeb();
    administrator = await protectAdministrator(web.keyturn);
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  const useRecoveryCodes = async (person: ProtectedPerson, from: number, to: number): Promise<void> => {
    for (const recoveryCode of person.recoveryCodes.slice(from, to)) {
      const { answer } = await completeLogin(web.keyturn, person, { recoveryCode });
      expect(answer.__typename).toBe("LoggedIn");
    }
  };

  it("come on paper alone, black on white, and on the clipboard and into a file", async () => {
    const ann = await newPerson();
    const permissions = ["clipboard-read", "clipboard-write"];
    const page = await web.open(`/login?next=${CONFIGURE}`, { colorScheme: "dark", permissions });
    await enterPassword(page, ann);
    await enterCode(page, (await scan(page, web.keyturn)).code());
    await press(page, "Enable");
    await titled(page, "Keep your recovery codes");
    const codes = await page
      .getByRole("list", { name: "Recovery codes" })
      .getByRole("listitem")
      .allTextContents();
    const heading = `Keyturn: recovery codes of ${ann.loginName}`;
    await expectOnPaper(page, [heading, ...codes]);
    await press(page, "Copy");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join("\n"));
    const file = await save(page, "Download");
    expect(file.name).toBe("recovery-codes.txt");
    expect(file.text.split("\n")).toEqual(expect.arrayContaining([heading, ...codes]));
    await page.getByText("I have kept these codes").click();
    await press(page, "Finish");
    await says(page, "10 recovery codes remain.");
  });

  it("come on paper alone out of a dialog too, once they are renewed", async () => {
    const ann = await newProtected();
    const page = await web.open(SETTINGS, { as: ann });
    await press(page, "Make new codes");
    await prove(page, nextCode(web.keyturn, ann), "Make new codes");
    const list = dialogOf(page).getByRole("list", { name: "Recovery codes" });
    await list.waitFor();
    const codes = await list.getByRole("listitem").allTextContents();
    await expectOnPaper(page, [`Keyturn: recovery codes of ${ann.loginName}`, ...codes]);
    await page.getByText("I have kept these codes").click();
    await press(page, "Finish");
    await says(page, "Your new recovery codes are in force. Throw the old ones away.");
  });

  it("are missed in words when few or none are left, at the login and in the settings", async () => {
    const ann = await newProtected();
    await useRecoveryCodes(ann, 0, 6);
    const page = await web.open(`/login?next=${SETTINGS}`, { viewport: TELEPHONE });
    await enterPassword(page, ann);
    await enterRecoveryCode(page, ann.recoveryCodes[6]);
    await says(page, "You have 3 recovery codes left.");
    await says(page, "Make new ones in your account settings");
    await press(page, "Continue");
    await says(page, "3 recovery codes remain.");
    await says(page, "Make new ones before you run out");
    await expectNoBarriers(page);
    await useRecoveryCodes(ann, 7, 9);
    const last = await web.open(`/login?next=${SETTINGS}`, { viewport: TELEPHONE });
    await enterPassword(last, ann);
    await enterRecoveryCode(last, ann.recoveryCodes[9]);
    await says(last, "That was your last recovery code.");
    await press(last, "Continue");
    await says(last, "No recovery code remains.");
    await says(last, "Make new ones: without your phone, only an administrator can let you in.");
    await expectNoBarriers(last);
    await press(last, "Make new codes");
    await field(dialogOf(last), "Verification code").waitFor();
    expect(await dialogOf(last).getByRole("button", { name: "Use a recovery code instead" }).count()).toBe(0);
  });

  it("are what is left once too many codes were wrong, and an administrator where none is", async () => {
    const ann = await newProtected();
    await changeRows(web.keyturn, "UPDATE accounts SET wrong_codes = 100 WHERE id = $1", [ann.id]);
    const page = await web.open(SETTINGS, { as: ann });
    await says(page, /Use a recovery code once, and they are accepted again\./);
    await changeRows(web.keyturn, "DELETE FROM recovery_codes WHERE account_id = $1", [ann.id]);
    await page.reload();
    await says(page, /no recovery code remains. Ask an administrator/);
    await expectNoBarriers(page);
    const login = await web.open("/login");
    await enterPassword(login, ann);
    await says(login, /Verification codes are no longer accepted/);
    await says(login, /An administrator can disable two-factor authentication for you\./);
    await expectNoBarriers(login);
  });
});

/** What a printer gets is one page with these lines alone, black on white. */
async function expectOnPaper(page: Page, lines: readonly string[]): Promise<void> {
  const before = page.viewportSize();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const printed = await page.evaluate(() => document.body.innerText);
  expect(
    printed
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ).toEqual(lines);
  const colours = await page
    .getByRole("listitem")
    .first()
    .evaluate((item) => ({
      ink: getComputedStyle(item).color,
      paper: [item.parentElement, document.body].map(
        (each) => each && getComputedStyle(each).backgroundColor,
      ),
    }));
  expect(colours).toEqual({ ink: "rgb(0, 0, 0)", paper: ["rgb(255, 255, 255)", "rgb(255, 255, 255)"] });
  const paper = (await page.pdf()).toString("latin1");
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: "screen" });
  if (before !== null) await page.setViewportSize(before);
}

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mailSaying } from "./stage/mailbox.js";
import { expectNoBarriers, expectNoScrolling, expectOnlyWords } from "./stage/pages.js";
import {
  addAuthenticator,
  logInWithCode,
  newcomers,
  nextCode,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator } from "./stage/proofs.js";
import {
  dialogOf,
  enterCode,
  enterPassword,
  field,
  follow,
  press,
  prove,
  regionOf,
  says,
  scan,
  titled,
} from "./stage/steps.js";
import { arrive, CONFIGURE, MOVE, ORIGIN, SETTINGS, startWeb, TELEPHONE, type Web } from "./stage/web.js";

let web: Web;
let administrator: ProtectedPerson;
const { newLoggedIn, newProtected } = newcomers(() => ({ keyturn: web.keyturn, administrator }));

beforeAll(async () => {
  web = await startWeb();
  administrator = await protectAdministrator(web.keyturn);
});
beforeEach(async () => {
  administrator = await logInWithCode(web.keyturn, administrator);
});
afterEach(() => web.closePages());
afterAll(() => web.close());

describe("several authenticators", () => {
  it("are five at most: no sixth is begun, nor one that was begun before, and it is said what to do", async () => {
    let ann = await newProtected();
    for (const name of ["Two", "Three", "Four"])
      ann = (await addAuthenticator(web.keyturn, ann, name)).person;
    const page = await web.open(`/login?next=${CONFIGURE}`);
    await enterPassword(page, ann);
    await enterCode(page, nextCode(web.keyturn, ann));
    await field(page, /^Device name/).fill("Six");
    await press(page, "Show the QR code");
    const sixth = await scan(page, web.keyturn);
    await addAuthenticator(web.keyturn, ann, "Five");
    await enterCode(page, sixth.code());
    await press(page, "Add");
    await says(page, /This enrollment has expired/);
    await press(page, "Show a new QR code");
    await says(page, "No more than 5 are possible. Remove one first.");
    await expectNoBarriers(page);
    await follow(page, "Back to Login Name & Password");
    await says(page, "You have five, and more are not possible. Remove one before you add another.");
    expect(await page.getByRole("link", { name: "Add an authenticator" }).count()).toBe(0);
    for (const path of [CONFIGURE, MOVE]) {
      await page.goto(ORIGIN + path);
      await says(page, "Remove one before you add another.");
      await expectOnlyWords(page);
    }
    await expectNoBarriers(page);
  });

  it("have their name from the beginning: the mail about a new one says it", async () => {
    const ann = await newProtected();
    const page = await web.open(SETTINGS, { as: ann });
    await follow(page, "Add an authenticator");
    await field(page, /^Device name/).fill("Blue tablet");
    await expectNoBarriers(page);
    await page.keyboard.press("Enter");
    const app = await scan(page, web.keyturn);
    await enterCode(page, app.code());
    await press(page, "Add");
    await says(page, "Blue tablet is added.");
    expect((await mailSaying(web.keyturn, ann.loginName, "was added")).text).toContain('"Blue tablet"');
  });

  for (const locale of ["en", "ja"])
    it(`shows the key and its button in one line on a telephone, in ${locale}`, async () => {
      const ann = await newLoggedIn({ locale });
      const page = await web.open(CONFIGURE, { as: ann, viewport: TELEPHONE });
      await scan(page, web.keyturn);
      const [key, button] = await Promise.all([
        page.getByRole("code").boundingBox(),
        page.getByRole("button", { name: locale === "en" ? "Copy the key" : "キーをコピー" }).boundingBox(),
      ]);
      expect(button?.y).toBeLessThan((key?.y ?? 0) + (key?.height ?? 0));
      expect(button?.x).toBeGreaterThan((key?.x ?? 0) + (key?.width ?? 0));
      await expectNoScrolling(page);
    });
});

describe("a device that is gone", () => {
  it("is no way in once an administrator disabled it, and enabling again makes a new secret", async () => {
    const ann = await newProtected();
    const page = await web.open(`/admin/accounts/${ann.id}`, { as: administrator });
    await titled(page, `Edit User: ${ann.loginName.toUpperCase()}`);
    await press(regionOf(page, "Two-Factor Authentication"), "Disable");
    await field(page, "Reason").fill("lost on a train");
    await press(dialogOf(page), "Disable");
    await says(page, /Two-factor authentication is disabled\./);
    await mailSaying(web.keyturn, ann.loginName, "lost on a train");
    const own = await web.open(`/login?next=${SETTINGS}`);
    await enterPassword(own, ann);
    await follow(own, "Enable");
    const app = await scan(own, web.keyturn);
    expect(app.secret).not.toBe(ann.app.secret);
    await enterCode(own, nextCode(web.keyturn, ann));
    await press(own, "Enable");
    await says(own, "The verification code is not valid.");
    await enterCode(own, app.code());
    await press(own, "Enable");
    await titled(own, "Keep your recovery codes");
  });

  it("is replaced by hand: logged in by the old code, disabled, and enabled with the new device", async () => {
    const ann = await newProtected();
    const page = await web.open(`/login?next=${SETTINGS}`, { viewport: TELEPHONE });
    await enterPassword(page, ann);
    await enterCode(page, nextCode(web.keyturn, ann));
    await press(page, "Disable");
    await prove(page, nextCode(web.keyturn, ann), "Disable");
    await says(page, /Two-factor authentication is disabled\./);
    await follow(page, "Enable");
    const app = await scan(page, web.keyturn);
    await enterCode(page, app.code());
    await press(page, "Enable");
    await titled(page, "Keep your recovery codes");
    await page.context().clearCookies();
    await page.goto(`${ORIGIN}/login?next=${SETTINGS}`);
    await enterPassword(page, ann);
    await enterCode(page, nextCode(web.keyturn, ann));
    await says(page, "The verification code is not valid.");
    await enterCode(page, nextCode(web.keyturn, { app }));
    await arrive(page, SETTINGS);
  });

  it("is told of before: programs that send a password need another credential from then on", async () => {
    const ann = await newLoggedIn();
    const page = await web.open(CONFIGURE, { as: ann });
    await says(page, /a password sent with a request is refused/);
    await says(page, /an API token instead, OAuth or a session; or a service account/);
  });
});

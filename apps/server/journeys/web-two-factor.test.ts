import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectNoBarriers, expectNoScrolling, focused } from "./stage/pages.js";
import {
  type AuthenticatorApp,
  logIn,
  newcomers,
  nextCode,
  type Person,
  type ProtectedPerson,
} from "./stage/people.js";
import { challengeOf, protectAdministrator, underPolicy } from "./stage/proofs.js";
import {
  dialogOf,
  enterCode,
  field,
  follow,
  press,
  prove,
  reach,
  regionOf,
  says,
  scan,
  titled,
} from "./stage/steps.js";
import { CONFIGURE, DESK, SETTINGS, startWeb, TELEPHONE, type Web } from "./stage/web.js";

describe("two-factor authentication in the account settings", () => {
  let web: Web;
  let administrator: ProtectedPerson;
  const host = () => ({ keyturn: web.keyturn, administrator });
  const { newPerson, newProtected } = newcomers(host);

  beforeAll(async () => {
    web = await startWeb();
    administrator = await protectAdministrator(web.keyturn);
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  /** Whether the codes of an app log a person in. */
  const logsIn = async (person: Person, app: AuthenticatorApp): Promise<boolean> => {
    const challenge = await challengeOf(web.keyturn, person);
    const proof = { verificationCode: nextCode(web.keyturn, { app }) };
    const answer = await web.keyturn.anyone.mutate("completeLogin", { challenge, proof });
    return answer.__typename === "LoggedIn";
  };

  for (const viewport of [DESK, TELEPHONE])
    it(`is enabled by scanning a QR code and entering the code, ${viewport.width} wide`, async () => {
      const ann = await newPerson();
      const page = await web.open("/account", { as: await web.logIn(ann), viewport });
      await follow(page, "Login Name & Password");
      await regionOf(page, "Two-Factor Authentication").waitFor();
      await expectNoBarriers(page);
      await follow(page, "Enable");
      await titled(page, "Configure Two-Factor Authentication");
      const app = await scan(page, web.keyturn);
      await says(page, "Google Authenticator");
      await expectNoBarriers(page);
      await expectNoScrolling(page);
      await enterCode(page, app.code());
      await press(page, "Enable");
      await titled(page, "Keep your recovery codes");
      expect(await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").count()).toBe(10);
      await expectNoBarriers(page);
      await expectNoScrolling(page);
      expect(await page.getByRole("button", { name: "Finish" }).isDisabled()).toBe(true);
      await page.getByText("I have kept these codes").click();
      await press(page, "Finish");
      await page.getByRole("button", { name: "Rename Authenticator" }).waitFor();
      await says(page, "10 recovery codes remain.");
      await expectNoBarriers(page);
      await expectNoScrolling(page);
      expect(await logsIn(ann, app)).toBe(true);
    });

  it("is enabled by the keyboard alone", async () => {
    const page = await web.open(SETTINGS, { as: await web.logIn(await newPerson()) });
    await page.getByRole("link", { name: "Enable" }).waitFor();
    await reach(page, "Enable");
    await page.keyboard.press("Enter");
    const app = await scan(page, web.keyturn);
    await reach(page, "Verification code");
    await page.keyboard.type(app.code());
    await page.keyboard.press("Enter");
    await titled(page, "Keep your recovery codes");
    await reach(page, "I have kept");
    await page.keyboard.press("Space");
    await reach(page, "Finish");
    await page.keyboard.press("Enter");
    await says(page, "10 recovery codes remain.");
  });

  it("stays disabled after a wrong code, takes the next right one of the same secret, and hints at a wrong clock", async () => {
    const page = await web.open(CONFIGURE, { as: await web.logIn(await newPerson()) });
    const app = await scan(page, web.keyturn);
    await press(page, "Enable");
    await says(page, "Fill in this field.");
    await enterCode(page, "000000");
    await press(page, "Enable");
    await says(page, "The verification code is not valid.");
    await expect.poll(() => focused(page)).toBe("Verification code");
    await expectNoBarriers(page);
    await enterCode(page, app.code(10));
    await press(page, "Enable");
    await says(page, /clock of your device seems to be 300 seconds fast/);
    expect((await scan(page, web.keyturn)).secret).toBe(app.secret);
    await enterCode(page, app.code());
    await press(page, "Enable");
    await titled(page, "Keep your recovery codes");
  });

  it("begins again by a press where the enrollment has expired", async () => {
    const page = await web.open(CONFIGURE, { as: await web.logIn(await newPerson()) });
    const old = await scan(page, web.keyturn);
    web.keyturn.clock.advance({ seconds: 901 });
    await enterCode(page, old.code());
    await press(page, "Enable");
    await says(page, /enrollment has expired/);
    await expectNoBarriers(page);
    await press(page, "Show a new QR code");
    // So much later a fresh proof is asked for, and what was being done goes on.
    await field(dialogOf(page), "Password").fill("quiet-harbor-lantern-7");
    await press(page, "Confirm");
    await expect.poll(async () => (await scan(page, web.keyturn)).secret).not.toBe(old.secret);
    await enterCode(page, (await scan(page, web.keyturn)).code());
    await press(page, "Enable");
    await titled(page, "Keep your recovery codes");
  });

  it("ends the API tokens that were made before only where that was chosen", async () => {
    for (const isChosen of [false, true]) {
      const ann = await newPerson();
      const { client } = await logIn(web.keyturn, ann);
      await client.mutate("createApiToken", { name: "Nightly", scopes: ["account:read"] });
      const page = await web.open(CONFIGURE, { as: await web.logIn(ann) });
      const app = await scan(page, web.keyturn);
      if (isChosen) await page.getByText("Revoke my API tokens: Nightly").click();
      await expectNoBarriers(page);
      await enterCode(page, app.code());
      await press(page, "Enable");
      await titled(page, "Keep your recovery codes");
      await says(page, "One other session, which had no code, ended.");
      const [event] = (await web.keyturn.events("two-factor.enabled")).slice(-1);
      expect(Number(event?.details["apiTokensRevoked"])).toBe(isChosen ? 1 : 0);
    }
  });

  it("is disabled by a code, not by one that was used, and says what that means", async () => {
    const ann = await newProtected();
    const page = await web.open(SETTINGS, { as: await web.logIn(ann) });
    await press(page, "Disable");
    await says(page, "From then on your password alone logs in.");
    await says(page, "Each code works once.");
    await expectNoBarriers(page);
    await prove(page, ann.app.code(), "Disable");
    await says(page, "The verification code is not valid.");
    await prove(page, nextCode(web.keyturn, ann), "Disable");
    await says(page, /Two-factor authentication is disabled/);
    await page.getByRole("link", { name: "Enable" }).waitFor();
    expect((await logIn(web.keyturn, ann)).id).toBe(ann.id);
  });

  it("cannot be disabled where the policy requires it, and says so", async () => {
    const ann = await newProtected();
    const page = await web.open(SETTINGS, { as: await web.logIn(ann) });
    await page.getByRole("button", { name: "Disable", exact: true }).waitFor();
    await press(page, "Disable");
    await underPolicy(host(), { twoFactor: "REQUIRED" }, async () => {
      await prove(page, nextCode(web.keyturn, ann), "Disable");
      await says(page, /requires two-factor authentication, so it cannot be disabled/);
      await page.reload();
      await says(page, /requires two-factor authentication, so you cannot disable it/);
      expect(await page.getByRole("button", { name: "Disable", exact: true }).count()).toBe(0);
    });
  });

  it("tells why it cannot be enabled, and from when it must be", async () => {
    const page = await web.open(SETTINGS, { as: await web.logIn(await newPerson({ kind: "GUEST" })) });
    await says(page, /not for guests/);
    await expectNoBarriers(page);
    const required = new Date(web.keyturn.clock.now() + 30 * 86_400_000).toISOString();
    const change = { twoFactor: "REQUIRED", twoFactorRequiredFrom: required };
    await underPolicy(host(), change, async () => {
      const other = await web.open(SETTINGS, { as: await web.logIn(await newPerson()) });
      await says(other, /Your organization requires it from/);
      await expectNoBarriers(other);
    });
  });

  it("moves to a new phone: the new one is added, then the old one removed", async () => {
    const ann = await newProtected();
    const page = await web.open(SETTINGS, { as: await web.logIn(ann), viewport: TELEPHONE });
    await follow(page, "Move to a new phone");
    await press(page, "Show the QR code");
    const app = await scan(page, web.keyturn);
    await enterCode(page, app.code());
    await press(page, "Add the new phone");
    await titled(page, "Move to a new phone: 2. Remove the old one");
    await expectNoBarriers(page);
    await expectNoScrolling(page);
    await page.getByRole("button", { name: "Remove Authenticator" }).first().click();
    await expectNoBarriers(page);
    await prove(page, nextCode(web.keyturn, { app }), "Remove");
    await titled(page, "You have moved to the new phone");
    await press(page, "Finish");
    await says(page, "it cannot be removed");
    expect(await page.getByRole("button", { name: /^Remove/ }).count()).toBe(0);
    expect(await logsIn(ann, app)).toBe(true);
    expect(await logsIn(ann, ann.app)).toBe(false);
  });

  it("renames an authenticator, adds a further one, and removes it by a recovery code", async () => {
    const ann = await newProtected();
    const page = await web.open(SETTINGS, { as: await web.logIn(ann) });
    await press(page, "Rename Authenticator");
    await field(dialogOf(page), "Name").fill("Desk");
    await press(page, "Save");
    await says(page, "It is now called Desk.");
    await follow(page, "Add an authenticator");
    await field(page, /^Device name/).fill("Tablet");
    await press(page, "Show the QR code");
    const app = await scan(page, web.keyturn);
    await enterCode(page, app.code());
    await press(page, "Add");
    await says(page, "Tablet is added.");
    await press(page, "Finish");
    await press(page, "Remove Tablet");
    await press(dialogOf(page), "Use a recovery code instead");
    await field(dialogOf(page), "Recovery code").fill(ann.recoveryCodes[0] ?? "");
    await press(dialogOf(page), "Remove");
    await says(page, "Tablet is removed.");
    await says(page, "9 recovery codes remain.");
  });

  it("makes new recovery codes by a code, and shows them until they are kept", async () => {
    const ann = await newProtected();
    const page = await web.open(SETTINGS, { as: await web.logIn(ann) });
    await press(page, "Make new codes");
    await prove(page, nextCode(web.keyturn, ann), "Make new codes");
    await dialogOf(page).getByRole("list", { name: "Recovery codes" }).waitFor();
    await expectNoBarriers(page);
    const shown = await dialogOf(page).getByRole("listitem").allTextContents();
    await page.keyboard.press("Escape");
    expect(await dialogOf(page).count()).toBe(1);
    await page.getByText("I have kept these codes").click();
    await press(page, "Finish");
    await says(page, "Your new recovery codes are in force.");
    const used = await web.keyturn.anyone.mutate("completeLogin", {
      challenge: await challengeOf(web.keyturn, ann),
      proof: { recoveryCode: shown[0] ?? "" },
    });
    expect(used.__typename).toBe("LoggedIn");
  });

  it("speaks Japanese", async () => {
    const page = await web.open(SETTINGS, {
      as: await web.logIn(await newPerson({ locale: "ja" })),
      viewport: TELEPHONE,
    });
    await follow(page, "有効にする");
    await titled(page, "2要素認証の設定");
    const app = await scan(page, web.keyturn);
    await field(page, "確認コード").fill(app.code());
    await press(page, "有効にする");
    await titled(page, "リカバリーコードを保管してください");
    await expectNoBarriers(page);
    await expectNoScrolling(page);
  });
});

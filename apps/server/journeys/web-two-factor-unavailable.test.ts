import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { changeRows } from "./stage/counters.js";
import { expectNoBarriers, expectOnlyWords } from "./stage/pages.js";
import { logInAdministrator, newcomers, nextCode, type ProtectedPerson } from "./stage/people.js";
import { protectAdministrator, underPolicy } from "./stage/proofs.js";
import { enterCode, enterPassword, says, scan, warns } from "./stage/steps.js";
import { arrive, CONFIGURE, MOVE, ORIGIN, SETTINGS, startWeb, TELEPHONE, type Web } from "./stage/web.js";

describe("where two-factor authentication cannot be enabled", () => {
  let web: Web;
  let administrator: ProtectedPerson;
  const host = () => ({ keyturn: web.keyturn, administrator });
  const { newPerson, newLoggedIn, newProtected } = newcomers(host);

  beforeAll(async () => {
    // The first day on which two-factor authentication is offered.
    web = await startWeb({ KEYTURN_TRIAL_STARTED_ON: "2019-09-08" });
    administrator = await protectAdministrator(web.keyturn);
  });
  afterEach(() => web.closePages());
  afterAll(() => web.close());

  it("says from which day of a trial on it is offered, and shows no QR code", async () => {
    const old = await startWeb({ KEYTURN_TRIAL_STARTED_ON: "2019-09-07" });
    try {
      const page = await old.open(SETTINGS, { as: await logInAdministrator(old.keyturn) });
      await says(page, /whose free trial started on or after September 8, 2019/);
      expect(await page.getByRole("link", { name: "Enable" }).count()).toBe(0);
      await expectNoBarriers(page);
      await page.goto(ORIGIN + CONFIGURE);
      await says(page, /An administrator sees the date under Security policy\./);
      await expectOnlyWords(page);
      await expectNoBarriers(page);
      await old.closePages();
    } finally {
      await old.close();
    }
  });

  it("keeps what was enabled where the trial turns out to be too old, and says what is not possible", async () => {
    const ann = await newProtected();
    const date = (day: string): Promise<void> =>
      changeRows(web.keyturn, "UPDATE security_policy SET trial_started_on = $1", [day]);
    await date("2019-09-07");
    try {
      const page = await web.open(SETTINGS, { as: ann, viewport: TELEPHONE });
      await says(page, /once disabled it cannot be enabled again/);
      await expectNoBarriers(page);
      await page.goto(ORIGIN + MOVE);
      await says(page, /no other authenticator can be added/);
      await expectOnlyWords(page);
    } finally {
      await date("2019-09-08");
    }
  });

  it("says to who has none that the policy does not allow it, and whom to ask", async () => {
    const ann = await newLoggedIn();
    await underPolicy(host(), { twoFactor: "FORBIDDEN" }, async () => {
      const page = await web.open(SETTINGS, { as: ann });
      await says(page, /security policy does not allow it. If you want it, ask an administrator\./);
      await page.goto(ORIGIN + CONFIGURE);
      await says(page, /If you want it, ask an administrator\./);
      await expectOnlyWords(page);
      await expectNoBarriers(page);
    });
    const page = await web.open(CONFIGURE, { as: ann });
    await scan(page, web.keyturn);
  });

  it("asks who has one for no code while the policy does not allow it, and for it again afterwards", async () => {
    const ann = await newProtected();
    const page = await web.open("/login", { viewport: TELEPHONE });
    await underPolicy(host(), { twoFactor: "FORBIDDEN" }, async () => {
      await enterPassword(page, ann);
      await arrive(page, "/account/profile");
      await page.goto(ORIGIN + SETTINGS);
      await says(page, "Not asked for now");
      await says(page, /do not delete them from your app\./);
      expect(await page.getByRole("button", { name: "Disable", exact: true }).count()).toBe(0);
      await expectNoBarriers(page);
      for (const path of [CONFIGURE, MOVE]) {
        await page.goto(ORIGIN + path);
        await says(page, /do not delete them from your app\./);
        await expectOnlyWords(page);
      }
      await page.goto("about:blank");
    });
    // The session of a password alone is over.
    await page.goto(ORIGIN + SETTINGS);
    await enterPassword(page, ann);
    await enterCode(page, nextCode(web.keyturn, ann));
    await arrive(page, SETTINGS);
    await page.getByRole("button", { name: "Disable", exact: true }).waitFor();
  });

  it("lets a guest log in by password alone, also where it is required, and says what protects a guest", async () => {
    const guest = await newPerson({ kind: "GUEST" });
    await underPolicy(host(), { twoFactor: "REQUIRED" }, async () => {
      const page = await web.open(`/login?next=${CONFIGURE}`);
      await enterPassword(page, guest);
      await arrive(page, CONFIGURE);
      await says(page, /not for guests. Choose a long password/);
      await expectOnlyWords(page);
      await expectNoBarriers(page);
    });
  });

  it("answers a service account at the login as any unknown name", async () => {
    const robot = await newPerson({ kind: "SERVICE", emailAddress: null });
    const page = await web.open("/login");
    for (const loginName of [robot.loginName, "nobody-of-this-name"]) {
      await enterPassword(page, { loginName, password: "violet-anchor-thistle-3" });
      await warns(page, "login name or the password is not correct");
      await page.reload();
    }
  });
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { type LoggedInPerson, logIn, logInAdministrator, turnTwoFactorOn } from "./stage/people.js";

const POLICY =
  "securityPolicy { twoFactor twoFactorRequiredFrom trialStartedOn maximumFailedAttempts lockoutMinutes sessionIdleSeconds sessionLifetimeSeconds passwordMinimumLength resetNeedsApproval }";
const UPDATED = `... on SecurityPolicyUpdated { ${POLICY} }`;
const DEFAULTS = {
  twoFactor: "OPTIONAL",
  twoFactorRequiredFrom: null,
  trialStartedOn: "2027-01-15",
  maximumFailedAttempts: 10,
  lockoutMinutes: 3,
  sessionIdleSeconds: 86_400,
  sessionLifetimeSeconds: 2_592_000,
  passwordMinimumLength: 8,
  resetNeedsApproval: false,
};

describeOnBoth("the security policy", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;

  const update = (change: object) => administrator.client.mutate("updateSecurityPolicy", change, UPDATED);
  const shown = async () => (await administrator.client.query(`{ ${POLICY} }`)).securityPolicy;
  const inSeconds = (seconds: number): string => new Date(keyturn.clock.now() + seconds * 1000).toISOString();

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  it("begins with its defaults, and the trial on the day of the first start", async () => {
    expect(await shown()).toEqual(DEFAULTS);
  });

  it("changes where a field is there, stays where it is absent, and the change is recorded", async () => {
    const { securityPolicy } = await update({ maximumFailedAttempts: 5, passwordMinimumLength: 12 });
    const changed = { ...DEFAULTS, maximumFailedAttempts: 5, passwordMinimumLength: 12 };
    expect(securityPolicy).toEqual(changed);
    expect(await shown()).toEqual(changed);
    const [event] = await keyturn.events("policy.updated");
    expect(event).toMatchObject({ actor: "admin", credential: "SESSION", result: "SUCCESS" });
    expect(event?.details).toEqual({ maximumFailedAttempts: "10 → 5", passwordMinimumLength: "8 → 12" });
    await update({ maximumFailedAttempts: 10, passwordMinimumLength: 8 });
  });

  it("empties by null what can be empty, and refuses null elsewhere", async () => {
    expect((await update({ lockoutMinutes: null })).securityPolicy.lockoutMinutes).toBeNull();
    await update({ lockoutMinutes: 3 });
    for (const field of Object.keys(DEFAULTS)) {
      if (["twoFactorRequiredFrom", "lockoutMinutes", "trialStartedOn"].includes(field)) continue;
      const input = {
        [field]: null,
        maximumFailedAttempts: 7,
        ...(field === "maximumFailedAttempts" && { [field]: null }),
      };
      const { body } = await administrator.client.send(mutation("updateSecurityPolicy"), { input });
      expect(body.errors[0].extensions, field).toEqual({ code: "BAD_USER_INPUT", path: ["input", field] });
    }
    expect(await shown()).toEqual(DEFAULTS);
  });

  it.each([
    ["a date without REQUIRED", { twoFactorRequiredFrom: "2030-01-01T00:00:00Z" }],
    [
      "a date with another rule",
      { twoFactor: "REQUIRED_FOR_ADMINISTRATORS", twoFactorRequiredFrom: "2030-01-01T00:00:00Z" },
    ],
    ["no attempt at all", { maximumFailedAttempts: 0 }],
    ["fewer attempts than none", { maximumFailedAttempts: -1 }],
    ["a lock of no minutes", { lockoutMinutes: 0 }],
    ["a session that is idle at once", { sessionIdleSeconds: 0 }],
    ["a session that lives no time", { sessionLifetimeSeconds: 0 }],
    ["passwords of seven characters", { passwordMinimumLength: 7 }],
    ["passwords that nobody can set", { passwordMinimumLength: 129 }],
    ["an approval that nobody can give", { resetNeedsApproval: true }],
  ])("conflicts with itself where it says %s, and stays as it was", async (_what, change) => {
    const answer = await update({ ...change, sessionIdleSeconds: 1000, ...change });
    expect(answer).toMatchObject({ __typename: "PolicyConflict", code: "POLICY_CONFLICT" });
    expect(answer.message).toMatch(/\.$/);
    expect(await shown()).toEqual(DEFAULTS);
  });

  it("takes no number that is none", async () => {
    for (const maximumFailedAttempts of [1.5, "5", 2 ** 40, true]) {
      const input = { maximumFailedAttempts };
      const { status, body } = await administrator.client.send(mutation("updateSecurityPolicy"), { input });
      expect([status, body.errors[0].extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
    }
    const input = { twoFactorRequiredFrom: "tomorrow" };
    expect((await administrator.client.send(mutation("updateSecurityPolicy"), { input })).status).toBe(400);
    const rule = { twoFactor: "SOMETIMES" };
    expect((await administrator.client.send(mutation("updateSecurityPolicy"), { input: rule })).status).toBe(
      400,
    );
  });

  it("keeps a date with REQUIRED, changes it alone, and drops it with the rule", async () => {
    const [soon, later] = [inSeconds(3600), inSeconds(7200)];
    const set = await update({ twoFactor: "REQUIRED", twoFactorRequiredFrom: soon });
    expect(set.securityPolicy).toMatchObject({ twoFactor: "REQUIRED", twoFactorRequiredFrom: soon });
    expect((await update({ twoFactorRequiredFrom: later })).securityPolicy.twoFactorRequiredFrom).toBe(later);
    expect((await update({ maximumFailedAttempts: 10 })).securityPolicy.twoFactorRequiredFrom).toBe(later);
    const dropped = await update({ twoFactor: "OPTIONAL" });
    expect(dropped.securityPolicy).toEqual(DEFAULTS);
  });

  it("ends logins that are under way when it changes", async () => {
    const person = await turnTwoFactorOn(keyturn, administrator);
    administrator = person;
    keyturn.clock.advance({ seconds: 30 });
    const challenge = "... on TwoFactorChallenge { challenge }";
    const asked = await keyturn.anyone.mutate("login", { ...ADMINISTRATOR }, challenge);
    await update({ passwordMinimumLength: 9 });
    const proof = { verificationCode: person.app.code() };
    const input = { challenge: asked.challenge, proof };
    expect((await keyturn.anyone.mutate("completeLogin", input)).__typename).toBe("ChallengeExpired");
    await update({ passwordMinimumLength: 8 });
  });

  it("is shown to everyone who is known, and changed by administrators with a recent proof alone", async () => {
    const input = { loginName: "ann", displayName: "Ann", password: "quiet-harbor-lantern-7" };
    await administrator.client.mutate("createAccount", input);
    const { client } = await logIn(keyturn, input);
    expect((await client.query(`{ ${POLICY} }`)).securityPolicy).toEqual(DEFAULTS);
    expect(await client.refusal("updateSecurityPolicy", { lockoutMinutes: 1 })).toBe("FORBIDDEN");
    const { body } = await keyturn.anyone.send(`{ ${POLICY} }`);
    expect(body.errors[0].extensions.code).toBe("UNAUTHENTICATED");
    keyturn.clock.advance({ seconds: 901 });
    expect(await administrator.client.refusal("updateSecurityPolicy", {})).toBe("STEP_UP_REQUIRED");
  });
});

describeOnBoth("the security policy where the trial began before 2019-09-08", (kind) => {
  it("cannot require what is not offered, until the configuration says another day", async () => {
    let keyturn = await startKeyturn(kind, { KEYTURN_TRIAL_STARTED_ON: "2019-09-07" });
    const { client } = await logInAdministrator(keyturn);
    for (const twoFactor of ["REQUIRED", "REQUIRED_FOR_ADMINISTRATORS"]) {
      const refused = await client.mutate("updateSecurityPolicy", { twoFactor });
      expect(refused.__typename).toBe("PolicyConflict");
      expect(refused.message).toContain("September 8, 2019");
    }
    keyturn = await keyturn.restart({ KEYTURN_TRIAL_STARTED_ON: "2019-09-08" });
    const after = await logInAdministrator(keyturn);
    const answer = await after.client.mutate("updateSecurityPolicy", { twoFactor: "REQUIRED" }, UPDATED);
    expect(answer.securityPolicy).toMatchObject({ twoFactor: "REQUIRED", trialStartedOn: "2019-09-08" });
    await keyturn.close();
  });
});

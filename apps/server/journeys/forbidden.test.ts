import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  enroll,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  type ProtectedPerson,
  withPassword,
} from "./stage/people.js";
import { challengeOf, completeLogin, logInAtOnce, setPolicy, stepUp, WAYS } from "./stage/proofs.js";

const VIEWER = "{ viewer { twoFactor { state availability enabledAt requiredFrom } } }";

describeOnBoth("two-factor forbidden", (kind) => {
  let keyturn: Keyturn;
  let ann: LoggedInPerson;
  let carl: ProtectedPerson;
  let people = 0;
  const set = async (twoFactor: string, more = {}): Promise<void> =>
    setPolicy(await logInAdministrator(keyturn), { twoFactor, ...more });
  const tryToLogIn = ({ loginName, password }: Omit<Person, "id">, more = {}) =>
    keyturn.anyone.mutate("login", { loginName, password, ...more }, LOGIN);
  const statusOf = async ({ client }: LoggedInPerson): Promise<number> => (await client.send(VIEWER)).status;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    await set("OPTIONAL");
    people += 1;
    const administrator = await logInAdministrator(keyturn);
    ann = await logIn(keyturn, await createPerson(administrator, `ann-${people}`));
    carl = await createProtectedPerson(keyturn, administrator, `carl-${people}`);
    keyturn.clock.advance({ seconds: 30 });
  });

  it("asks nobody for a code: the password alone logs in, and uses up no code that came along", async () => {
    await set("FORBIDDEN");
    const verificationCode = carl.app.code();
    for (const proof of [undefined, { verificationCode }, { verificationCode: "000000" }]) {
      const answer = await tryToLogIn(carl, { proof });
      const session = { assurance: "ONE_FACTOR", methods: ["pwd"] };
      expect(answer).toMatchObject({ __typename: "LoggedIn", session });
    }
    await set("OPTIONAL");
    expect((await tryToLogIn(carl, { proof: { verificationCode } })).__typename).toBe("LoggedIn");
  });

  it("accepts a password that comes with a request", async () => {
    await set("FORBIDDEN");
    const { authentication } = await withPassword(keyturn, carl).query(
      "{ authentication { credential assurance } }",
    );
    expect(authentication).toEqual({ credential: "PASSWORD", assurance: "ONE_FACTOR" });
  });

  it("lets factors lie dormant: they are there, and say so", async () => {
    await set("FORBIDDEN");
    const { viewer } = await carl.client.query(VIEWER);
    const dormant = { state: "ENABLED", availability: "NOT_ALLOWED", requiredFrom: null };
    expect(viewer.twoFactor).toEqual({ ...dormant, enabledAt: expect.any(String) });
  });

  it("lets nobody enroll, nor confirm what was begun before", async () => {
    const begun = await enroll(keyturn, ann);
    await set("FORBIDDEN");
    const refusal = {
      ...{ __typename: "TwoFactorUnavailable", code: "TWO_FACTOR_UNAVAILABLE", availability: "NOT_ALLOWED" },
      message: "Your organization's security policy does not allow two-factor authentication.",
    };
    const selection = "... on TwoFactorUnavailable { availability }";
    for (const { client } of [ann, carl])
      expect(await client.mutate("enrollTwoFactor", {}, selection)).toMatchObject(refusal);
    const input = { enrollmentId: begun.id, verificationCode: begun.app.code() };
    expect(await ann.client.mutate("confirmTwoFactor", input, selection)).toMatchObject(refusal);
    expect((await ann.client.query(VIEWER)).viewer.twoFactor.state).toBe("DISABLED");
  });

  it("proves again by the password alone, and changes it by the old one alone", async () => {
    await set("FORBIDDEN");
    const session = await logIn(keyturn, carl);
    keyturn.clock.advance({ seconds: 901 });
    const asked = { input: { name: "script", scopes: ["account:read"] } };
    const { body } = await session.client.send(mutation("createApiToken"), asked);
    expect(body.errors[0].extensions).toMatchObject({ code: "STEP_UP_REQUIRED", methods: ["PASSWORD"] });
    const { answer, person } = await stepUp(keyturn, { ...carl, ...session }, { verificationCode: "000000" });
    expect(answer).toMatchObject({ __typename: "SteppedUp", session: { assurance: "ONE_FACTOR" } });
    const selection = "... on ApiTokenCreated { apiToken { assurance } }";
    const created = await person.client.mutate("createApiToken", asked.input, selection);
    expect(created.apiToken).toEqual({ assurance: "ONE_FACTOR" });
    const change = { currentPassword: carl.password, newPassword: "violet-anchor-thistle-3" };
    expect((await person.client.mutate("changePassword", change)).__typename).toBe("PasswordChanged");
  });

  it.each(WAYS.filter(({ name }) => /regenerate|disable/.test(name)))(
    "still asks for a proof by $name, of a session that a password alone opened too",
    async (way) => {
      await set("FORBIDDEN");
      const session = { ...carl, ...(await logIn(keyturn, carl)) };
      const wrong = await way.prove(keyturn, session, { verificationCode: carl.app.code(99) });
      expect(wrong.answer.__typename).toBe("InvalidVerificationCode");
      const right = await way.prove(keyturn, session, { verificationCode: carl.app.code() });
      expect(right.answer.__typename).toBe(way.success);
    },
  );

  it("still asks for a proof to remove an authenticator", async () => {
    const [way] = WAYS.filter(({ name }) => name === "removeAuthenticator");
    // Adds the further one, and is refused.
    const added = await way?.prove(keyturn, carl, { verificationCode: "000000" });
    await set("FORBIDDEN");
    const session = { ...carl, ...(await logIn(keyturn, carl)) };
    const kinds = [added?.answer.__typename];
    for (const verificationCode of ["000000", carl.app.code()])
      kinds.push((await way?.prove(keyturn, session, { verificationCode }))?.answer.__typename);
    expect(kinds).toEqual(["InvalidVerificationCode", "InvalidVerificationCode", "AuthenticatorRemoved"]);
  });

  it("ends a login that waits for its code", async () => {
    const challenge = await challengeOf(keyturn, carl);
    await set("FORBIDDEN");
    const input = { challenge, proof: { verificationCode: carl.app.code() } };
    expect((await keyturn.anyone.mutate("completeLogin", input)).__typename).toBe("ChallengeExpired");
  });

  it.each([
    ["OPTIONAL", {}],
    ["REQUIRED", { twoFactorRequiredFrom: "2099-01-01T00:00:00Z" }],
  ])("wakes the factors when %s takes its place: sessions without one end for good", async (rule, more) => {
    await set("FORBIDDEN");
    const opened = await logIn(keyturn, carl);
    expect([await statusOf(opened), await statusOf(carl)]).toEqual([200, 200]);
    await set(rule, more);
    expect(await Promise.all([opened, carl, ann].map(statusOf))).toEqual([401, 200, 200]);
    expect((await tryToLogIn(carl)).__typename).toBe("TwoFactorChallenge");
    expect((await withPassword(keyturn, carl).send(VIEWER)).status).toBe(401);
    const { answer } = await logInAtOnce(keyturn, carl, { verificationCode: carl.app.code() });
    expect(answer).toMatchObject({ __typename: "LoggedIn", session: { assurance: "TWO_FACTOR" } });
    await set("FORBIDDEN");
    expect(await Promise.all([opened, carl].map(statusOf))).toEqual([401, 200]);
  });
});

describeOnBoth("a trial that began too early for two-factor", (kind) => {
  let keyturn: Keyturn;
  let ann: LoggedInPerson;
  let carl: ProtectedPerson;
  const back = async (): Promise<void> => {
    ann = await logIn(keyturn, ann);
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    const administrator = await logInAdministrator(keyturn);
    ann = await logIn(keyturn, await createPerson(administrator, "ann"));
    carl = await createProtectedPerson(keyturn, administrator, "carl");
    keyturn = await keyturn.restart({ KEYTURN_TRIAL_STARTED_ON: "2019-09-07" });
    await back();
  });
  afterAll(() => keyturn.close());

  it("is shown to administrators with its day", async () => {
    const { client } = await logInAdministrator(keyturn);
    const { securityPolicy } = await client.query("{ securityPolicy { trialStartedOn } }");
    expect(securityPolicy.trialStartedOn).toBe("2019-09-07");
  });

  it("lets nobody enroll, and says why, in the account's language", async () => {
    const { viewer } = await ann.client.query(VIEWER);
    expect(viewer.twoFactor).toMatchObject({ state: "DISABLED", availability: "TRIAL_TOO_OLD" });
    const selection = "... on TwoFactorUnavailable { availability }";
    expect(await ann.client.mutate("enrollTwoFactor", {}, selection)).toEqual({
      ...{ __typename: "TwoFactorUnavailable", code: "TWO_FACTOR_UNAVAILABLE", path: null },
      availability: "TRIAL_TOO_OLD",
      message:
        "Two-factor authentication is offered to organizations whose free trial started on or after September 8, 2019. Yours started before.",
    });
    await ann.client.mutate("updateProfile", { locale: "ja" });
    const inJapanese = await ann.client.mutate("enrollTwoFactor", {});
    expect(inJapanese.message).toContain("2019年9月8日以降に無料お試しを開始した組織");
  });

  it("asks whoever has a second factor for it in any case, and lets them go without", async () => {
    expect((await withPassword(keyturn, carl).send(VIEWER)).status).toBe(401);
    keyturn.clock.advance({ seconds: 30 });
    const { answer } = await completeLogin(keyturn, carl, { verificationCode: carl.app.code() });
    expect(answer.__typename).toBe("LoggedIn");
    const { client } = await logInAdministrator(keyturn);
    const reset = await client.mutate("resetTwoFactor", { accountId: carl.id, reason: "Telephone lost" });
    expect(reset.__typename).toBe("TwoFactorReset");
    expect((await logIn(keyturn, carl)).id).toBe(carl.id);
  });

  it.each(["REQUIRED", "REQUIRED_FOR_ADMINISTRATORS"])("conflicts with the rule %s", async (twoFactor) => {
    const { client } = await logInAdministrator(keyturn);
    expect(await client.mutate("updateSecurityPolicy", { twoFactor })).toMatchObject({
      __typename: "PolicyConflict",
      message: expect.stringContaining("cannot be required"),
    });
  });

  it("makes way for the offer a day later", async () => {
    keyturn = await keyturn.restart({ KEYTURN_TRIAL_STARTED_ON: "2019-09-08" });
    await back();
    const { viewer } = await ann.client.query(VIEWER);
    expect(viewer.twoFactor.availability).toBe("AVAILABLE");
    expect((await enroll(keyturn, ann)).id).toEqual(expect.any(String));
  });
});

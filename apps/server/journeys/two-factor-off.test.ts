import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { countComparisons, countersOf } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  enroll,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  logInWithCode,
  type ProtectedPerson,
  turnTwoFactorOn,
  withPassword,
  withToken,
} from "./stage/people.js";
import { challengeOf, logInAtOnce, protectAdministrator, setPolicy } from "./stage/proofs.js";

const AUTHENTICATION = "{ authentication { assurance methods session { id } } }";
const DISABLED = "... on TwoFactorDisabled { sessionsRevoked account { twoFactor { state enabledAt } } }";

describeOnBoth("two-factor turned off by its owner", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;
  const someone = async (): Promise<ProtectedPerson> => {
    people += 1;
    const person = await createProtectedPerson(keyturn, administrator, `person-${people}`);
    keyturn.clock.advance({ seconds: 30 });
    return person;
  };
  const disable = ({ client, app }: ProtectedPerson, far = 0) =>
    client.mutate("disableTwoFactor", { proof: { verificationCode: app.code(far) } }, DISABLED);
  const statusOf = async ({ client }: LoggedInPerson): Promise<number> =>
    (await client.send("{ viewer { id } }")).status;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  it("by a code: the password alone logs in again, also with a request", async () => {
    const person = await someone();
    const off = { state: "DISABLED", enabledAt: null };
    expect(await disable(person)).toEqual({
      ...{ __typename: "TwoFactorDisabled", sessionsRevoked: 0 },
      account: { twoFactor: off },
    });
    expect((await logIn(keyturn, person)).id).toBe(person.id);
    expect((await withPassword(keyturn, person).send("{ viewer { id } }")).status).toBe(200);
    const [event] = (await keyturn.events("two-factor.disabled")).slice(-1);
    expect(event).toMatchObject({
      actor: person.loginName,
      subject: person.loginName,
      credential: "SESSION",
    });
    const mail = await keyturn.mailbox.next(({ subject }) => subject.includes("was disabled"));
    expect(mail).toMatchObject({ to: `${person.loginName}@example.com` });
  });

  it("is not turned off by a wrong code, which is counted", async () => {
    const person = await someone();
    expect((await disable(person, 99)).__typename).toBe("InvalidVerificationCode");
    expect(await countersOf(keyturn, person.loginName)).toMatchObject({ failed: 1, wrongCodes: 1 });
    await expect(logIn(keyturn, person)).rejects.toThrow("TwoFactorChallenge");
  });

  it("fails every code of the old secret for ever, also when it is on again with another secret", async () => {
    const person = await someone();
    await disable(person);
    const { id, app } = await enroll(keyturn, person);
    expect(app.secret).not.toBe(person.app.secret);
    const confirming = (verificationCode: string) =>
      person.client.mutate("confirmTwoFactor", { enrollmentId: id, verificationCode });
    expect((await confirming(person.app.code())).__typename).toBe("InvalidVerificationCode");
    expect((await confirming(app.code())).__typename).toBe("TwoFactorConfirmed");
    for (const far of [-1, 0, 1]) {
      const { answer } = await logInAtOnce(keyturn, person, { verificationCode: person.app.code(far) });
      expect(answer.__typename).toBe("InvalidVerificationCode");
    }
    keyturn.clock.advance({ seconds: 30 });
    const { answer } = await logInAtOnce(keyturn, person, { verificationCode: app.code() });
    expect(answer.__typename).toBe("LoggedIn");
  });

  it("ends every other session and counts them; this one goes on with one factor under its token", async () => {
    const person = await someone();
    const others = [await logInWithCode(keyturn, person), await logInWithCode(keyturn, person)];
    keyturn.clock.advance({ seconds: 30 });
    const { session } = (await person.client.query(AUTHENTICATION)).authentication;
    expect((await disable(person)).sessionsRevoked).toBe(2);
    expect(await Promise.all([...others, person].map(statusOf))).toEqual([401, 401, 200]);
    const { authentication } = await person.client.query(AUTHENTICATION);
    expect(authentication).toEqual({ assurance: "ONE_FACTOR", methods: ["pwd"], session });
  });

  it("leaves that session behind when it is turned on again by another one", async () => {
    const person = await someone();
    await disable(person);
    const other = await logIn(keyturn, person);
    await turnTwoFactorOn(keyturn, other);
    expect(await statusOf(person)).toBe(401);
  });

  it("ends what is under way: challenges, an enrollment, the links in mails", async () => {
    const person = await someone();
    const challenge = await challengeOf(keyturn, person);
    const { id, app } = await enroll(keyturn, person, "Tablet");
    await keyturn.anyone.mutate("requestPasswordReset", { loginName: person.loginName });
    const { text } = await keyturn.mailbox.next((mail) => mail.text.includes(`${person.loginName}: `));
    await disable(person);
    const login = { challenge, proof: { verificationCode: person.app.code(1) } };
    expect((await keyturn.anyone.mutate("completeLogin", login)).__typename).toBe("ChallengeExpired");
    const enrollment = { enrollmentId: id, verificationCode: app.code() };
    expect((await person.client.mutate("confirmTwoFactor", enrollment)).__typename).toBe("EnrollmentExpired");
    const token = /reset-password\/(\w+)/.exec(text)?.[1];
    const reset = { token, newPassword: "violet-anchor-thistle-3" };
    expect((await keyturn.anyone.mutate("resetPassword", reset)).__typename).toBe("InvalidMailToken");
  });

  it("lets API tokens go on with one factor, and they stay so when it is on again", async () => {
    const person = await someone();
    const input = { name: "script", scopes: ["account:read"] };
    const { token } = await person.client.mutate("createApiToken", input, "... on ApiTokenCreated { token }");
    const assurance = async (): Promise<string> =>
      (await withToken(keyturn, token).query(AUTHENTICATION)).authentication.assurance;
    expect(await assurance()).toBe("TWO_FACTOR");
    await disable(person);
    expect(await assurance()).toBe("ONE_FACTOR");
    await turnTwoFactorOn(keyturn, person);
    expect(await assurance()).toBe("ONE_FACTOR");
  });

  it("happens once where the same code comes twice at once", async () => {
    const person = await someone();
    const answers = await Promise.all([disable(person), disable(person), disable(person)]);
    const kinds = answers.map(({ __typename }) => __typename);
    expect(kinds.filter((each) => each === "TwoFactorDisabled")).toHaveLength(1);
  });

  it("is nothing to turn off or to renew where it is off, and no proof is compared", async () => {
    const person = await logIn(keyturn, await createPerson(administrator, "plain"));
    const compared = countComparisons(keyturn);
    for (const name of ["disableTwoFactor", "regenerateRecoveryCodes"])
      expect(await person.client.mutate(name, { proof: { verificationCode: "000000" } })).toEqual({
        ...{ __typename: "TwoFactorNotEnabled", code: "TWO_FACTOR_NOT_ENABLED", path: null },
        message: "Two-factor authentication is not enabled for this account.",
      });
    expect(compared.codes()).toBe(0);
    expect((await countersOf(keyturn, "plain")).failed).toBe(0);
  });

  describe("a proof that is missing", () => {
    it.each([
      ["stepUp", ({ password }: ProtectedPerson) => ({ password })],
      [
        "changePassword",
        ({ password }: ProtectedPerson) => ({
          currentPassword: password,
          newPassword: "violet-anchor-thistle-3",
        }),
      ],
    ])("is refused by %s at its path, and nothing is compared or counted", async (name, inputOf) => {
      const person = await someone();
      const compared = countComparisons(keyturn);
      for (const proof of [undefined, null])
        for (const secret of [person.password, "wrong"]) {
          const input = { ...inputOf({ ...person, password: secret }), proof };
          const { status, body } = await person.client.send(mutation(name), { input });
          const extensions = { code: "BAD_USER_INPUT", path: ["input", "proof"] };
          expect([status, body.errors[0].extensions]).toEqual([200, extensions]);
        }
      expect([compared.passwords(), compared.codes()]).toEqual([0, 0]);
      expect(await countersOf(keyturn, person.loginName)).toMatchObject({ failed: 0, undecided: "" });
      expect(await keyturn.events("proof.failed")).not.toContainEqual(
        expect.objectContaining({ actor: person.loginName }),
      );
    });

    it.each([
      ["disableTwoFactor", {}],
      ["regenerateRecoveryCodes", {}],
      ["removeAuthenticator", { id: "00000000-0000-7000-8000-000000000000" }],
    ])("is refused by the type of %s", async (name, more) => {
      const { client } = await someone();
      for (const proof of [undefined, null, {}, { verificationCode: null }]) {
        const { status, body } = await client.send(mutation(name), { input: { ...more, proof } });
        expect([status, body.errors[0].extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
        expect(body.errors[0].message).toMatch(/proof/);
      }
    });
  });
});

describeOnBoth("two-factor that the policy requires", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let ann: ProtectedPerson;
  const disable = async ({ client, app }: ProtectedPerson): Promise<string> =>
    (await client.mutate("disableTwoFactor", { proof: { verificationCode: app.code() } })).__typename;
  const set = async (change: object): Promise<void> => {
    administrator = { ...administrator, ...(await logInWithCode(keyturn, administrator)) };
    await setPolicy(administrator, change);
    keyturn.clock.advance({ seconds: 30 });
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await protectAdministrator(keyturn);
    ann = await createProtectedPerson(keyturn, administrator, "ann");
  });
  afterAll(() => keyturn.close());

  it("is not turned off from its date on, and no proof is compared", async () => {
    const date = keyturn.clock.now() + 600_000;
    await set({ twoFactor: "REQUIRED", twoFactorRequiredFrom: new Date(date).toISOString() });
    const compared = countComparisons(keyturn);
    keyturn.clock.set(date);
    for (const person of [ann, administrator])
      expect(await disable(person)).toBe("TwoFactorRequiredByPolicy");
    expect(compared.codes()).toBe(0);
    keyturn.clock.set(date - 1);
    expect(await disable(ann)).toBe("TwoFactorDisabled");
    ann = await turnTwoFactorOn(keyturn, ann);
  });

  it("of administrators is turned off by everyone else", async () => {
    await set({ twoFactor: "REQUIRED_FOR_ADMINISTRATORS" });
    expect(await disable(administrator)).toBe("TwoFactorRequiredByPolicy");
    expect(await disable(ann)).toBe("TwoFactorDisabled");
  });
});

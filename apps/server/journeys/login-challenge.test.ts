import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { basic, bearer } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  LOGGED_IN,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type ProtectedPerson,
  withToken,
} from "./stage/people.js";
import { challengeOf, logInAtOnce, setPolicy, stepUp, WAYS } from "./stage/proofs.js";

describeOnBoth("a login's challenge", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;
  const someone = async (): Promise<ProtectedPerson> => {
    people += 1;
    const person = await createProtectedPerson(keyturn, administrator, `person-${people}`);
    keyturn.clock.advance({ seconds: 30 });
    return person;
  };
  const complete = (challenge: string, verificationCode: string) =>
    keyturn.anyone.mutate("completeLogin", { challenge, proof: { verificationCode } }, LOGGED_IN);
  const kindOf = async (challenge: string, code: string): Promise<string> =>
    (await complete(challenge, code)).__typename;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  it("is all that a right password gives: no session, no cookie, no token", async () => {
    const { loginName, password, id } = await someone();
    const input = { loginName, password, useCookie: true };
    const document = `mutation($input: LoginInput!) { login(input: $input) { __typename ${LOGIN} } }`;
    const { body, headers } = await keyturn.anyone.send(document, { input });
    expect(Object.keys(body.data.login)).toEqual(["__typename", "challenge", "methods", "expiresAt"]);
    expect(headers.get("set-cookie")).toBeNull();
    const { account } = await administrator.client.query(
      "query($id: ID!) { account(id: $id) { sessions { id } } }",
      { id },
    );
    expect(account.sessions).toHaveLength(1);
  });

  it.each([
    ["a bearer", (challenge: string) => bearer(challenge)],
    ["the session's cookie", (challenge: string) => ({ cookie: `keyturn_session_4000=${challenge}` })],
    ["an API token", (challenge: string) => ({ "x-cybozu-api-token": challenge })],
    ["a password", (challenge: string, loginName: string) => basic(loginName, challenge)],
    ["a session's token", (challenge: string) => bearer(challenge.replace("ktc_", "kts_"))],
  ])("is nothing as %s", async (_credential, headers) => {
    const person = await someone();
    const challenge = await challengeOf(keyturn, person);
    const answer = await keyturn.anyone.with(headers(challenge, person.loginName)).send("{ viewer { id } }");
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([401, "INVALID_CREDENTIALS"]);
    expect(await kindOf(challenge, person.app.code())).toBe("LoggedIn");
  });

  it("is nothing as a mailed link, and no other token is a challenge", async () => {
    const person = await someone();
    const token = await challengeOf(keyturn, person);
    const newPassword = "violet-anchor-thistle-3";
    for (const [name, input] of [
      ["resetPassword", { token, newPassword }],
      ["confirmEmailAddress", { token }],
    ] as const)
      expect((await keyturn.anyone.mutate(name, input)).__typename).toBe("InvalidMailToken");
    for (const other of [person.token, person.token.replace("kts_", "ktc_"), "", "ktc_", `${token}0`])
      expect(await kindOf(other, person.app.code())).toBe("ChallengeExpired");
  });

  it("opens by its own account's code alone", async () => {
    const [ann, bob] = [await someone(), await someone()];
    const challenge = await challengeOf(keyturn, ann);
    expect(await kindOf(challenge, bob.app.code())).toBe("InvalidVerificationCode");
    const { account } = await complete(challenge, ann.app.code());
    expect(account.loginName).toBe(ann.loginName);
  });

  it("works once, also where it is used twice at once", async () => {
    const person = await someone();
    const challenge = await challengeOf(keyturn, person);
    const codes = [person.app.code(), person.app.code(1)];
    const answers = await Promise.all(codes.map((code) => kindOf(challenge, code)));
    expect(answers.filter((answer) => answer === "LoggedIn")).toHaveLength(1);
    keyturn.clock.advance({ seconds: 60 });
    expect(await kindOf(challenge, person.app.code())).toBe("ChallengeExpired");
  });

  it("is different each time, and an earlier one goes on beside a later one", async () => {
    const person = await someone();
    const [earlier, later] = [await challengeOf(keyturn, person), await challengeOf(keyturn, person)];
    expect(earlier).not.toBe(later);
    expect(await kindOf(later, person.app.code())).toBe("LoggedIn");
    expect(await kindOf(earlier, person.app.code(1))).toBe("LoggedIn");
  });

  it("lives five minutes, as it says", async () => {
    const person = await someone();
    const { loginName, password } = person;
    const { expiresAt } = await keyturn.anyone.mutate("login", { loginName, password }, LOGIN);
    expect(Date.parse(expiresAt)).toBe(keyturn.clock.now() + 300_000);
    const [first, second] = [await challengeOf(keyturn, person), await challengeOf(keyturn, person)];
    keyturn.clock.advance({ seconds: 299.999 });
    expect(await kindOf(first, person.app.code())).toBe("LoggedIn");
    keyturn.clock.advance({ seconds: 0.001 });
    expect(await kindOf(second, person.app.code(1))).toBe("ChallengeExpired");
  });

  it("dies of five wrong codes, and leaves the account open for another", async () => {
    const person = await someone();
    const challenge = await challengeOf(keyturn, person);
    for (let count = 0; count < 5; count += 1)
      expect(await kindOf(challenge, person.app.code(99))).toBe("InvalidVerificationCode");
    expect(await kindOf(challenge, person.app.code())).toBe("ChallengeExpired");
    expect(await kindOf(await challengeOf(keyturn, person), person.app.code())).toBe("LoggedIn");
  });

  it("has five codes compared where twenty come at once", async () => {
    const person = await someone();
    const challenge = await challengeOf(keyturn, person);
    const failed = async (): Promise<number> =>
      (await keyturn.events("login.failed")).filter(({ subject }) => subject === person.loginName).length;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, far) => kindOf(challenge, person.app.code(50 + far))),
    );
    expect(answers.filter((answer) => answer === "InvalidVerificationCode")).toHaveLength(5);
    expect(answers.filter((answer) => answer === "ChallengeExpired")).toHaveLength(15);
    expect(await failed()).toBe(5);
  });

  describe("dies when", () => {
    it.each(WAYS.filter(({ name }) => /changePassword|removeAuthenticator|disable/.test(name)))(
      "$name changes the account",
      async (way) => {
        const person = await someone();
        const challenge = await challengeOf(keyturn, person);
        const { answer } = await way.prove(keyturn, person, { verificationCode: person.app.code() });
        expect(answer.__typename).toBe(way.success);
        keyturn.clock.advance({ seconds: 30 });
        expect(await kindOf(challenge, person.app.code())).toBe("ChallengeExpired");
      },
    );

    it("an administrator resets the factor", async () => {
      const person = await someone();
      const challenge = await challengeOf(keyturn, person);
      const input = { accountId: person.id, reason: "Telephone lost" };
      const { client } = await logInAdministrator(keyturn);
      expect((await client.mutate("resetTwoFactor", input)).__typename).toBe("TwoFactorReset");
      expect(await kindOf(challenge, person.app.code())).toBe("ChallengeExpired");
    });

    it("the policy changes", async () => {
      const person = await someone();
      const challenge = await challengeOf(keyturn, person);
      await setPolicy(await logInAdministrator(keyturn), { lockoutMinutes: 4 });
      expect(await kindOf(challenge, person.app.code())).toBe("ChallengeExpired");
    });
  });

  it("outlives what does not change the account: another login, a step-up, a new display name", async () => {
    const person = await someone();
    const challenge = await challengeOf(keyturn, person);
    await logInAtOnce(keyturn, person, { verificationCode: person.app.code(-1) });
    const { person: after } = await stepUp(keyturn, person, { verificationCode: person.app.code() });
    await after.client.mutate("updateProfile", { displayName: "Ann" });
    expect(await kindOf(challenge, person.app.code(1))).toBe("LoggedIn");
  });

  it("is not needed where the proof comes with the password", async () => {
    const person = await someone();
    const verificationCode = person.app.code();
    const wrong = await logInAtOnce(
      keyturn,
      { ...person, password: "not-the-password" },
      { verificationCode },
    );
    expect(wrong.answer.__typename).toBe("InvalidLogin");
    const { answer } = await logInAtOnce(keyturn, person, { verificationCode });
    expect(answer.session).toMatchObject({ assurance: "TWO_FACTOR", methods: ["pwd", "otp", "mfa"] });
    const { authentication } = await withToken(keyturn, answer.sessionToken).query(
      "{ authentication { credential assurance methods session { id current } } }",
    );
    const session = { id: answer.session.id, current: true };
    expect(authentication).toMatchObject({ credential: "SESSION", assurance: "TWO_FACTOR", session });
  });

  it("is not given where there is no second factor, and a superfluous proof is ignored", async () => {
    const { loginName, password } = await createPerson(administrator, "plain");
    const plain = await logIn(keyturn, { loginName, password });
    for (const proof of [{ verificationCode: "000000" }, { recoveryCode: "no code at all" }]) {
      const answer = await keyturn.anyone.mutate("login", { loginName, password, proof }, LOGIN);
      expect(answer).toMatchObject({ __typename: "LoggedIn", session: { assurance: "ONE_FACTOR" } });
      expect(answer).toMatchObject({ recoveryCodes: null, recoveryCodesRemaining: null });
    }
    const input = { password, proof: { verificationCode: "000000" } };
    const stepped = await plain.client.mutate("stepUp", input, "... on SteppedUp { session { assurance } }");
    expect(stepped).toMatchObject({ __typename: "SteppedUp", session: { assurance: "ONE_FACTOR" } });
  });
});

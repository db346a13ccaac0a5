import { afterAll, beforeAll, expect, it } from "vitest";
import { bearer, mutation } from "./stage/client.js";
import { countersOf, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  type AuthenticatorApp,
  authenticatorApp,
  createPerson,
  LOGGED_IN,
  LOGIN,
  logIn,
  logInWithCode,
  type Person,
  type ProtectedPerson,
  withToken,
} from "./stage/people.js";
import { challengeOf, type Proof, protectAdministrator, setPolicy } from "./stage/proofs.js";

interface Offer {
  readonly challenge: string;
  readonly app: AuthenticatorApp;
  readonly expiresAt: string;
}

describeOnBoth("an enrollment that a login asks for", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let people = 0;
  const someone = (): Promise<Person> => {
    people += 1;
    return createPerson(administrator, `person-${people}`);
  };
  const offerTo = async ({ loginName, password }: Person, more = {}): Promise<Offer> => {
    const answer = await keyturn.anyone.mutate("login", { loginName, password, ...more }, LOGIN);
    expect(answer.__typename).toBe("TwoFactorEnrollmentRequired");
    const { challenge, expiresAt, enrollment } = answer;
    expect(enrollment.expiresAt).toBe(expiresAt);
    return { challenge, expiresAt, app: authenticatorApp(keyturn, enrollment.otpauthUri) };
  };
  const SKEW = "... on InvalidVerificationCode { clockSkewSeconds }";
  const completeBy = (challenge: string, proof: Proof) =>
    keyturn.anyone.mutate("completeLogin", { challenge, proof }, `${LOGGED_IN} ${SKEW}`);
  const complete = (challenge: string, verificationCode: string) =>
    completeBy(challenge, { verificationCode });
  const kindOf = async (challenge: string, code: string): Promise<string> =>
    (await complete(challenge, code)).__typename;
  const sessionsOf = async ({ id }: Person): Promise<number> =>
    (await readRows(keyturn, "SELECT id FROM sessions WHERE account_id = $1", [id])).length;
  const mailsTo = async ({ loginName }: Person): Promise<string[]> => {
    await keyturn.settle();
    const mails = keyturn.mailbox.received.filter(({ to }) => to === `${loginName}@example.com`);
    return mails.map(({ subject }) => subject.replace(" (Keyturn)", ""));
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await protectAdministrator(keyturn);
    await setPolicy(administrator, { twoFactor: "REQUIRED" });
  });
  afterAll(() => keyturn.close());

  it("logs in by its first code, turns two-factor on, and shows ten recovery codes", async () => {
    const person = await someone();
    const { challenge, app } = await offerTo(person);
    const done = await complete(challenge, app.code());
    expect(done).toMatchObject({ __typename: "LoggedIn", recoveryCodesRemaining: null });
    expect(done.session).toMatchObject({ assurance: "TWO_FACTOR", methods: ["pwd", "otp", "mfa"] });
    expect(new Set(done.recoveryCodes).size).toBe(10);
    const { viewer } = await withToken(keyturn, done.sessionToken).query(
      "{ viewer { lastLoginAt twoFactor { state enabledAt requiredFrom authenticators { name } } } }",
    );
    const now = new Date(keyturn.clock.now()).toISOString();
    expect(viewer).toEqual({
      lastLoginAt: now,
      twoFactor: {
        ...{ state: "ENABLED", enabledAt: now, requiredFrom: null },
        authenticators: [{ name: "Authenticator" }],
      },
    });
    const enabled = await keyturn.events("two-factor.enabled");
    expect(
      enabled.filter(({ actor, subject }) => actor === person.loginName && subject === actor),
    ).toHaveLength(1);
    expect(await mailsTo(person)).toContain("Two-factor authentication was enabled");
  });

  it("uses its first code up, and asks for one at the next login", async () => {
    const person = await someone();
    const { challenge, app } = await offerTo(person);
    const { recoveryCodes } = await complete(challenge, app.code());
    expect(await kindOf(await challengeOf(keyturn, person), app.code())).toBe("InvalidVerificationCode");
    keyturn.clock.advance({ seconds: 30 });
    expect(await kindOf(await challengeOf(keyturn, person), app.code())).toBe("LoggedIn");
    const recovered = await completeBy(await challengeOf(keyturn, person), {
      recoveryCode: recoveryCodes[0],
    });
    expect(recovered).toMatchObject({ __typename: "LoggedIn", recoveryCodesRemaining: 9 });
  });

  it("changes nothing until then: it opens nothing, and the account has no second factor", async () => {
    const person = await someone();
    const { challenge, app } = await offerTo(person);
    expect((await keyturn.anyone.with(bearer(challenge)).send("{ viewer { id } }")).status).toBe(401);
    const { client } = await logInWithCode(keyturn, administrator);
    const shown = "query($id: ID!) { account(id: $id) { lastLoginAt twoFactor { state } sessions { id } } }";
    const { account } = await client.query(shown, { id: person.id });
    expect(account).toEqual({ lastLoginAt: null, twoFactor: { state: "DISABLED" }, sessions: [] });
    expect(await kindOf(challenge, app.code())).toBe("LoggedIn");
  });

  it("is told to the owner when it is offered, at most once a day", async () => {
    const person = await someone();
    const offered = async (): Promise<number> =>
      (await mailsTo(person)).filter((subject) => subject.startsWith("Someone is setting up")).length;
    for (const [seconds, mails] of [
      [0, 1],
      [86_399, 1],
      [1, 2],
    ] as const) {
      keyturn.clock.advance({ seconds });
      await offerTo(person);
      expect(await offered()).toBe(mails);
    }
    administrator = { ...administrator, ...(await logInWithCode(keyturn, administrator)) };
  });

  it("lives fifteen minutes, as it says", async () => {
    const person = await someone();
    const { app, challenge, expiresAt } = await offerTo(person);
    expect(Date.parse(expiresAt)).toBe(keyturn.clock.now() + 900_000);
    const other = await someone();
    const late = await offerTo(other);
    keyturn.clock.advance({ seconds: 899.999 });
    expect(await kindOf(challenge, app.code())).toBe("LoggedIn");
    keyturn.clock.advance({ seconds: 0.001 });
    expect(await kindOf(late.challenge, late.app.code())).toBe("ChallengeExpired");
    const again = await offerTo(other);
    expect(again.app.secret).not.toBe(late.app.secret);
  });

  it("takes ten wrong codes, which count against it alone", async () => {
    const person = await someone();
    const { challenge, app } = await offerTo(person);
    for (let count = 0; count < 10; count += 1)
      expect(await kindOf(challenge, app.code(99))).toBe("InvalidVerificationCode");
    expect(await kindOf(challenge, app.code())).toBe("ChallengeExpired");
    expect(await countersOf(keyturn, person.loginName)).toMatchObject({
      ...{ failed: 0, undecided: "", wrongCodes: 0, lockedAt: null },
    });
    const failed = (await keyturn.events("login.failed")).filter(({ actor }) => actor === person.loginName);
    expect(failed.map(({ details }) => details)).toEqual(Array(10).fill({ at: "TOTP" }));
    const again = await offerTo(person);
    expect(await kindOf(again.challenge, again.app.code())).toBe("LoggedIn");
  });

  it("has ten codes compared where twenty come at once", async () => {
    const { challenge, app } = await offerTo(await someone());
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, far) => kindOf(challenge, app.code(50 + far))),
    );
    expect(answers.filter((answer) => answer === "InvalidVerificationCode")).toHaveLength(10);
    expect(answers.filter((answer) => answer === "ChallengeExpired")).toHaveLength(10);
  });

  it("hints at a device's wrong clock, and at nothing else", async () => {
    const { challenge, app } = await offerTo(await someone());
    const skewOf = async (code: string): Promise<number | null> =>
      (await complete(challenge, code)).clockSkewSeconds;
    expect(await skewOf(app.code(4))).toBe(120);
    expect(await skewOf(app.code(-20))).toBe(-600);
    expect(await skewOf(app.code(21))).toBeNull();
    expect(await skewOf("no code")).toBeNull();
    expect(await kindOf(challenge, app.code(1))).toBe("LoggedIn");
  });

  it("takes no recovery code: there are none yet", async () => {
    const { challenge } = await offerTo(await someone());
    const answer = await completeBy(challenge, { recoveryCode: "ABCD-EFGH-JKMN-PQRS" });
    expect(answer.__typename).toBe("InvalidVerificationCode");
  });

  it("ends every other session of the account for good, and every other enrollment", async () => {
    const person = await someone();
    const twoFactorRequiredFrom = new Date(keyturn.clock.now() + 60_000).toISOString();
    await setPolicy(await logInWithCode(keyturn, administrator), { twoFactorRequiredFrom });
    await logIn(keyturn, person);
    keyturn.clock.advance({ seconds: 60 });
    const [one, other] = [await offerTo(person), await offerTo(person)];
    expect(await sessionsOf(person)).toBe(1);
    const done = await complete(one.challenge, one.app.code());
    expect(await kindOf(other.challenge, other.app.code())).toBe("ChallengeExpired");
    expect(await sessionsOf(person)).toBe(1);
    expect((await withToken(keyturn, done.sessionToken).send("{ viewer { id } }")).status).toBe(200);
  });

  it("makes one factor and one session where its code comes twice at once", async () => {
    const person = await someone();
    const { challenge, app } = await offerTo(person);
    const codes = [app.code(), app.code(1), app.code()];
    const answers = await Promise.all(codes.map((code) => kindOf(challenge, code)));
    expect(answers.filter((answer) => answer === "LoggedIn")).toHaveLength(1);
    expect(await sessionsOf(person)).toBe(1);
    const text = "SELECT id FROM authenticators WHERE account_id = $1";
    expect(await readRows(keyturn, text, [person.id])).toHaveLength(1);
  });

  it("makes one factor and one session where two of an account are completed at once", async () => {
    const person = await someone();
    const offers = [await offerTo(person), await offerTo(person)];
    const answers = await Promise.all(offers.map(({ challenge, app }) => kindOf(challenge, app.code())));
    expect(answers.sort()).toEqual(["ChallengeExpired", "LoggedIn"]);
    expect(await sessionsOf(person)).toBe(1);
  });

  it("remembers that the session goes out as a cookie", async () => {
    const { challenge, app } = await offerTo(await someone(), { useCookie: true });
    const input = { challenge, proof: { verificationCode: app.code() } };
    const answer = await keyturn.anyone.send(mutation("completeLogin", LOGGED_IN), { input });
    expect(answer.body.data.completeLogin).toMatchObject({ __typename: "LoggedIn", sessionToken: null });
    expect(answer.headers.get("set-cookie")).toMatch(/^keyturn_session_4000=kts_/);
  });

  it("dies when the password is changed by a mailed link", async () => {
    const person = await someone();
    const { challenge, app } = await offerTo(person);
    await keyturn.anyone.mutate("requestPasswordReset", { loginName: person.loginName });
    const { text } = await keyturn.mailbox.next(({ text: sent }) => sent.includes(`${person.loginName}: `));
    const token = /reset-password\/(\w+)/.exec(text)?.[1];
    const input = { token, newPassword: "violet-anchor-thistle-3" };
    expect((await keyturn.anyone.mutate("resetPassword", input)).__typename).toBe("PasswordReset");
    expect(await kindOf(challenge, app.code())).toBe("ChallengeExpired");
  });
});

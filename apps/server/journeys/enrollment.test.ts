import { afterAll, beforeAll, expect, it } from "vitest";
import { countersOf } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  enroll,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  turnTwoFactorOn,
  withPassword,
  withSession,
  withToken,
} from "./stage/people.js";

const ENROLLMENT =
  "... on TwoFactorEnrollment { id otpauthUri manualKey expiresAt svg: qrCode png: qrCode(format: PNG_DATA_URL) }";
const CONFIRMED =
  "... on TwoFactorConfirmed { sessionsRevoked sessionToken } ... on InvalidVerificationCode { clockSkewSeconds }";
const SESSION = "{ authentication { assurance methods authenticatedAt session { id } } }";

describeOnBoth("an enrollment", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;
  const someone = async (more = {}): Promise<LoggedInPerson> => {
    people += 1;
    return logIn(keyturn, await createPerson(administrator, `person-${people}`, more));
  };
  const confirm = ({ client }: LoggedInPerson, enrollmentId: string, verificationCode: string) =>
    client.mutate("confirmTwoFactor", { enrollmentId, verificationCode }, CONFIRMED);
  const stateOf = async ({ client }: LoggedInPerson): Promise<string> =>
    (await client.query("{ viewer { twoFactor { state } } }")).viewer.twoFactor.state;
  const statusOf = async ({ client }: LoggedInPerson): Promise<number> =>
    (await client.send("{ viewer { id } }")).status;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  it("shows its secret once, as authenticator apps read it: as an address, as a picture and for typing", async () => {
    const person = await someone();
    const shown = await person.client.mutate("enrollTwoFactor", { name: "Pixel" }, ENROLLMENT);
    const uri = new URL(shown.otpauthUri);
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
      ...["otpauth:", "totp", `/Keyturn:${person.loginName}`],
    ]);
    const { secret, ...rest } = Object.fromEntries(uri.searchParams);
    expect(rest).toEqual({ issuer: "Keyturn", algorithm: "SHA1", digits: "6", period: "30" });
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(shown.manualKey.replaceAll(" ", "")).toBe(secret);
    expect(shown.svg).toMatch(/^<svg /);
    expect(shown.png).toMatch(/^data:image\/png;base64,/);
    expect(Date.parse(shown.expiresAt)).toBe(keyturn.clock.now() + 900_000);
  });

  it("changes nothing until it is confirmed: the password alone logs in, and with a request", async () => {
    const person = await someone();
    await enroll(keyturn, person);
    expect(await stateOf(person)).toBe("DISABLED");
    expect((await logIn(keyturn, person)).id).toBe(person.id);
    expect((await withPassword(keyturn, person).send("{ viewer { id } }")).status).toBe(200);
  });

  it("that is abandoned expires after fifteen minutes, and changes nothing", async () => {
    const [prompt, late] = [await someone(), await someone()];
    const [first, second] = [await enroll(keyturn, prompt), await enroll(keyturn, late)];
    keyturn.clock.advance({ seconds: 899.999 });
    expect((await confirm(prompt, first.id, first.app.code())).__typename).toBe("TwoFactorConfirmed");
    keyturn.clock.advance({ seconds: 0.001 });
    const expired = await confirm(late, second.id, second.app.code());
    expect(expired).toMatchObject({ __typename: "EnrollmentExpired", code: "ENROLLMENT_EXPIRED" });
    expect(await stateOf(late)).toBe("DISABLED");
    administrator = await logInAdministrator(keyturn);
  });

  it("is replaced by a second one", async () => {
    const person = await someone();
    const [first, second] = [await enroll(keyturn, person), await enroll(keyturn, person)];
    expect(second.app.secret).not.toBe(first.app.secret);
    expect((await confirm(person, first.id, first.app.code())).__typename).toBe("EnrollmentExpired");
    expect((await confirm(person, second.id, first.app.code())).__typename).toBe("InvalidVerificationCode");
    expect((await confirm(person, second.id, second.app.code())).__typename).toBe("TwoFactorConfirmed");
  });

  it("is ended by ten wrong codes, which do not count against the account, and hint at a wrong clock", async () => {
    const person = await someone();
    const { id, app } = await enroll(keyturn, person);
    for (const far of [2, -2, 20, -20, 50, 51, 52, 53, 54, 55]) {
      const clockSkewSeconds = Math.abs(far) <= 20 ? far * 30 : null;
      const wrong = { __typename: "InvalidVerificationCode", clockSkewSeconds };
      expect(await confirm(person, id, app.code(far))).toMatchObject(wrong);
    }
    expect((await confirm(person, id, app.code())).__typename).toBe("EnrollmentExpired");
    expect(await countersOf(keyturn, person.loginName)).toMatchObject({ failed: 0, wrongCodes: 0 });
    const failed = (await keyturn.events("proof.failed")).filter(({ actor }) => actor === person.loginName);
    expect(failed.map(({ details }) => details)).toEqual(Array(10).fill({ at: "TOTP" }));
    expect((await turnTwoFactorOn(keyturn, person)).recoveryCodes).toHaveLength(10);
  });

  it("has ten codes compared where twenty come at once", async () => {
    const person = await someone();
    const { id, app } = await enroll(keyturn, person);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, far) => confirm(person, id, app.code(50 + far))),
    );
    const kinds = answers.map(({ __typename }) => __typename).sort();
    const wrong = Array(10).fill("InvalidVerificationCode");
    expect(kinds).toEqual([...Array(10).fill("EnrollmentExpired"), ...wrong]);
  });

  it("is bound to the session that began it, also under its renewed token", async () => {
    const person = await someone();
    const other = await logIn(keyturn, person);
    const { id, app } = await enroll(keyturn, person);
    for (const outsider of [other, administrator, await someone()])
      expect((await confirm(outsider, id, app.code())).__typename).toBe("EnrollmentExpired");
    for (const unknown of ["", "no-id", "00000000-0000-7000-8000-000000000000"])
      expect((await confirm(person, unknown, app.code())).__typename).toBe("EnrollmentExpired");
    const { password } = person;
    const stepped = await person.client.mutate("stepUp", { password }, "... on SteppedUp { sessionToken }");
    const renewed = withSession(keyturn, person, stepped.sessionToken);
    expect((await confirm(renewed, id, app.code())).__typename).toBe("TwoFactorConfirmed");
  });

  it("ends the sessions without the factor when it is confirmed, and renews the token of this one", async () => {
    const person = await someone();
    const others = [await logIn(keyturn, person), await logIn(keyturn, person)];
    const before = (await person.client.query(SESSION)).authentication;
    keyturn.clock.advance({ seconds: 60 });
    expect(before).toMatchObject({ assurance: "ONE_FACTOR", methods: ["pwd"] });
    const { id, app } = await enroll(keyturn, person);
    const { sessionsRevoked, sessionToken } = await confirm(person, id, app.code());
    expect(sessionsRevoked).toBe(2);
    expect(await Promise.all([...others, person].map(statusOf))).toEqual([401, 401, 401]);
    const { authentication } = await withToken(keyturn, sessionToken).query(SESSION);
    // The proof of the password is as old as it was.
    expect(authentication).toEqual({ ...before, assurance: "TWO_FACTOR", methods: ["pwd", "otp", "mfa"] });
    const enabled = await keyturn.events("two-factor.enabled");
    const [event] = enabled.filter(({ actor }) => actor === person.loginName);
    expect(event).toMatchObject({ subject: person.loginName, credential: "SESSION", result: "SUCCESS" });
    expect(event?.details).toMatchObject({ sessionsRevoked: "2", apiTokensRevoked: "0" });
    const mail = await keyturn.mailbox.next(({ to }) => to === `${person.loginName}@example.com`);
    expect(mail.subject).toBe("Two-factor authentication was enabled (Keyturn)");
  });

  it.each([
    [{ revokeApiTokens: true }, 401],
    [{ revokeApiTokens: false }, 200],
    [{}, 200],
  ])("confirmed with %j leaves API tokens that were made before with %i", async (flags, status) => {
    const person = await someone();
    const asked = { name: "script", scopes: ["account:read"] };
    const { token } = await person.client.mutate("createApiToken", asked, "... on ApiTokenCreated { token }");
    const { id, app } = await enroll(keyturn, person);
    const input = { enrollmentId: id, verificationCode: app.code(), ...flags };
    expect((await person.client.mutate("confirmTwoFactor", input)).__typename).toBe("TwoFactorConfirmed");
    expect((await withToken(keyturn, token).send("{ viewer { id } }")).status).toBe(status);
  });

  it("needs a proof of the password that is not older than fifteen minutes", async () => {
    const person = await someone();
    keyturn.clock.advance({ seconds: 900 });
    await enroll(keyturn, person);
    keyturn.clock.advance({ seconds: 0.001 });
    expect(await person.client.refusal("enrollTwoFactor", {})).toBe("STEP_UP_REQUIRED");
    administrator = await logInAdministrator(keyturn);
  });

  it("is not for guests, who are told so", async () => {
    const guest = await someone({ kind: "GUEST" });
    const selection = "... on TwoFactorUnavailable { availability }";
    expect(await guest.client.mutate("enrollTwoFactor", {}, selection)).toMatchObject({
      ...{ __typename: "TwoFactorUnavailable", availability: "ACCOUNT_KIND" },
      message:
        "Two-factor authentication is for people of the organization, not for guests or service accounts.",
    });
    const { loginName, password } = guest;
    const answer = await keyturn.anyone.mutate("login", { loginName, password }, LOGIN);
    expect(answer).toMatchObject({ __typename: "LoggedIn", session: { assurance: "ONE_FACTOR" } });
  });
});

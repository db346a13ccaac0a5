import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  type AuthenticatorApp,
  authenticatorApp,
  createPerson,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  withPassword,
  withToken,
} from "./stage/people.js";

describeOnBoth("the way of the seed", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let ann: Person;
  let session: LoggedInPerson;
  let app: AuthenticatorApp;
  let apiToken: string;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
    ann = await createPerson(administrator, "ann");
  });
  afterAll(() => keyturn.close());

  it("logs in by the password alone while two-factor is off", async () => {
    session = await logIn(keyturn, ann);
    const { viewer } = await session.client.query(
      "{ viewer { loginName twoFactor { state availability } } }",
    );
    expect(viewer).toEqual({ loginName: "ann", twoFactor: { state: "DISABLED", availability: "AVAILABLE" } });
  });

  it("accepts the password sent with a request while two-factor is off", async () => {
    const { authentication } = await withPassword(keyturn, ann).query(
      "{ authentication { credential assurance } }",
    );
    expect(authentication).toEqual({ credential: "PASSWORD", assurance: "ONE_FACTOR" });
  });

  it("refuses a wrong code at the confirmation, stays off, and takes the same secret again", async () => {
    const enrollment = await session.client.mutate(
      "enrollTwoFactor",
      {},
      "... on TwoFactorEnrollment { id otpauthUri }",
    );
    app = authenticatorApp(keyturn, enrollment.otpauthUri);
    const wrong = { enrollmentId: enrollment.id, verificationCode: app.code(5) };
    const refused = await session.client.mutate("confirmTwoFactor", wrong);
    expect(refused).toMatchObject({
      __typename: "InvalidVerificationCode",
      message: "The verification code is not valid.",
    });
    const { viewer } = await session.client.query("{ viewer { twoFactor { state } } }");
    expect(viewer.twoFactor.state).toBe("DISABLED");
    const right = { enrollmentId: enrollment.id, verificationCode: app.code() };
    const confirmed = await session.client.mutate(
      "confirmTwoFactor",
      right,
      "... on TwoFactorConfirmed { sessionToken recoveryCodes account { twoFactor { state } } }",
    );
    expect(confirmed.account.twoFactor.state).toBe("ENABLED");
    expect(confirmed.recoveryCodes).toHaveLength(10);
    session = {
      ...session,
      token: confirmed.sessionToken,
      client: withToken(keyturn, confirmed.sessionToken),
    };
  });

  it("tells the person by mail that two-factor is on", async () => {
    const mail = await keyturn.mailbox.next(({ subject }) => subject.includes("was enabled"));
    expect(mail.to).toBe("ann@example.com");
  });

  it("asks for the code after the right password, and gives no session before it", async () => {
    const input = { loginName: "ann", password: ann.password };
    const challenged = await keyturn.anyone.mutate("login", input, LOGIN);
    expect(challenged).toMatchObject({
      __typename: "TwoFactorChallenge",
      methods: ["TOTP", "RECOVERY_CODE"],
    });
    const withChallenge = await withToken(keyturn, challenged.challenge).send("{ viewer { id } }");
    expect(withChallenge.status).toBe(401);
    keyturn.clock.advance({ seconds: 30 });
    const proof = { verificationCode: app.code() };
    const done = await keyturn.anyone.mutate(
      "completeLogin",
      { challenge: challenged.challenge, proof },
      LOGIN.replace(/\.\.\. on TwoFactor.*/, ""),
    );
    expect(done).toMatchObject({
      __typename: "LoggedIn",
      session: { assurance: "TWO_FACTOR", methods: ["pwd", "otp", "mfa"] },
    });
    session = { ...session, token: done.sessionToken, client: withToken(keyturn, done.sessionToken) };
  });

  it("refuses the password sent with a request, and names what to use instead", async () => {
    const { status, body, headers } = await withPassword(keyturn, ann).send("{ viewer { id } }");
    expect(status).toBe(401);
    expect(body.errors[0].extensions).toMatchObject({
      code: "CREDENTIAL_NOT_ACCEPTED",
      presented: "PASSWORD",
      accepted: ["SESSION", "API_TOKEN", "OAUTH_TOKEN"],
      reason: "TWO_FACTOR_ENABLED",
    });
    expect(headers.get("www-authenticate")).toMatch(/^Basic /);
  });

  it("accepts an API token instead", async () => {
    const input = { name: "script", scopes: ["account:read"] };
    const created = await session.client.mutate(
      "createApiToken",
      input,
      "... on ApiTokenCreated { token apiToken { assurance } }",
    );
    expect(created).toMatchObject({ __typename: "ApiTokenCreated", apiToken: { assurance: "TWO_FACTOR" } });
    apiToken = created.token;
    const { viewer } = await withToken(keyturn, apiToken).query("{ viewer { loginName } }");
    expect(viewer.loginName).toBe("ann");
  });

  it("lets an administrator reset the factor of a lost device, and tells the person why", async () => {
    const input = { accountId: ann.id, reason: "Telephone lost" };
    const reset = await administrator.client.mutate(
      "resetTwoFactor",
      input,
      "... on TwoFactorReset { sessionsRevoked account { twoFactor { state } } }",
    );
    expect(reset).toMatchObject({
      __typename: "TwoFactorReset",
      account: { twoFactor: { state: "DISABLED" } },
    });
    expect(reset.sessionsRevoked).toBeGreaterThan(0);
    const mail = await keyturn.mailbox.next(({ subject }) =>
      subject.includes("disabled by an administrator"),
    );
    expect(mail.text).toContain("Telephone lost");
    expect((await session.client.send("{ viewer { id } }")).status).toBe(401);
  });

  it("logs in by the password alone after the reset, and enrolls a new secret", async () => {
    session = await logIn(keyturn, ann);
    const enrollment = await session.client.mutate(
      "enrollTwoFactor",
      {},
      "... on TwoFactorEnrollment { otpauthUri }",
    );
    expect(authenticatorApp(keyturn, enrollment.otpauthUri).secret).not.toBe(app.secret);
  });

  it("keeps the API token after the reset, with the assurance of one factor", async () => {
    const { authentication } = await withToken(keyturn, apiToken).query(
      "{ authentication { credential assurance } }",
    );
    expect(authentication).toEqual({ credential: "API_TOKEN", assurance: "ONE_FACTOR" });
  });
});

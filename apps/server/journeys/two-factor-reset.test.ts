import { afterAll, beforeAll, expect, it } from "vitest";
import { readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  addAuthenticator,
  createPerson,
  enroll,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  logInWithCode,
  type Person,
  type ProtectedPerson,
  turnTwoFactorOn,
  withToken,
} from "./stage/people.js";
import { challengeOf, logInAtOnce } from "./stage/proofs.js";

const RESET =
  "... on TwoFactorReset { sessionsRevoked apiTokensRevoked applicationsRevoked account { id twoFactor { state enabledAt } } }";

describeOnBoth("two-factor disabled by an administrator", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;
  const create = (more = {}): Promise<Person> => {
    people += 1;
    return createPerson(administrator, `person-${people}`, more);
  };
  const someone = async (more = {}): Promise<ProtectedPerson> =>
    turnTwoFactorOn(keyturn, await logIn(keyturn, await create(more)));
  const reset = ({ id }: Pick<Person, "id">, more = {}) =>
    administrator.client.mutate(
      "resetTwoFactor",
      { accountId: id, reason: "Telephone lost", ...more },
      RESET,
    );
  const statusOf = async (token: string): Promise<number> =>
    (await withToken(keyturn, token).send("{ viewer { id } }")).status;
  const makeToken = async ({ client }: LoggedInPerson): Promise<string> => {
    const input = { name: "script", scopes: ["account:read"] };
    return (await client.mutate("createApiToken", input, "... on ApiTokenCreated { token }")).token;
  };
  const countOf = async (table: string, { id }: Person): Promise<number> =>
    (await readRows(keyturn, `SELECT id FROM ${table} WHERE account_id = $1`, [id])).length;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  it("turns it off: the password alone logs in, and nothing of the factor is left", async () => {
    const { person } = await addAuthenticator(keyturn, await someone(), "Tablet");
    await enroll(keyturn, person);
    expect(await reset(person)).toEqual({
      ...{ __typename: "TwoFactorReset", sessionsRevoked: 1, apiTokensRevoked: 0, applicationsRevoked: 0 },
      account: { id: person.id, twoFactor: { state: "DISABLED", enabledAt: null } },
    });
    for (const table of ["authenticators", "recovery_codes", "totp_enrollments", "sessions"])
      expect(await countOf(table, person)).toBe(0);
    expect((await logIn(keyturn, person)).id).toBe(person.id);
  });

  it("ends every session and counts them, a login under way and the links in mails", async () => {
    const person = await someone();
    const other = await logInWithCode(keyturn, person);
    const challenge = await challengeOf(keyturn, person);
    await keyturn.anyone.mutate("requestPasswordReset", { loginName: person.loginName });
    const { text } = await keyturn.mailbox.next((mail) => mail.text.includes(`${person.loginName}: `));
    keyturn.clock.advance({ seconds: 30 });
    expect((await reset(person)).sessionsRevoked).toBe(2);
    expect(await Promise.all([person.token, other.token].map(statusOf))).toEqual([401, 401]);
    const login = { challenge, proof: { verificationCode: person.app.code() } };
    expect((await keyturn.anyone.mutate("completeLogin", login)).__typename).toBe("ChallengeExpired");
    const token = /reset-password\/(\w+)/.exec(text)?.[1];
    const input = { token, newPassword: "violet-anchor-thistle-3" };
    expect((await keyturn.anyone.mutate("resetPassword", input)).__typename).toBe("InvalidMailToken");
  });

  it("is told by mail: by whom, why, and what to do, in the account's language", async () => {
    const person = await someone();
    await reset(person, { reason: "Left the telephone in a train" });
    const mail = await keyturn.mailbox.next(
      ({ to, subject }) =>
        to.startsWith(person.loginName) && subject.includes("disabled by an administrator"),
    );
    expect(mail.text).toContain("The administrator admin has disabled two-factor authentication");
    expect(mail.text).toContain("Reason: Left the telephone in a train");
    expect(mail.text).toContain("enable two-factor authentication again");
    const hana = await someone({ locale: "ja" });
    await reset(hana, { reason: "電話を紛失" });
    const inJapanese = await keyturn.mailbox.next(({ subject }) =>
      subject.includes("管理者が2要素認証を無効に"),
    );
    expect(inJapanese.text).toContain(
      "管理者 admin が、アカウントの2要素認証を無効にしました。理由：電話を紛失",
    );
  });

  it("leaves an event with who, whom, why and what ended", async () => {
    const person = await someone();
    await makeToken(person);
    await reset(person, { reason: "Stolen", revokeApiTokens: true });
    const events = (await keyturn.events("two-factor.reset")).filter(
      ({ subject }) => subject === person.loginName,
    );
    expect(events).toEqual([
      {
        ...{ action: "two-factor.reset", result: "SUCCESS", actor: "admin", subject: person.loginName },
        credential: "SESSION",
        details: expect.objectContaining({ reason: "Stolen", sessionsRevoked: "1", apiTokensRevoked: "1" }),
      },
    ]);
    const text = `SELECT level, actor_id AS actor, subject_id AS subject, ip_address AS ip, request_id AS request
      FROM audit_events WHERE action = 'two-factor.reset' AND subject_id = $1`;
    const [row] = await readRows(keyturn, text, [person.id]);
    expect(row).toEqual({
      ...{ level: "NOTICE", actor: administrator.id, subject: person.id, ip: "127.0.0.1" },
      request: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it("keeps API tokens, with one factor, and ends them only where that is asked", async () => {
    const [kept, ended] = [await someone(), await someone()];
    const tokens = [await makeToken(kept), await makeToken(ended)];
    expect((await reset(kept)).apiTokensRevoked).toBe(0);
    expect((await reset(ended, { revokeApiTokens: true })).apiTokensRevoked).toBe(1);
    expect(await Promise.all(tokens.map(statusOf))).toEqual([200, 401]);
    const { authentication } = await withToken(keyturn, tokens[0] ?? "").query(
      "{ authentication { assurance } }",
    );
    expect(authentication.assurance).toBe("ONE_FACTOR");
  });

  it("fails the old secret's codes and the old recovery codes for ever; enabling again makes new ones", async () => {
    const person = await someone();
    await reset(person);
    const again = await turnTwoFactorOn(keyturn, await logIn(keyturn, person));
    expect(again.app.secret).not.toBe(person.app.secret);
    expect(again.recoveryCodes).not.toEqual(expect.arrayContaining(person.recoveryCodes.slice(0, 1)));
    keyturn.clock.advance({ seconds: 30 });
    for (const verificationCode of [-1, 0, 1].map((far) => person.app.code(far)))
      expect((await logInAtOnce(keyturn, again, { verificationCode })).answer.__typename).toBe(
        "InvalidVerificationCode",
      );
    const [recoveryCode = ""] = person.recoveryCodes;
    expect((await logInAtOnce(keyturn, again, { recoveryCode })).answer.__typename).toBe(
      "InvalidVerificationCode",
    );
    const { answer } = await logInAtOnce(keyturn, again, { verificationCode: again.app.code() });
    expect(answer.__typename).toBe("LoggedIn");
  });

  it("is nobody's own: an administrator disables theirs with a code", async () => {
    const secured = await turnTwoFactorOn(keyturn, await logIn(keyturn, await create()));
    const input = { accountId: secured.id, role: "ADMINISTRATOR" };
    await administrator.client.mutate("changeAccountRole", input);
    const own = { accountId: secured.id, reason: "Telephone lost" };
    expect(await secured.client.mutate("resetTwoFactor", own)).toMatchObject({
      ...{ __typename: "SelfReset", code: "SELF_RESET" },
      message: expect.stringContaining("Disable it with a verification code"),
    });
    expect((await reset(administrator)).__typename).toBe("SelfReset");
    expect(await statusOf(secured.token)).toBe(200);
  });

  it("is nothing where it is off: neither for a person, nor a guest, nor a service account", async () => {
    for (const kindOfAccount of ["PERSON", "GUEST", "SERVICE"]) {
      const account = await create({ kind: kindOfAccount });
      expect((await reset(account)).__typename).toBe("TwoFactorNotEnabled");
    }
    const ofNobody = { accountId: "00000000-0000-7000-8000-000000000000", reason: "Telephone lost" };
    expect(await administrator.client.refusal("resetTwoFactor", ofNobody)).toBe("NOT_FOUND");
  });

  it("needs a reason, and changes nothing without", async () => {
    const person = await someone();
    for (const reason of ["", "   ", "x".repeat(501), null, undefined]) {
      const input = { accountId: person.id, reason };
      expect(await administrator.client.refusal("resetTwoFactor", input)).toBe("BAD_USER_INPUT");
    }
    expect(await statusOf(person.token)).toBe(200);
  });

  it("happens once where two administrators reset at once, and is told once", async () => {
    const person = await someone();
    const answers = await Promise.all([reset(person), reset(person), reset(person)]);
    const kinds = answers.map(({ __typename }) => __typename);
    expect(kinds.filter((each) => each === "TwoFactorReset")).toHaveLength(1);
    expect(kinds.filter((each) => each === "TwoFactorNotEnabled")).toHaveLength(2);
    await keyturn.settle();
    const mails = keyturn.mailbox.received.filter(
      ({ to, subject }) => to === `${person.loginName}@example.com` && subject.includes("disabled by"),
    );
    expect(mails).toHaveLength(1);
  });

  it("is for administrators alone, by a session that has just proven its factors", async () => {
    const [person, other] = [await someone(), await someone()];
    const input = { accountId: person.id, reason: "Telephone lost" };
    expect(await other.client.refusal("resetTwoFactor", input)).toBe("FORBIDDEN");
    const asked = { name: "admin", scopes: ["admin:read", "admin:write"] };
    const made = await administrator.client.mutate(
      "createApiToken",
      asked,
      "... on ApiTokenCreated { token }",
    );
    const byToken = withToken(keyturn, made.token);
    expect(await byToken.refusal("resetTwoFactor", input)).toBe("CREDENTIAL_NOT_ACCEPTED");
    keyturn.clock.advance({ seconds: 1000 });
    expect(await administrator.client.refusal("resetTwoFactor", input)).toBe("STEP_UP_REQUIRED");
    expect(await statusOf(person.token)).toBe(200);
  });
});

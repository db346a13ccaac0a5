import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { changeRows, failLogins, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  turnTwoFactorOn,
  withToken,
} from "./stage/people.js";

const NEW = "violet-anchor-thistle-3";
const WEAK = "short";
const REQUESTED = "... on PasswordResetRequested { message }";
const RESET = "... on PasswordReset { message } ... on WeakPassword { rules }";

describeOnBoth("a password reset", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let ann: Person;
  let people = 0;

  /** Asks for a reset and returns the mails that came of it. */
  const request = async (input: object) => {
    const before = keyturn.mailbox.received.length;
    const answer = await keyturn.anyone.mutate("requestPasswordReset", input, REQUESTED);
    await keyturn.settle();
    return { answer, mails: keyturn.mailbox.received.slice(before) };
  };
  const requestToken = async ({ loginName }: Person): Promise<string> => {
    const { mails } = await request({ loginName });
    expect(mails).toHaveLength(1);
    return /ktm_\S+/.exec(mails[0]?.text ?? "")?.[0] ?? "";
  };
  const reset = (token: string, newPassword: string) =>
    keyturn.anyone.mutate("resetPassword", { token, newPassword }, RESET);
  /** Whether a link lives: a weak password does not use it up. */
  const lives = async (token: string): Promise<boolean> =>
    (await reset(token, WEAK)).__typename === "WeakPassword";
  const loginWith = async ({ loginName }: Person, password: string): Promise<string> =>
    (await keyturn.anyone.mutate("login", { loginName, password })).__typename;
  const statusOf = async (token: string): Promise<number> =>
    (await withToken(keyturn, token).send("{ viewer { id } }")).status;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_PUBLIC_URL: "http://localhost:4321" });
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
    people += 1;
    ann = await createPerson(administrator, `ann-${people}`);
    await keyturn.settle();
  });

  it("is mailed to the account's own address, with a link to the configured one alone", async () => {
    const headers = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
    const { loginName } = ann;
    await keyturn.anyone.with(headers).mutate("requestPasswordReset", { loginName }, REQUESTED);
    const mail = await keyturn.mailbox.next(({ to }) => to === `${loginName}@example.com`);
    expect(mail.subject).toContain("Set a new password");
    expect(mail.text).toMatch(/http:\/\/localhost:4321\/reset-password\/ktm_\w+/);
    expect(mail.text).not.toContain("evil");
  });

  it("sets the password and ends all sessions, but logs nobody in", async () => {
    const sessions = [await logIn(keyturn, ann), await logIn(keyturn, ann)];
    const token = await requestToken(ann);
    expect(await statusOf(token)).toBe(401);
    expect(await reset(token, NEW)).toEqual({
      __typename: "PasswordReset",
      message: "The password was changed. Log in with it.",
    });
    expect(await Promise.all(sessions.map((session) => statusOf(session.token)))).toEqual([401, 401]);
    const text = "SELECT id FROM sessions WHERE account_id = $1";
    expect(await readRows(keyturn, text, [ann.id])).toEqual([]);
    expect([await loginWith(ann, ann.password), await loginWith(ann, NEW)]).toEqual([
      "InvalidLogin",
      "LoggedIn",
    ]);
  });

  it("sends no cookie, not even where the browser has one", async () => {
    const { token } = await logIn(keyturn, ann);
    const document = "mutation($input: ResetPasswordInput!) { resetPassword(input: $input) { __typename } }";
    const input = { token: await requestToken(ann), newPassword: NEW };
    const cookie = `keyturn_session_4321=${token}`;
    const { headers, body } = await keyturn.anyone.send(document, { input }, { cookie });
    expect(body.data.resetPassword.__typename).toBe("PasswordReset");
    expect(headers.getSetCookie()).toEqual([]);
  });

  it("leaves two-factor on: the new password alone still opens nothing", async () => {
    const person = await turnTwoFactorOn(keyturn, await logIn(keyturn, ann));
    await keyturn.settle();
    expect((await reset(await requestToken(ann), NEW)).__typename).toBe("PasswordReset");
    expect(await loginWith(ann, NEW)).toBe("TwoFactorChallenge");
    keyturn.clock.advance({ seconds: 30 });
    const { loginName } = ann;
    const proof = { verificationCode: person.app.code() };
    const answer = await keyturn.anyone.mutate("login", { loginName, password: NEW, proof });
    expect(answer.__typename).toBe("LoggedIn");
  });

  it("lets API tokens go on, and the mail lists them", async () => {
    const { client } = await logIn(keyturn, ann);
    const input = { name: "Backup script", scopes: ["account:read"] };
    const { token } = await client.mutate("createApiToken", input, "... on ApiTokenCreated { token }");
    await reset(await requestToken(ann), NEW);
    expect(await statusOf(token)).toBe(200);
    const { text } = await keyturn.mailbox.next(({ to, subject }) =>
      `${to} ${subject}`.startsWith(`${ann.loginName}@example.com Your password was changed`),
    );
    expect(text).toContain("These API tokens keep working: Backup script.");
  });

  it("unlocks the account", async () => {
    await failLogins(keyturn, ann.loginName, 10);
    expect(await loginWith(ann, ann.password)).toBe("AccountLocked");
    await reset(await requestToken(ann), NEW);
    expect(await loginWith(ann, NEW)).toBe("LoggedIn");
  });

  it("works by the newest link alone", async () => {
    const [older, newer] = [await requestToken(ann), await requestToken(ann)];
    expect([await lives(older), await lives(newer)]).toEqual([false, true]);
    expect((await reset(older, NEW)).__typename).toBe("InvalidMailToken");
    expect((await reset(newer, NEW)).__typename).toBe("PasswordReset");
  });

  it("is dead after an hour, and tells what to do", async () => {
    const token = await requestToken(ann);
    keyturn.clock.advance({ seconds: 3599 });
    expect(await lives(token)).toBe(true);
    keyturn.clock.advance({ seconds: 1 });
    expect(await reset(token, NEW)).toMatchObject({
      __typename: "InvalidMailToken",
      code: "INVALID_MAIL_TOKEN",
      message: "This link has expired or was used already. Request a new one.",
    });
  });

  it("works once, also where twenty use one link at once", async () => {
    const token = await requestToken(ann);
    const passwords = Array.from({ length: 20 }, (_, index) => `${NEW}-${index}`);
    const answers = await Promise.all(passwords.map((password) => reset(token, password)));
    const winners = passwords.filter((_, index) => answers[index].__typename === "PasswordReset");
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ __typename }) => __typename === "InvalidMailToken")).toHaveLength(19);
    expect((await reset(token, NEW)).__typename).toBe("InvalidMailToken");
    expect(await loginWith(ann, winners[0] ?? "")).toBe("LoggedIn");
  });

  it("with a weak password changes nothing and keeps the link", async () => {
    const token = await requestToken(ann);
    for (const password of [WEAK, ann.loginName.padEnd(9, "!"), "password1"])
      expect(await reset(token, password)).toMatchObject({
        __typename: "WeakPassword",
        path: ["input", "newPassword"],
      });
    expect(await loginWith(ann, ann.password)).toBe("LoggedIn");
    expect((await reset(token, NEW)).__typename).toBe("PasswordReset");
  });

  it("is dead after a change of the password", async () => {
    const { client, password } = await logIn(keyturn, ann);
    const token = await requestToken(ann);
    await client.mutate("changePassword", { currentPassword: password, newPassword: NEW });
    expect(await lives(token)).toBe(false);
  });

  it("is mailed three times an hour, and then silently not any more", async () => {
    const { loginName } = ann;
    const asked = [];
    for (let time = 0; time < 5; time += 1) asked.push(await request({ loginName }));
    expect(asked.map(({ mails }) => mails.length)).toEqual([1, 1, 1, 0, 0]);
    expect(new Set(asked.map(({ answer }) => answer.message)).size).toBe(1);
    expect(await lives(/ktm_\S+/.exec(asked[2]?.mails[0]?.text ?? "")?.[0] ?? "")).toBe(true);
    keyturn.clock.advance({ seconds: 3599 });
    expect((await request({ loginName })).mails).toHaveLength(0);
    keyturn.clock.advance({ seconds: 1 });
    expect((await request({ loginName })).mails).toHaveLength(1);
  });

  it("for an address of several accounts is one mail that names each with a link of its own", async () => {
    const emailAddress = `shared-${people}@example.com`;
    const twins = [
      await createPerson(administrator, `twin-a-${people}`, { emailAddress }),
      await createPerson(administrator, `twin-b-${people}`, { emailAddress }),
    ];
    const { mails } = await request({ emailAddress: emailAddress.toUpperCase() });
    expect(mails).toMatchObject([{ to: emailAddress }]);
    for (const [index, twin] of twins.entries()) {
      const line = new RegExp(`^${twin.loginName}: \\S+(ktm_\\S+)$`, "m");
      const token = line.exec(mails[0]?.text ?? "")?.[1] ?? "";
      expect((await reset(token, `${NEW}-${index}`)).__typename).toBe("PasswordReset");
      expect(await loginWith(twin, `${NEW}-${index}`)).toBe("LoggedIn");
    }
    expect(await loginWith(ann, ann.password)).toBe("LoggedIn");
  });

  it("is not mailed for a suspended account, and its link is dead while that is so", async () => {
    const token = await requestToken(ann);
    await changeRows(keyturn, "UPDATE accounts SET suspended_at = 1 WHERE id = $1", [ann.id]);
    expect((await request({ loginName: ann.loginName })).mails).toEqual([]);
    expect(await lives(token)).toBe(false);
  });

  it("is opened by nothing else, and its token is kept as a hash", async () => {
    const token = await requestToken(ann);
    const session = await logIn(keyturn, ann);
    for (const other of [session.token, "", "ktm_nonsense", `${token}x`, token.replace("ktm_", "kts_")])
      expect((await reset(other, NEW)).__typename, other).toBe("InvalidMailToken");
    const rows = JSON.stringify(await readRows(keyturn, "SELECT * FROM mail_links"));
    expect(rows).not.toContain(token.replace("ktm_", "").slice(0, 20));
    expect(await lives(token)).toBe(true);
  });
});

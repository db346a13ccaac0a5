import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { countersOf, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  turnTwoFactorOn,
  withSession,
  withToken,
} from "./stage/people.js";
import { logInAtOnce } from "./stage/proofs.js";

const CHANGED =
  "... on PasswordChanged { sessionsRevoked sessionToken account { loginName } } ... on WeakPassword { rules }";
const NEW = "violet-anchor-thistle-3";

describeOnBoth("a password", (kind) => {
  let keyturn: Keyturn;
  let ann: Person;
  let session: LoggedInPerson;
  let people = 0;

  const change = (
    { client, password }: LoggedInPerson,
    newPassword: string,
    more: { currentPassword?: string; proof?: object } = {},
  ) => client.mutate("changePassword", { currentPassword: password, newPassword, ...more }, CHANGED);
  const loginWith = async (password: string): Promise<string> =>
    (await keyturn.anyone.mutate("login", { loginName: ann.loginName, password })).__typename;
  const statusOf = async (token: string): Promise<number> =>
    (await withToken(keyturn, token).send("{ viewer { id } }")).status;
  const mailTo = (loginName: string, subject: string) =>
    keyturn.mailbox.next((mail) => mail.to === `${loginName}@example.com` && mail.subject.includes(subject));
  const hashOf = async (id: string): Promise<string> => {
    const text = "SELECT password_hash AS hash FROM accounts WHERE id = $1";
    return (await readRows<{ hash: string }>(keyturn, text, [id]))[0]?.hash ?? "";
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    people += 1;
    const more = { displayName: "Marguerite Dubois" };
    ann = await createPerson(await logInAdministrator(keyturn), `verylongname${people}`, more);
    session = await logIn(keyturn, ann);
  });

  it("is refused where it is short, common or a name of the account, with the rules that it breaks", async () => {
    const rules = {
      short: "It needs at least 8 characters.",
      common: "It is among the most common passwords.",
      name: "It is made of a name that belongs to the account.",
    };
    for (const [password, broken] of [
      ["x9-Q!z7", [rules.short]],
      ["Dubois", [rules.short, rules.name]],
      ["PassWord1", [rules.common]],
      [`${ann.loginName}!`, [rules.name]],
      ["dubois.1999", [rules.name]],
    ] as const)
      expect(await change(session, password), password).toEqual({
        __typename: "WeakPassword",
        code: "WEAK_PASSWORD",
        message: `Choose another password. ${broken.join(" ")}`,
        path: ["input", "newPassword"],
        rules: broken,
      });
    expect(await loginWith(ann.password)).toBe("LoggedIn");
  });

  it("can have 128 characters of any kind, no more, and is verified whole", async () => {
    const long = "長い 合言葉 👍 ".repeat(15);
    const whole = [...long].slice(0, 127).join("");
    expect(await change(session, `${whole}12`)).toMatchObject({
      __typename: "WeakPassword",
      rules: ["It can have at most 128 characters."],
    });
    expect((await change(session, `${whole}1`)).__typename).toBe("PasswordChanged");
    expect(await loginWith(`${whole}2`)).toBe("InvalidLogin");
    expect(await loginWith(whole)).toBe("InvalidLogin");
    expect(await loginWith(`${whole}1`)).toBe("LoggedIn");
  });

  it("is not changed by a wrong one, which is counted; a right one changes it and starts the count again", async () => {
    const wrong = await change(session, NEW, { currentPassword: "not-the-password-1" });
    expect(wrong).toMatchObject({ __typename: "WrongPassword", code: "WRONG_PASSWORD" });
    expect(await countersOf(keyturn, ann.loginName)).toMatchObject({ failed: 1 });
    expect((await change(session, NEW)).__typename).toBe("PasswordChanged");
    expect(await countersOf(keyturn, ann.loginName)).toMatchObject({ failed: 0 });
    expect([await loginWith(ann.password), await loginWith(NEW)]).toEqual(["InvalidLogin", "LoggedIn"]);
  });

  it("ends every other session when it changes, and this one goes on under a new token", async () => {
    const others = [await logIn(keyturn, ann), await logIn(keyturn, ann)];
    keyturn.clock.advance({ seconds: 901 });
    const answer = await change(session, NEW);
    expect(answer).toMatchObject({ sessionsRevoked: 2, account: { loginName: ann.loginName } });
    expect(await Promise.all(others.map(({ token }) => statusOf(token)))).toEqual([401, 401]);
    expect([await statusOf(session.token), await statusOf(answer.sessionToken)]).toEqual([401, 200]);
    const renewed = withSession(keyturn, session, answer.sessionToken);
    const input = { name: "script", scopes: ["account:read"] };
    expect((await renewed.client.mutate("createApiToken", input)).__typename).toBe("ApiTokenCreated");
  });

  it("lets API tokens go on when it changes, and the mail lists them", async () => {
    const create = async (name: string): Promise<string> => {
      const input = { name, scopes: ["account:read"] };
      return (await session.client.mutate("createApiToken", input, "... on ApiTokenCreated { token }")).token;
    };
    const tokens = [await create("Backup script"), await create("Robot")];
    await change(session, NEW);
    expect(await Promise.all(tokens.map(statusOf))).toEqual([200, 200]);
    const { text } = await mailTo(ann.loginName, "Your password was changed");
    expect(text).toMatch(/These API tokens keep working: (Backup script, Robot|Robot, Backup script)\./);
    for (const secret of [...tokens, NEW]) expect(text).not.toContain(secret);
  });

  it("says in the mail of its change that there are no API tokens where there are none", async () => {
    await change(session, NEW);
    const { text } = await mailTo(ann.loginName, "Your password was changed");
    expect(text).toContain("There are no API tokens of your account.");
  });

  it("of an account with two-factor changes with a proof alone, which is asked before anything is compared", async () => {
    const person = await turnTwoFactorOn(keyturn, session);
    keyturn.clock.advance({ seconds: 30 });
    const input = { currentPassword: "not-the-password-1", newPassword: NEW };
    const { body } = await person.client.send(mutation("changePassword"), { input });
    const asked = { code: "BAD_USER_INPUT", path: ["input", "proof"] };
    expect(body.errors[0].extensions).toMatchObject(asked);
    expect(await countersOf(keyturn, ann.loginName)).toMatchObject({ failed: 0 });
    const wrong = await change(person, NEW, { proof: { verificationCode: person.app.code(5) } });
    expect(wrong.__typename).toBe("InvalidVerificationCode");
    const proof = { verificationCode: person.app.code() };
    const answer = await change(person, NEW, { proof });
    expect(answer.__typename).toBe("PasswordChanged");
    const { authentication } = await withToken(keyturn, answer.sessionToken).query(
      "{ authentication { assurance methods } }",
    );
    expect(authentication).toEqual({ assurance: "TWO_FACTOR", methods: ["pwd", "otp", "mfa"] });
    keyturn.clock.advance({ seconds: 30 });
    const next = { verificationCode: person.app.code() };
    const login = await logInAtOnce(keyturn, { ...person, password: NEW }, next);
    expect(login.answer.__typename).toBe("LoggedIn");
  });

  it("is changed once by twenty changes at once", async () => {
    const news = Array.from({ length: 20 }, (_, index) => `${NEW}-${index}`);
    const answers = await Promise.all(
      news.map((newPassword) =>
        session.client.send(mutation("changePassword"), {
          input: { currentPassword: ann.password, newPassword },
        }),
      ),
    );
    const winners = news.filter(
      (_, index) => answers[index]?.body.data?.changePassword.__typename === "PasswordChanged",
    );
    expect(winners).toHaveLength(1);
    expect(await loginWith(winners[0] ?? "")).toBe("LoggedIn");
  });

  it("is hashed by Argon2id, and hashed anew at a login when the cost is another one, but not at a wrong one", async () => {
    const before = await hashOf(ann.id);
    expect(before).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
    keyturn = await keyturn.restart({ KEYTURN_ARGON2: "m=128,t=2,p=1" });
    expect(await loginWith("not-the-password-1")).toBe("InvalidLogin");
    expect(await hashOf(ann.id)).toBe(before);
    expect(await loginWith(ann.password)).toBe("LoggedIn");
    const after = await hashOf(ann.id);
    expect(after).toMatch(/^\$argon2id\$v=19\$m=128,t=2,p=1\$/);
    expect(await loginWith(ann.password)).toBe("LoggedIn");
    expect(await hashOf(ann.id)).toBe(after);
    expect(await statusOf(session.token)).toBe(200);
  });
});

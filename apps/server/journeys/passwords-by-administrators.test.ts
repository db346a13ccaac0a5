import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { changeRows, countersOf, failLogins } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  logInWithCode,
  withPassword,
  withToken,
} from "./stage/people.js";
import { challengeOf } from "./stage/proofs.js";

const VIEWER = "{ viewer { id } }";
const SET =
  "... on AccountPasswordSet { sessionsRevoked account { id locked } } ... on WeakPassword { rules }";
const NEW = "seven-quiet-lanterns";
const WEEK = 7 * 86_400;

describeOnBoth("a password that an administrator sets", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;

  const nextName = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const set = ({ id }: { id: string }, newPassword: string | null = NEW) =>
    administrator.client.mutate("setAccountPassword", { accountId: id, newPassword }, SET);
  const refusalOf = async (input: object) => {
    const { body } = await administrator.client.send(mutation("setAccountPassword"), { input });
    return body.errors?.[0].extensions;
  };
  const plain = async (more: object = {}): Promise<LoggedInPerson> =>
    await logIn(keyturn, await createPerson(administrator, nextName(), { ...more }));
  const logInBy = async (loginName: string, password: string): Promise<string> =>
    (await keyturn.anyone.mutate("login", { loginName, password }, LOGIN)).__typename;
  const codeOfRefusal = async ({ send }: LoggedInPerson["client"]): Promise<string | undefined> =>
    (await send(VIEWER)).body.errors?.[0].extensions.code;
  const linkTo = async (loginName: string): Promise<string> => {
    const isLink = ({ to, text }: { to: string; text: string }) =>
      to === `${loginName}@example.com` && text.includes("ktm_");
    return /\/reset-password\/(ktm_\w+)/.exec((await keyturn.mailbox.next(isLink)).text)?.[1] ?? "";
  };
  const follow = async (token: string): Promise<string> =>
    (await keyturn.anyone.mutate("resetPassword", { token, newPassword: NEW })).__typename;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
  });

  it("logs in, and the old one does not; sessions end, tokens go on, and the owner is told", async () => {
    const ann = await plain();
    const made = await ann.client.mutate(
      ...["createApiToken", { name: "script", scopes: ["account:read"] }, "... on ApiTokenCreated { token }"],
    );
    expect(await set(ann)).toMatchObject({ __typename: "AccountPasswordSet", sessionsRevoked: 1 });
    expect(await codeOfRefusal(ann.client)).toBe("INVALID_CREDENTIALS");
    expect(await codeOfRefusal(withPassword(keyturn, ann))).toBe("INVALID_CREDENTIALS");
    expect(await logInBy(ann.loginName, ann.password)).toBe("InvalidLogin");
    expect(await logInBy(ann.loginName, NEW)).toBe("LoggedIn");
    expect((await withToken(keyturn, made.token).query(VIEWER)).viewer.id).toBe(ann.id);
    const mail = await keyturn.mailbox.next(({ to }) => to === `${ann.loginName}@example.com`);
    expect(mail.subject).toContain("Your password was set by an administrator");
    expect(mail.text).not.toContain(NEW);
    const events = await keyturn.events("password.set");
    expect(events.find(({ subject }) => subject === ann.loginName)).toMatchObject({
      ...{ actor: "admin", credential: "SESSION", details: { how: "set", sessionsRevoked: "1" } },
    });
  });

  it("unlocks", async () => {
    const ann = await plain();
    await failLogins(keyturn, ann.loginName, 10);
    expect(await logInBy(ann.loginName, ann.password)).toBe("AccountLocked");
    expect((await set(ann)).account).toEqual({ id: ann.id, locked: false });
    expect(await logInBy(ann.loginName, NEW)).toBe("LoggedIn");
  });

  it("leaves the second factor, which is asked for as before; a login under way starts again", async () => {
    const bob = await createProtectedPerson(keyturn, administrator, nextName());
    const challenge = await challengeOf(keyturn, bob);
    await set(bob);
    keyturn.clock.advance({ seconds: 30 });
    const proof = { verificationCode: bob.app.code() };
    expect((await keyturn.anyone.mutate("completeLogin", { challenge, proof })).__typename).toBe(
      "ChallengeExpired",
    );
    expect(await logInBy(bob.loginName, NEW)).toBe("TwoFactorChallenge");
    expect((await logInWithCode(keyturn, { ...bob, password: NEW })).id).toBe(bob.id);
  });

  it.each(["set", "mailed"])("gives no wrong code back: %s, the budget stays used up", async (how) => {
    const bob = await createProtectedPerson(keyturn, administrator, nextName());
    await changeRows(keyturn, "UPDATE accounts SET wrong_codes = 100 WHERE id = $1", [bob.id]);
    await set(bob, how === "set" ? NEW : null);
    if (how === "mailed") expect(await follow(await linkTo(bob.loginName))).toBe("PasswordReset");
    expect((await countersOf(keyturn, bob.loginName)).wrongCodes).toBe(100);
    keyturn.clock.advance({ seconds: 30 });
    const proof = { verificationCode: bob.app.code() };
    const input = { loginName: bob.loginName, password: NEW, proof };
    expect((await keyturn.anyone.mutate("login", input, LOGIN)).__typename).toBe("InvalidVerificationCode");
  });

  it("is not a weak one, and then nothing has changed", async () => {
    const ann = await plain();
    for (const weak of ["", "short", "password1", ann.loginName.repeat(2), "a".repeat(129)]) {
      const answer = await set(ann, weak);
      expect(answer).toMatchObject({ __typename: "WeakPassword", path: ["input", "newPassword"] });
      expect(answer.rules.length).toBeGreaterThan(0);
    }
    expect((await ann.client.query(VIEWER)).viewer.id).toBe(ann.id);
    expect(await logInBy(ann.loginName, ann.password)).toBe("LoggedIn");
  });

  it("is not one's own, nor a service account's, and nobody's where the id names nobody", async () => {
    const robot = await createPerson(administrator, nextName(), { kind: "SERVICE" });
    for (const { id } of [administrator, robot])
      for (const newPassword of [NEW, null])
        expect(await refusalOf({ accountId: id, newPassword })).toMatchObject({
          ...{ code: "BAD_USER_INPUT", path: ["input", "accountId"] },
        });
    const unknown = { accountId: "018cc251-f400-7000-8000-000000000000", newPassword: NEW };
    expect(await refusalOf(unknown)).toMatchObject({ code: "NOT_FOUND" });
    expect((await administrator.client.query(VIEWER)).viewer.id).toBe(administrator.id);
  });

  it("lets one of two stay where they are set at once, whole", async () => {
    const ann = await plain();
    const passwords = ["seven-quiet-lanterns", "eleven-loud-bells-x"];
    const answers = await Promise.all(passwords.map((password) => set(ann, password)));
    expect(answers.map(({ __typename }) => __typename)).toEqual(["AccountPasswordSet", "AccountPasswordSet"]);
    const logins = await Promise.all(passwords.map((password) => logInBy(ann.loginName, password)));
    expect([...logins].sort()).toEqual(["InvalidLogin", "LoggedIn"]);
  });

  describe("by a mailed link", () => {
    it("is dead at once and set by the link, once, within seven days", async () => {
      const [ann, ben] = [await plain(), await plain()];
      for (const { id } of [ann, ben])
        expect(await set({ id }, null)).toMatchObject({
          ...{ __typename: "AccountPasswordSet", sessionsRevoked: 1 },
        });
      expect(await codeOfRefusal(ann.client)).toBe("INVALID_CREDENTIALS");
      expect(await logInBy(ann.loginName, ann.password)).toBe("InvalidLogin");
      expect(await codeOfRefusal(withPassword(keyturn, ann))).toBe("INVALID_CREDENTIALS");
      const [used, late] = [await linkTo(ann.loginName), await linkTo(ben.loginName)];
      keyturn.clock.advance({ seconds: WEEK - 1 });
      expect([await follow(used), await follow(used)]).toEqual(["PasswordReset", "InvalidMailToken"]);
      expect(await logInBy(ann.loginName, NEW)).toBe("LoggedIn");
      keyturn.clock.advance({ seconds: 1 });
      expect(await follow(late)).toBe("InvalidMailToken");
      const events = await keyturn.events("password.set");
      expect(events.find(({ subject }) => subject === ann.loginName)?.details).toEqual({
        ...{ how: "link mailed", sessionsRevoked: "1" },
      });
    });

    it("keeps the second factor: the link logs nobody in, and the login asks for the code", async () => {
      const bob = await createProtectedPerson(keyturn, administrator, nextName());
      await set(bob, null);
      expect(await follow(await linkTo(bob.loginName))).toBe("PasswordReset");
      expect(await logInBy(bob.loginName, NEW)).toBe("TwoFactorChallenge");
    });

    it.each([NEW, null])("ends the link that somebody asked for before; set to %j", async (newPassword) => {
      const ann = await plain();
      await keyturn.anyone.mutate("requestPasswordReset", { loginName: ann.loginName });
      const earlier = await linkTo(ann.loginName);
      await set(ann, newPassword);
      expect(await follow(earlier)).toBe("InvalidMailToken");
    });

    it("needs an address: without one the old password stays", async () => {
      const ann = await plain({ emailAddress: null });
      expect(await refusalOf({ accountId: ann.id })).toMatchObject({
        ...{ code: "BAD_USER_INPUT", path: ["input", "newPassword"] },
      });
      expect(await logInBy(ann.loginName, ann.password)).toBe("LoggedIn");
    });

    it("is a new invitation to whoever has not followed theirs, which is dead then", async () => {
      const loginName = nextName();
      const { id } = await createPerson(administrator, loginName, { password: undefined });
      const first = await linkTo(loginName);
      await set({ id }, null);
      const second = await linkTo(loginName);
      expect([await follow(first), await follow(second)]).toEqual(["InvalidMailToken", "PasswordReset"]);
      expect(await logInBy(loginName, NEW)).toBe("LoggedIn");
    });

    it("is refused rather than lost after three mails in an hour: password and last link stay", async () => {
      const ann = await plain();
      for (let time = 0; time < 3; time += 1) await set(ann, null);
      const links = [await linkTo(ann.loginName), await linkTo(ann.loginName), await linkTo(ann.loginName)];
      expect(await refusalOf({ accountId: ann.id })).toMatchObject({
        ...{ code: "RATE_LIMITED", retryAfterSeconds: 3600 },
      });
      expect(await follow(links[2] ?? "")).toBe("PasswordReset");
      expect(await refusalOf({ accountId: ann.id })).toMatchObject({ code: "RATE_LIMITED" });
      expect(await logInBy(ann.loginName, NEW)).toBe("LoggedIn");
      keyturn.clock.advance({ seconds: 3600 });
      administrator = await logInAdministrator(keyturn);
      expect((await set(ann, null)).__typename).toBe("AccountPasswordSet");
    });
  });
});

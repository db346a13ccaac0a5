import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { changeRows, countComparisons, countersOf, failLogins } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  LOGIN,
  logIn,
  logInAdministrator,
  type Person,
  type ProtectedPerson,
  withPassword,
  withToken,
} from "./stage/people.js";

const LOCKED = "Your account is locked because of 10 failed login attempts. Wait 3 minutes, then try again.";
const LOCKED_JA =
  "ログインに10回失敗したため、アカウントがロックされています。3分待ってから、もう一度試してください。";

describeOnBoth("failed attempts", (kind) => {
  let keyturn: Keyturn;
  let ann: Person;
  let bob: ProtectedPerson;
  let count = 0;

  const minutesFromNow = (minutes: number): string =>
    new Date(keyturn.clock.now() + minutes * 60_000).toISOString();
  const tryToLogIn = (person: Person, proof?: object) =>
    keyturn.anyone.mutate("login", { loginName: person.loginName, password: person.password, proof }, LOGIN);
  const unlock = async (person: Person): Promise<void> => {
    const administrator = await logInAdministrator(keyturn);
    await administrator.client.mutate("unlockAccount", { accountId: person.id });
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    const administrator = await logInAdministrator(keyturn);
    count += 1;
    ann = await createPerson(administrator, `ann-${count}`);
    bob = await createProtectedPerson(keyturn, administrator, `bob-${count}`);
  });

  it("raise one counter by wrong passwords and wrong codes, and lock at the tenth for three minutes", async () => {
    await failLogins(keyturn, bob.loginName, 4);
    for (let time = 0; time < 5; time += 1)
      expect((await tryToLogIn(bob, { verificationCode: "000000" })).__typename).toBe(
        "InvalidVerificationCode",
      );
    expect(await countersOf(keyturn, bob.loginName)).toMatchObject({ failed: 9, lockedAt: null });
    expect((await failLogins(keyturn, bob.loginName, 1)).__typename).toBe("InvalidLogin");
    expect(await failLogins(keyturn, bob.loginName, 1)).toEqual({
      __typename: "AccountLocked",
      code: "ACCOUNT_LOCKED",
      message: LOCKED,
      path: null,
      lockedUntil: minutesFromNow(3),
    });
    const locks = (await keyturn.events("account.locked")).filter(({ subject }) => subject === bob.loginName);
    expect(locks).toHaveLength(1);
  });

  it("are told in Japanese to whom the request or, after the right password, the account asks for it", async () => {
    const { challenge } = await tryToLogIn(bob);
    await bob.client.mutate("updateProfile", { locale: "ja-JP" }, "... on ProfileUpdated { account { id } }");
    await failLogins(keyturn, bob.loginName, 10);
    const input = { loginName: bob.loginName, password: bob.password };
    const inJapanese = await keyturn.anyone.with({ "accept-language": "ja" }).mutate("login", input);
    expect(inJapanese.message).toBe(LOCKED_JA);
    expect((await keyturn.anyone.mutate("login", input)).message).toBe(LOCKED);
    const proof = { verificationCode: bob.app.code() };
    expect((await keyturn.anyone.mutate("completeLogin", { challenge, proof })).message).toBe(LOCKED_JA);
  });

  it("keep the right password and the right code out while the lock lasts, without comparing them", async () => {
    const { challenge } = await tryToLogIn(bob);
    await failLogins(keyturn, bob.loginName, 10);
    keyturn.clock.advance({ seconds: 30 });
    const compared = countComparisons(keyturn);
    const proof = { verificationCode: bob.app.code() };
    const newPassword = "copper-window-drift-3";
    for (const answer of [
      await tryToLogIn(bob),
      await tryToLogIn(bob, proof),
      await keyturn.anyone.mutate("completeLogin", { challenge, proof }),
      await bob.client.mutate("stepUp", { password: bob.password, proof }),
      await bob.client.mutate("changePassword", { currentPassword: bob.password, newPassword, proof }),
      await bob.client.mutate("disableTwoFactor", { proof }),
      await bob.client.mutate("regenerateRecoveryCodes", { proof: { recoveryCode: bob.recoveryCodes[0] } }),
    ])
      expect(answer.__typename).toBe("AccountLocked");
    expect([compared.passwords(), compared.codes()]).toEqual([0, 0]);
    expect(await countersOf(keyturn, bob.loginName)).toMatchObject({ failed: 10, wrongCodes: 0 });
    await unlock(bob);
    expect((await keyturn.anyone.mutate("completeLogin", { challenge, proof })).__typename).toBe("LoggedIn");
  });

  it("end their lock by themselves, and then count from zero", async () => {
    await failLogins(keyturn, ann.loginName, 10);
    keyturn.clock.advance({ seconds: 179 });
    expect((await tryToLogIn(ann)).__typename).toBe("AccountLocked");
    keyturn.clock.advance({ seconds: 1 });
    await failLogins(keyturn, ann.loginName, 1);
    expect(await countersOf(keyturn, ann.loginName)).toMatchObject({ failed: 1, lockedAt: null });
    await failLogins(keyturn, ann.loginName, 8);
    expect((await tryToLogIn(ann)).__typename).toBe("LoggedIn");
  });

  it("are forgotten after a complete login, a changed password or an unlock", async () => {
    const session = await logIn(keyturn, ann);
    await failLogins(keyturn, ann.loginName, 9);
    const changed = { currentPassword: ann.password, newPassword: "copper-window-drift-3" };
    expect((await session.client.mutate("changePassword", changed)).__typename).toBe("PasswordChanged");
    expect((await countersOf(keyturn, ann.loginName)).failed).toBe(0);
    await failLogins(keyturn, ann.loginName, 9);
    expect((await tryToLogIn({ ...ann, password: changed.newPassword })).__typename).toBe("LoggedIn");
    expect((await countersOf(keyturn, ann.loginName)).failed).toBe(0);
    await failLogins(keyturn, ann.loginName, 10);
    await unlock(ann);
    expect(await countersOf(keyturn, ann.loginName)).toMatchObject({ failed: 0, lockedAt: null });
    const unlocked = (await keyturn.events("account.unlocked")).at(-1);
    expect(unlocked).toMatchObject({ actor: "admin", subject: ann.loginName, credential: "SESSION" });
  });

  it("are not forgotten after a right password alone, nor after one sent with a request", async () => {
    await failLogins(keyturn, bob.loginName, 9);
    expect((await tryToLogIn(bob)).__typename).toBe("TwoFactorChallenge");
    expect((await withPassword(keyturn, bob).send("{ viewer { id } }")).status).toBe(401);
    expect((await countersOf(keyturn, bob.loginName)).failed).toBe(9);
    await failLogins(keyturn, ann.loginName, 9);
    expect((await withPassword(keyturn, ann).send("{ viewer { id } }")).status).toBe(200);
    expect(await countersOf(keyturn, ann.loginName)).toMatchObject({ failed: 9, undecided: "" });
    const { viewer } = await withPassword(keyturn, ann).query("{ viewer { lastLoginAt } }");
    expect(viewer.lastLoginAt).toBeNull();
  });

  it("leave sessions and tokens alone that exist", async () => {
    const { client } = await logIn(keyturn, ann);
    const asked = { name: "script", scopes: ["account:read"] };
    const { token } = await client.mutate("createApiToken", asked, "... on ApiTokenCreated { token }");
    await failLogins(keyturn, ann.loginName, 10);
    const { viewer } = await client.query("{ viewer { locked lockedUntil } }");
    expect(viewer).toEqual({ locked: true, lockedUntil: minutesFromNow(3) });
    expect((await withToken(keyturn, token).send("{ viewer { id } }")).status).toBe(200);
  });

  it("of a locked account, sent with a request, are refused with the time to wait", async () => {
    await failLogins(keyturn, ann.loginName, 10);
    keyturn.clock.advance({ seconds: 60 });
    const { status, headers, body } = await withPassword(keyturn, ann).send("{ viewer { id } }");
    expect(status).toBe(429);
    expect(headers.get("retry-after")).toBe("120");
    expect(body.errors[0].extensions).toEqual({ code: "RATE_LIMITED", retryAfterSeconds: 120 });
  });

  it("count every one of 200 wrong passwords at once, or compare it not", async () => {
    const compared = countComparisons(keyturn);
    const input = { loginName: ann.loginName, password: "wrong-password" };
    const document = "mutation($input: LoginInput!) { login(input: $input) { __typename } }";
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => keyturn.anyone.send(document, { input })),
    );
    const told = answers.map(({ body }) => body.data?.login.__typename ?? body.errors[0].extensions.code);
    expect(compared.passwords()).toBe(10);
    expect(told.filter((answer) => answer === "InvalidLogin")).toHaveLength(10);
    for (const answer of told) expect(answer).toMatch(/^(InvalidLogin|RATE_LIMITED|AccountLocked)$/);
    expect(await countersOf(keyturn, ann.loginName)).toMatchObject({ failed: 10, undecided: "" });
    expect((await tryToLogIn(ann)).__typename).toBe("AccountLocked");
  });

  it("count every one of 100 wrong codes at once, or compare it not", async () => {
    const challenges: string[] = [];
    for (let time = 0; time < 20; time += 1) challenges.push((await tryToLogIn(bob)).challenge);
    const compared = countComparisons(keyturn);
    const document = "mutation($input: CompleteLoginInput!) { completeLogin(input: $input) { __typename } }";
    const proof = { verificationCode: "000000" };
    await Promise.all(
      [...challenges, ...challenges, ...challenges, ...challenges, ...challenges].map((challenge) =>
        keyturn.anyone.send(document, { input: { challenge, proof } }),
      ),
    );
    expect(compared.codes()).toBe(10);
    expect(await countersOf(keyturn, bob.loginName)).toMatchObject({
      failed: 10,
      undecided: "",
      wrongCodes: 10,
    });
  });

  it("whose process died before they were decided hold others up for 30 seconds, and never lock", async () => {
    const time = String(keyturn.clock.now()).padStart(14, "0");
    const undecided = Array.from({ length: 10 }, (_, tag) => `${time}-dea${tag},`).join("");
    const text = "UPDATE accounts SET undecided_attempts = $2 WHERE login_name = $1";
    await changeRows(keyturn, text, [ann.loginName, undecided]);
    keyturn.clock.advance({ seconds: 29 });
    const input = { loginName: ann.loginName, password: ann.password };
    expect(await keyturn.anyone.refusal("login", input)).toBe("RATE_LIMITED");
    keyturn.clock.advance({ seconds: 1 });
    await failLogins(keyturn, ann.loginName, 1);
    expect(await countersOf(keyturn, ann.loginName)).toMatchObject({
      failed: 1,
      undecided: "",
      lockedAt: null,
    });
    expect((await tryToLogIn(ann)).__typename).toBe("LoggedIn");
  });

  it("are still known after a restart", async () => {
    await failLogins(keyturn, ann.loginName, 10);
    await failLogins(keyturn, bob.loginName, 9);
    await failLogins(keyturn, "no-such-account", 10);
    keyturn = await keyturn.restart();
    expect((await tryToLogIn(ann)).message).toBe(LOCKED);
    expect((await failLogins(keyturn, "no-such-account", 1)).message).toBe(LOCKED);
    await failLogins(keyturn, bob.loginName, 1);
    expect((await tryToLogIn(bob)).__typename).toBe("AccountLocked");
  });
});

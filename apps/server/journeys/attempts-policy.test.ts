import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { countersOf, failLogins, setPolicy } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, LOGIN, logIn, logInAdministrator, type Person, withPassword } from "./stage/people.js";

describeOnBoth("the policy on failed attempts", (kind) => {
  let keyturn: Keyturn;
  let ann: Person;
  let count = 0;

  const tryToLogIn = ({ loginName, password }: Omit<Person, "id">) =>
    keyturn.anyone.mutate("login", { loginName, password }, LOGIN);

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    count += 1;
    ann = await createPerson(await logInAdministrator(keyturn), `ann-${count}`);
  });

  it("says after how many an account locks and for how long, and messages say the same", async () => {
    await setPolicy(keyturn, { maximumFailedAttempts: 3, lockoutMinutes: 1 });
    await failLogins(keyturn, ann.loginName, 2);
    expect((await countersOf(keyturn, ann.loginName)).lockedAt).toBeNull();
    await failLogins(keyturn, ann.loginName, 1);
    expect(await tryToLogIn(ann)).toMatchObject({
      __typename: "AccountLocked",
      message: "Your account is locked because of 3 failed login attempts. Wait 1 minute, then try again.",
      lockedUntil: new Date(keyturn.clock.now() + 60_000).toISOString(),
    });
    keyturn.clock.advance({ seconds: 60 });
    expect((await tryToLogIn(ann)).__typename).toBe("LoggedIn");
  });

  it("leaves one attempt to whoever failed more often than a limit that was lowered", async () => {
    await setPolicy(keyturn, { maximumFailedAttempts: 10, lockoutMinutes: 3 });
    await failLogins(keyturn, ann.loginName, 7);
    await setPolicy(keyturn, { maximumFailedAttempts: 2 });
    expect((await failLogins(keyturn, ann.loginName, 1)).__typename).toBe("InvalidLogin");
    expect((await tryToLogIn(ann)).__typename).toBe("AccountLocked");
    expect((await keyturn.events("account.locked")).map(({ subject }) => subject)).toContain(ann.loginName);
  });

  it("can lock until an administrator unlocks: messages say so, and no time is told", async () => {
    await setPolicy(keyturn, { maximumFailedAttempts: 10, lockoutMinutes: null });
    await failLogins(keyturn, ann.loginName, 10);
    keyturn.clock.advance({ seconds: 10 * 365 * 86_400 });
    expect(await tryToLogIn(ann)).toMatchObject({
      __typename: "AccountLocked",
      message: "Your account is locked because of 10 failed login attempts. Contact your administrator.",
      lockedUntil: null,
    });
    const inJapanese = keyturn.anyone.with({ "accept-language": "ja" });
    const input = { loginName: ann.loginName, password: ann.password };
    expect((await inJapanese.mutate("login", input)).message).toBe(
      "ログインに10回失敗したため、アカウントがロックされています。管理者に問い合わせてください。",
    );
    const { status, headers, body } = await withPassword(keyturn, ann).send("{ viewer { id } }");
    expect([status, headers.get("retry-after")]).toEqual([429, null]);
    expect(body.errors[0]).toMatchObject({
      message: "Too many attempts. Contact your administrator.",
      extensions: { code: "RATE_LIMITED", retryAfterSeconds: null },
    });
  });

  it("shows such a lock to administrators, and they lift it", async () => {
    await setPolicy(keyturn, { maximumFailedAttempts: 10, lockoutMinutes: null });
    await failLogins(keyturn, ann.loginName, 10);
    const { client } = await logInAdministrator(keyturn);
    const shown = "query($id: ID!) { account(id: $id) { locked lockedUntil } }";
    const locked = await client.query(shown, { id: ann.id });
    expect(locked.account).toEqual({ locked: true, lockedUntil: null });
    const lifted = await client.mutate(
      "unlockAccount",
      { accountId: ann.id },
      "... on AccountUnlocked { account { locked } }",
    );
    expect(lifted.account).toEqual({ locked: false });
    expect((await tryToLogIn(ann)).__typename).toBe("LoggedIn");
  });

  it("ends an administrator's own lock after 60 minutes also then, which no answer says", async () => {
    await setPolicy(keyturn, { maximumFailedAttempts: 10, lockoutMinutes: null });
    await failLogins(keyturn, "admin", 10);
    expect(await tryToLogIn(ADMINISTRATOR)).toMatchObject({
      message: "Your account is locked because of 10 failed login attempts. Contact your administrator.",
      lockedUntil: null,
    });
    const { body } = await withPassword(keyturn, ADMINISTRATOR).send("{ viewer { id } }");
    expect(body.errors[0].extensions).toEqual({ code: "RATE_LIMITED", retryAfterSeconds: null });
    keyturn.clock.advance({ seconds: 3599 });
    expect((await tryToLogIn(ADMINISTRATOR)).__typename).toBe("AccountLocked");
    keyturn.clock.advance({ seconds: 1 });
    await logIn(keyturn, ADMINISTRATOR);
    expect((await countersOf(keyturn, "admin")).failed).toBe(0);
  });
});

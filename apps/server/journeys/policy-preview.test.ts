import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  logIn,
  logInWithCode,
  type ProtectedPerson,
  withPassword,
  withToken,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";

const DAY = 24 * 60 * 60;
const TEXT =
  "query($input: UpdateSecurityPolicyInput!) { previewSecurityPolicy(input: $input) { accountsWithoutTwoFactor passwordCallersAffected sessionsEnded guestsExempt } }";
const NOTHING = {
  ...{ accountsWithoutTwoFactor: 0, passwordCallersAffected: 0, sessionsEnded: 0, guestsExempt: 0 },
};

describeOnBoth("the preview of a security policy", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  const send = (input: object) => administrator.client.send(TEXT, { input });
  const preview = async (input: object) => {
    const { body, text } = await send(input);
    if (body.errors !== undefined) throw new Error(text);
    return body.data.previewSecurityPolicy;
  };
  const logInAdministrator = async (): Promise<void> => {
    administrator = { ...administrator, ...(await logInWithCode(keyturn, administrator)) };
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await protectAdministrator(keyturn);
    const ann = await createPerson(administrator, "ann");
    await logIn(keyturn, ann);
    await withPassword(keyturn, ann).query("{ viewer { id } }");
    await createProtectedPerson(keyturn, administrator, "carl");
    const dora = await createPerson(administrator, "dora");
    const change = { accountId: dora.id, role: "ADMINISTRATOR" };
    await administrator.client.mutate("changeAccountRole", change);
    await logIn(keyturn, dora);
    const guest = await createPerson(administrator, "guest", { kind: "GUEST" });
    await logIn(keyturn, guest);
    await withPassword(keyturn, guest).query("{ viewer { id } }");
    await createPerson(administrator, "robot", { kind: "SERVICE" });
    for (const more of [{}, { kind: "GUEST" }]) {
      const gone = await createPerson(administrator, `gone-${Object.keys(more).length}`, more);
      await logIn(keyturn, gone);
      await withPassword(keyturn, gone).query("{ viewer { id } }");
      await keyturn.settle();
      await administrator.client.mutate("suspendAccount", { accountId: gone.id, reason: "Left" });
    }
    await keyturn.settle();
  });
  beforeEach(logInAdministrator);
  afterAll(() => keyturn.close());

  it.each([
    [{}, NOTHING],
    [{ twoFactor: "OPTIONAL" }, NOTHING],
    [{ twoFactor: "FORBIDDEN" }, NOTHING],
    [
      { twoFactor: "REQUIRED_FOR_ADMINISTRATORS" },
      { ...NOTHING, accountsWithoutTwoFactor: 1, sessionsEnded: 1 },
    ],
    [
      { twoFactor: "REQUIRED" },
      { accountsWithoutTwoFactor: 2, passwordCallersAffected: 2, sessionsEnded: 2, guestsExempt: 1 },
    ],
    [
      { twoFactor: "REQUIRED", twoFactorRequiredFrom: "2099-01-01T00:00:00Z" },
      { accountsWithoutTwoFactor: 2, passwordCallersAffected: 2, sessionsEnded: 2, guestsExempt: 1 },
    ],
  ])("says of %j for whom what would stop working, were it in force now", async (input, expected) => {
    expect(await preview(input)).toEqual(expected);
  });

  it("changes nothing: no row is another afterwards, no event is left and no mail is sent", async () => {
    const tables = ["accounts", "sessions", "security_policy", "audit_events", "login_challenges"];
    const rowsOf = () =>
      Promise.all(tables.map((table) => readRows(keyturn, `SELECT * FROM ${table} ORDER BY id`)));
    await keyturn.settle();
    const [before, mails] = [await rowsOf(), keyturn.mailbox.received.length];
    for (const twoFactor of ["FORBIDDEN", "REQUIRED_FOR_ADMINISTRATORS", "REQUIRED"])
      await preview({ twoFactor, sessionIdleSeconds: 1, resetNeedsApproval: false });
    await keyturn.settle();
    expect(await rowsOf()).toEqual(before);
    expect(keyturn.mailbox.received).toHaveLength(mails);
  });

  it("is refused where the policy could not be kept, with the sentence of the conflict", async () => {
    const conflicts: [object, string][] = [
      [{ twoFactorRequiredFrom: "2099-01-01T00:00:00Z" }, "A date needs the rule REQUIRED."],
      [{ maximumFailedAttempts: 0 }, "Failed attempts are 1 to 1,000"],
      [{ passwordMinimumLength: 7 }, "The minimum length of passwords is 8 to 128 characters."],
      [{ resetNeedsApproval: true }, "at least three active administrators"],
    ];
    for (const [input, sentence] of conflicts) {
      const { status, body } = await send(input);
      expect(status).toBe(200);
      expect(body.errors[0].extensions).toEqual({ code: "BAD_USER_INPUT", path: ["input"] });
      expect(body.errors[0].message).toContain(sentence);
      const refused = await administrator.client.mutate("updateSecurityPolicy", input);
      expect(body.errors[0].message).toContain(refused.message);
    }
    const { body } = await send({ twoFactor: null });
    expect(body.errors[0].extensions).toEqual({ code: "BAD_USER_INPUT", path: ["input", "twoFactor"] });
    for (const input of [{ twoFactor: "SOMETIMES" }, { lockoutMinutes: "x" }, { nothing: 1 }, null])
      expect((await administrator.client.send(TEXT, { input })).status).toBe(400);
  });

  it("is for administrators by session alone", async () => {
    const ann = { loginName: "ann", password: "quiet-harbor-lantern-7" };
    const { client } = await logIn(keyturn, ann);
    const asked = { name: "admin", scopes: ["admin:read", "admin:write"] };
    const { token } = await administrator.client.mutate(
      "createApiToken",
      asked,
      "... on ApiTokenCreated { token }",
    );
    const codes = [];
    for (const each of [keyturn.anyone, client, withPassword(keyturn, ann), withToken(keyturn, token)])
      codes.push((await each.send(TEXT, { input: {} })).body.errors[0].extensions.code);
    const byOther = "CREDENTIAL_NOT_ACCEPTED";
    expect(codes).toEqual(["UNAUTHENTICATED", "FORBIDDEN", byOther, byOther]);
    await client.mutate("logout", {});
  });

  it("counts sessions that a shorter time would end, and they end for good", async () => {
    keyturn.clock.advance({ seconds: 600 });
    await logInAdministrator();
    const { sessionsEnded } = await preview({ sessionIdleSeconds: 300 });
    const live = (await readRows(keyturn, "SELECT id FROM sessions")).length;
    await setPolicy(administrator, { sessionIdleSeconds: 300 });
    const left = (await readRows(keyturn, "SELECT id FROM sessions")).length;
    expect(sessionsEnded).toBeGreaterThan(0);
    expect(live - left).toBe(sessionsEnded);
    await setPolicy(administrator, { sessionIdleSeconds: DAY });
    expect(await readRows(keyturn, "SELECT id FROM sessions")).toHaveLength(left);
  });

  it("counts who called within the last 30 days, to the millisecond", async () => {
    const called = keyturn.clock.now();
    const text = "UPDATE accounts SET last_password_call_at = $1 WHERE last_password_call_at IS NOT NULL";
    await changeRows(keyturn, text, [called]);
    const affected = async (): Promise<number> =>
      (await preview({ twoFactor: "REQUIRED" })).passwordCallersAffected;
    keyturn.clock.set(called + 30 * DAY * 1000 - 60_000);
    await logInAdministrator();
    keyturn.clock.set(called + 30 * DAY * 1000 - 1);
    expect(await affected()).toBe(2);
    keyturn.clock.set(called + 30 * DAY * 1000);
    expect(await affected()).toBe(0);
    await withPassword(keyturn, { loginName: "ann", password: "quiet-harbor-lantern-7" }).query(
      "{ viewer { id } }",
    );
    await keyturn.settle();
    expect(await affected()).toBe(1);
  });

  it("counts nobody who is refused already", async () => {
    const text = "UPDATE accounts SET last_password_call_at = $1 WHERE last_password_call_at IS NOT NULL";
    await changeRows(keyturn, text, [keyturn.clock.now()]);
    await setPolicy(administrator, { twoFactor: "REQUIRED" });
    expect(await preview({})).toMatchObject({ passwordCallersAffected: 0, sessionsEnded: 0 });
    await setPolicy(administrator, { twoFactor: "OPTIONAL" });
    expect((await preview({ twoFactor: "REQUIRED" })).passwordCallersAffected).toBe(2);
  });

  it("says a conflict in the reader's language", async () => {
    await administrator.client.mutate("updateProfile", { locale: "ja" });
    const { body } = await send({ resetNeedsApproval: true });
    expect(body.errors[0].message).toContain("有効な管理者が3人以上必要です");
    await administrator.client.mutate("updateProfile", { locale: "en" });
  });
});

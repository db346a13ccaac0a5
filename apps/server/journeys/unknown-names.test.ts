import { afterAll, beforeAll, expect, it } from "vitest";
import { createSweep } from "../src/sweep.js";
import type { Client } from "./stage/client.js";
import { changeRows, countComparisons, countersOf, failLogins, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  LOGIN,
  type LoggedInPerson,
  logInAdministrator,
  withPassword,
} from "./stage/people.js";

const LOGIN_DOCUMENT =
  "mutation($input: LoginInput!) { login(input: $input) { __typename ... on UserError { code message path } ... on AccountLocked { lockedUntil } } }";

describeOnBoth("login names", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
    await createPerson(administrator, "ann");
  });
  afterAll(() => keyturn.close());

  /** Everything that a wrong login shows of itself: the answer, what was compared, and how often the database was asked. */
  const tellsOf = async (input: { loginName: string; password: string; proof?: object }) => {
    const compared = countComparisons(keyturn);
    keyturn.takeStatements();
    const { status, text, headers } = await keyturn.anyone.send(LOGIN_DOCUMENT, { input });
    const names = [...headers.keys()].sort();
    return { status, text, names, hashes: compared.passwords(), statements: keyturn.takeStatements().length };
  };

  it("answer, lock and cost alike whether an account bears them or not", async () => {
    await createProtectedPerson(keyturn, administrator, "protected-one");
    await createPerson(administrator, "invited", { password: undefined });
    await createPerson(administrator, "service", { kind: "SERVICE" });
    await createPerson(administrator, "guest", { kind: "GUEST" });
    for (let time = 1; time <= 12; time += 1) {
      const password = "wrong-password";
      const proof = time % 2 === 0 ? { verificationCode: "123456" } : undefined;
      const unknown = await tellsOf({ loginName: "nobody", password, ...(proof && { proof }) });
      expect(unknown.hashes).toBe(time <= 10 ? 1 : 0);
      expect(unknown.text).toContain(time <= 10 ? "InvalidLogin" : "AccountLocked");
      for (const loginName of ["ann", "protected-one", "invited", "service", "guest"])
        expect(
          await tellsOf({ loginName, password, ...(proof && { proof }) }),
          `${loginName}, ${time}`,
        ).toEqual(unknown);
    }
  });

  it("stand in the audit trail as they were typed, with no actor where no account bears them", async () => {
    await failLogins(keyturn, "Někdo", 10);
    const events = await keyturn.events();
    const about = events.filter(({ subject }) => subject === "Někdo");
    expect(about.filter(({ action }) => action === "login.failed")).toHaveLength(10);
    expect(about.filter(({ action }) => action === "account.locked")).toHaveLength(1);
    expect(about.every(({ actor, details }) => actor === null && details["password"] === undefined)).toBe(
      true,
    );
    expect(JSON.stringify(events)).not.toContain("wrong-password");
  });

  it("that no account bears lock in requests too, and the counters are the same", async () => {
    const request = (loginName: string) =>
      withPassword(keyturn, { loginName, password: "wrong-password" }).send("{ viewer { id } }");
    await createPerson(administrator, "dora");
    for (let time = 1; time <= 5; time += 1) {
      const [known, unknown] = [await request("dora"), await request("dorothy")];
      expect([unknown.status, unknown.text]).toEqual([401, known.text]);
      expect(unknown.body.errors[0].extensions.code).toBe("INVALID_CREDENTIALS");
    }
    for (const loginName of ["dora", "dorothy"]) {
      await failLogins(keyturn, loginName, 5);
      const { status, body } = await request(loginName);
      expect([status, body.errors[0].extensions.retryAfterSeconds]).toEqual([429, 180]);
    }
  });

  it("that no account bears are kept as keyed hashes, and forgotten after a day", async () => {
    await failLogins(keyturn, "forgettable", 10);
    const text = "SELECT id FROM unknown_login_names WHERE updated_at = $1";
    const rows = await readRows<{ id: string }>(keyturn, text, [keyturn.clock.now()]);
    expect(rows.length).toBeGreaterThan(0);
    for (const { id } of rows) expect(id).toMatch(/^[\w-]{43}$/);
    keyturn.clock.advance({ seconds: 86_399 });
    await createSweep(keyturn.app.context)();
    expect((await readRows(keyturn, "SELECT id FROM unknown_login_names")).length).toBeGreaterThan(0);
    keyturn.clock.advance({ seconds: 1 });
    await createSweep(keyturn.app.context)();
    expect(await readRows(keyturn, "SELECT id FROM unknown_login_names")).toEqual([]);
    administrator = await logInAdministrator(keyturn);
  });

  it("of suspended accounts are refused like wrong ones, with the right password too", async () => {
    const eve = await createPerson(administrator, "eve");
    await changeRows(keyturn, "UPDATE accounts SET suspended_at = $1 WHERE login_name = 'eve'", [
      keyturn.clock.now(),
    ]);
    const wrong = await tellsOf({ loginName: "nobody-2", password: "wrong-password" });
    expect(await tellsOf({ loginName: "eve", password: eve.password })).toEqual(wrong);
    const { status, body } = await withPassword(keyturn, eve).send("{ viewer { id } }");
    expect([status, body.errors[0].extensions.code]).toEqual([401, "INVALID_CREDENTIALS"]);
    expect((await countersOf(keyturn, "eve")).failed).toBe(2);
  });

  it("are one and the same in every case, width and composition, and so is their counter", async () => {
    const password = "quiet-harbor-lantern-7";
    const pairs = [
      ["Straße", "STRASSE"],
      ["ｆｕｌｌ", "Full"],
      ["Rene\u0301", "RENÉ"],
      ["Σίσυφος", "ΣΊΣΥΦΟΣ"],
      ["ﬁne", "FINE"],
    ] as const;
    for (const [borne, typed] of pairs) {
      await createPerson(administrator, borne);
      const answer = await keyturn.anyone.mutate("login", { loginName: ` ${typed} `, password }, LOGIN);
      expect(answer.__typename, borne).toBe("LoggedIn");
      const again = { loginName: typed, displayName: "Double", emailAddress: "double@example.com" };
      const taken = await administrator.client.mutate("createAccount", again);
      expect(taken.__typename, borne).toBe("LoginNameTaken");
    }
    await failLogins(keyturn, "strasse", 2);
    await failLogins(keyturn, "STRAßE", 2);
    expect((await countersOf(keyturn, "Straße")).failed).toBe(4);
    await failLogins(keyturn, "NIEMAND", 5);
    await failLogins(keyturn, "ｎｉｅｍａｎｄ", 5);
    expect((await failLogins(keyturn, "niemand", 1)).__typename).toBe("AccountLocked");
  });

  it("keep their counter when they change", async () => {
    const gil = await createPerson(administrator, "gil");
    const { sessionToken } = await keyturn.anyone.mutate(
      "login",
      { loginName: "gil", password: gil.password },
      LOGIN,
    );
    await failLogins(keyturn, "gil", 9);
    const session = keyturn.anyone.with({ authorization: `Bearer ${sessionToken}` });
    await session.mutate("changeLoginName", { loginName: "gilbert" });
    await failLogins(keyturn, "gilbert", 1);
    expect((await failLogins(keyturn, "gilbert", 1)).__typename).toBe("AccountLocked");
    expect((await failLogins(keyturn, "gil", 1)).__typename).toBe("InvalidLogin");
  });

  it("and addresses are answered alike by a password reset, known or not", async () => {
    const answers = [];
    for (const input of [
      { loginName: "ann" },
      { loginName: "nobody" },
      { emailAddress: "ann@example.com" },
      { emailAddress: "nobody@example.com" },
      { loginName: "\u0000:" },
      { emailAddress: "no address at all" },
    ]) {
      const document =
        "mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { ... on PasswordResetRequested { __typename message } } }";
      const { status, text, headers } = await keyturn.anyone.send(document, { input });
      answers.push(JSON.stringify([status, text, [...headers.keys()].sort()]));
    }
    expect(new Set(answers).size).toBe(1);
    await keyturn.settle();
    const mails = keyturn.mailbox.received.filter(({ subject }) => subject.includes("Set a new password"));
    expect(mails.map(({ to }) => to)).toEqual(["ann@example.com", "ann@example.com"]);
  });

  it("are refused in the language of the request until the password was right, then in the account's", async () => {
    const japanese = await createProtectedPerson(keyturn, administrator, "hana");
    await japanese.client.mutate("updateProfile", { locale: "ja" });
    const logIn = (client: Client, password: string) =>
      client.mutate("login", { loginName: "hana", password, proof: { verificationCode: "000000" } });
    const french = keyturn.anyone.with({ "accept-language": "fr, en;q=0.5" });
    expect((await logIn(french, "wrong-password")).message).toMatch(/^The login name or the password/);
    expect((await logIn(french, japanese.password)).message).toBe("確認コードが正しくありません。");
    const inJapanese = keyturn.anyone.with({ "accept-language": "ja-JP" });
    expect((await logIn(inJapanese, "wrong-password")).message).toBe(
      "ログイン名またはパスワードが正しくありません。",
    );
    expect((await failLogins(keyturn, "unknown-hana", 1)).message).toMatch(/^The login name/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeRows, failLogins, setPolicy } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logInAdministrator,
} from "./stage/people.js";

const FOUND = `query($filter: AccountFilter) {
  accounts(first: 100, filter: $filter) { totalCount nodes { loginName locked lockedUntil } }
}`;

/** Each finds another account by another of its three texts. */
const PEOPLE = [
  { loginName: "strasse-1", displayName: "Weiße Straße", emailAddress: "Weg@Example.COM" },
  { loginName: "ohm", displayName: "Ω Meter", emailAddress: null },
  { loginName: "odysseus", displayName: "ΟΔΥΣΣΕΥΣ ΟΣΙΟΣ", emailAddress: "νόστος@example.com" },
  { loginName: "wide", displayName: "Ｆｕｌｌ　Ｗｉｄｔｈ", emailAddress: "ｗｉｄｅ@example.org" },
  { loginName: "kana", displayName: "ｶﾀｶﾅ 太郎", emailAddress: null },
  { loginName: "istanbul", displayName: "İbrahim Işık", emailAddress: null },
  { loginName: "100%", displayName: "Hundred per cent", emailAddress: "a_b@example.net" },
  { loginName: "1000", displayName: "A Thousand!", emailAddress: "axb@example.net" },
  { loginName: "back\\slash", displayName: "O'Neil", emailAddress: "quo'te@example.net" },
];

const SEARCHES: readonly (readonly [string, readonly string[]])[] = [
  ["STRASSE", ["strasse-1"]],
  ["straße", ["strasse-1"]],
  ["weisse", ["strasse-1"]],
  ["WEG@EXAMPLE.com", ["strasse-1"]],
  ["ω", ["ohm"]],
  ["\u2126 METER", ["ohm"]],
  ["οδυσσευς", ["odysseus"]],
  ["ΟΔΥΣ", ["odysseus"]],
  ["ευσ οσιος", ["odysseus"]],
  ["ΝΌΣ", ["odysseus"]],
  ["full width", ["wide"]],
  ["ＷＩＤＥ", ["wide"]],
  ["カタカナ", ["kana"]],
  ["太", ["kana"]],
  ["ibrahim", ["istanbul"]],
  ["İBRAHİM", ["istanbul"]],
  ["IBRAHIM", ["istanbul"]],
  ["100%", ["100%"]],
  ["%", ["100%"]],
  ["a_b", ["100%"]],
  ["_", ["100%"]],
  ["thousand!", ["1000"]],
  ["!", ["1000"]],
  ["!%", []],
  ["k\\s", ["back\\slash"]],
  ["o'n", ["back\\slash"]],
  ["  ohm  ", ["ohm"]],
  ["example.net", ["100%", "1000", "back\\slash"]],
  ["nobody at all", []],
];

describeOnBoth("a search of accounts", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  const find = async (filter: object | null) => {
    const { accounts } = await administrator.client.query(FOUND, { filter });
    expect(accounts.totalCount).toBe(accounts.nodes.length);
    return accounts.nodes as { loginName: string; locked: boolean; lockedUntil: string | null }[];
  };
  const namesOf = async (filter: object | null): Promise<string[]> =>
    (await find(filter)).map(({ loginName }) => loginName);

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
    for (const { loginName, ...more } of PEOPLE) {
      await createPerson(administrator, loginName, more);
      // Ids of one moment have no order among them.
      keyturn.clock.advance({ seconds: 1 });
    }
  });
  afterAll(() => keyturn.close());

  it.each(SEARCHES)("for %j finds %j", async (search, names) => {
    expect(await namesOf({ search })).toEqual(names);
  });

  it("for nothing, or white space alone, finds everyone", async () => {
    for (const filter of [null, {}, { search: null }, { search: "" }, { search: " \u3000 " }])
      expect(await namesOf(filter)).toHaveLength(PEOPLE.length + 1);
  });

  it.each(["a\u0000b", "\ud800", "a".repeat(201)])("for %j is refused as no line of text", async (search) => {
    const { body } = await administrator.client.send(FOUND, { filter: { search } });
    expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", path: ["filter", "search"] });
  });

  it("finds a changed display name under the new one alone", async () => {
    const [person] = await find({ search: "太郎" });
    await changeName("kana", "Jirō");
    expect(person?.loginName).toBe("kana");
    expect(await namesOf({ search: "太郎" })).toEqual([]);
    expect(await namesOf({ search: "JIRŌ" })).toEqual(["kana"]);
    await changeName("kana", "ｶﾀｶﾅ 太郎");
  });

  const changeName = async (loginName: string, displayName: string): Promise<void> => {
    const { accounts } = await administrator.client.query(
      "query($filter: AccountFilter) { accounts(filter: $filter) { nodes { id } } }",
      { filter: { search: loginName } },
    );
    const input = { accountId: accounts.nodes[0].id, displayName };
    expect((await administrator.client.mutate("updateAccount", input)).__typename).toBe("AccountUpdated");
  };

  describe("by what accounts are", () => {
    const NAMES = ["f-user", "f-admin", "f-guest", "f-robot", "f-protected", "f-suspended", "f-locked"];
    const matching = async (filter: object): Promise<string[]> =>
      (await namesOf({ ...filter, search: "f-" })).map((name) => name.slice(2)).sort();

    beforeAll(async () => {
      for (const loginName of NAMES) {
        const more = loginName === "f-guest" ? { kind: "GUEST" } : {};
        if (loginName === "f-protected") await createProtectedPerson(keyturn, administrator, loginName);
        else if (loginName === "f-robot") await createPerson(administrator, loginName, { kind: "SERVICE" });
        else await createPerson(administrator, loginName, more);
      }
      const [admin, suspended] = await Promise.all(
        ["f-admin", "f-suspended"].map(async (search) => {
          const text = "query($filter: AccountFilter) { accounts(filter: $filter) { nodes { id } } }";
          return (await administrator.client.query(text, { filter: { search } })).accounts.nodes[0].id;
        }),
      );
      await administrator.client.mutate("changeAccountRole", { accountId: admin, role: "ADMINISTRATOR" });
      await administrator.client.mutate("suspendAccount", { accountId: suspended, reason: "Leave" });
    });

    it.each([
      [{ role: "ADMINISTRATOR" }, ["admin"]],
      [{ role: "USER" }, ["guest", "locked", "protected", "robot", "suspended", "user"]],
      [{ kind: "GUEST" }, ["guest"]],
      [{ kind: "SERVICE" }, ["robot"]],
      [{ kind: "PERSON" }, ["admin", "locked", "protected", "suspended", "user"]],
      [{ status: "SUSPENDED" }, ["suspended"]],
      [{ status: "ACTIVE" }, ["admin", "guest", "locked", "protected", "robot", "user"]],
      [{ twoFactor: "ENABLED" }, ["protected"]],
      [{ twoFactor: "DISABLED" }, ["admin", "guest", "locked", "robot", "suspended", "user"]],
      [{ twoFactor: "DISABLED", kind: "PERSON", status: "ACTIVE" }, ["admin", "locked", "user"]],
      [{ twoFactor: "DISABLED", kind: "PERSON", status: "ACTIVE", role: "USER" }, ["locked", "user"]],
      [{ role: "ADMINISTRATOR", kind: "GUEST" }, []],
      [{ role: null, kind: null, status: null, twoFactor: "ENABLED", locked: null }, ["protected"]],
    ])("%j finds %j", async (filter, names) => {
      expect(await matching(filter)).toEqual(names);
    });

    it("locked: finds who is locked now, and no longer when the lock is over", async () => {
      await failLogins(keyturn, "f-locked", 10);
      expect(await matching({ locked: true })).toEqual(["locked"]);
      expect(await matching({ locked: true, role: "ADMINISTRATOR" })).toEqual([]);
      expect(await matching({ locked: false, kind: "PERSON", status: "ACTIVE" })).toEqual([
        ...["admin", "protected", "user"],
      ]);
      keyturn.clock.advance({ seconds: 179 });
      expect(await matching({ locked: true })).toEqual(["locked"]);
      keyturn.clock.advance({ seconds: 1 });
      expect(await matching({ locked: true })).toEqual([]);
      expect(await matching({ locked: false })).toHaveLength(NAMES.length);
    });

    it("locked: knows a lock without end, which for administrators ends after 60 minutes", async () => {
      await setPolicy(keyturn, { lockoutMinutes: null });
      administrator = await logInAdministrator(keyturn);
      for (const name of ["f-user", "f-admin"]) await failLogins(keyturn, name, 10);
      const shown = await find({ locked: true, search: "f-" });
      expect(shown.map(({ locked, lockedUntil }) => [locked, lockedUntil])).toEqual([
        [true, null],
        [true, null],
      ]);
      keyturn.clock.advance({ seconds: 3599 });
      expect(await matching({ locked: true })).toEqual(["admin", "user"]);
      keyturn.clock.advance({ seconds: 1 });
      expect(await matching({ locked: true })).toEqual(["user"]);
      expect(await matching({ locked: false, role: "ADMINISTRATOR" })).toEqual(["admin"]);
      keyturn.clock.advance({ seconds: 80_000 });
      administrator = await logInAdministrator(keyturn);
      expect(await matching({ locked: true })).toEqual(["user"]);
      await changeRows(keyturn, "UPDATE accounts SET locked_at = NULL, failed_attempts = 0");
    });
  });
});

import { scryptSync } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hash as argon2 } from "@node-rs/argon2";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { importAccounts } from "../src/rooms/administration/command-line/import-accounts.js";
import type { LineOutcome } from "../src/rooms/administration/command-line/keep-imported.js";
import { environmentOf, jsonLines, runBeside } from "./stage/command-line.js";
import { readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  authenticatorApp,
  CHALLENGE,
  createProtectedPerson,
  LOGIN,
  logInAdministrator,
  logInWithCode,
  withPassword,
} from "./stage/people.js";
import { beginCommand, endAll } from "./stage/process.js";

const PASSWORD = "quiet-harbor-lantern-7";
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const URI = `otpauth://totp/Old%20System:someone?secret=${SECRET}&issuer=Old%20System`;
/** bcrypt of nobody's password. */
const HASH = "$2b$12$abcdefghijklmnopqrstuOabcdefghijklmnopqrstuvwxyz0123.";

async function scryptPhc(password: string): Promise<string> {
  const base64 = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");
  const salt = Buffer.from("sixteen bytes...");
  const key = scryptSync(password, salt, 32, { N: 2 ** 10, r: 8, p: 1 });
  return `$scrypt$ln=10,r=8,p=1$${base64(salt)}$${base64(key)}`;
}

const KINDS: readonly [string, (password: string) => Promise<object>][] = [
  ["argon2id", async (of) => ({ passwordHash: await argon2(of, { memoryCost: 128, timeCost: 2 }) })],
  ["bcrypt-2a", async (of) => ({ passwordHash: `$2a${(await bcrypt(of, 4)).slice(3)}` })],
  ["bcrypt-2b", async (of) => ({ passwordHash: `$2b${(await bcrypt(of, 4)).slice(3)}` })],
  ["bcrypt-2y", async (of) => ({ passwordHash: `$2y${(await bcrypt(of, 4)).slice(3)}` })],
  ["scrypt", async (of) => ({ passwordHash: await scryptPhc(of) })],
  ["plain", async (of) => ({ password: of })],
];

afterEach(endAll);

describeOnBoth("an import", (kind) => {
  let keyturn: Keyturn;
  const importLines = async (...lines: (object | string)[]): Promise<LineOutcome[]> => {
    const texts = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    const request = { id: "an-import", ipAddress: null, userAgent: null };
    const source = (async function* () {
      yield Buffer.from(texts.join("\n"));
    })();
    const outcomes: LineOutcome[] = [];
    for await (const batch of importAccounts(keyturn.app.context, request, source)) outcomes.push(...batch);
    return outcomes;
  };
  const typeOf = async (loginName: string, password = PASSWORD): Promise<string> =>
    (await keyturn.anyone.mutate("login", { loginName, password }, LOGIN)).__typename;
  const rowOf = async (loginName: string): Promise<Record<string, unknown> | undefined> =>
    (
      await readRows<Record<string, unknown>>(keyturn, "SELECT * FROM accounts WHERE login_name = $1", [
        loginName,
      ])
    )[0];
  const count = async (table: string, where = "1 = 1"): Promise<number> => {
    const [row] = await readRows<{ count: number }>(
      keyturn,
      `SELECT count(*) AS count FROM ${table} WHERE ${where}`,
    );
    return Number(row?.count);
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());

  it.each(KINDS)("of a password by %s logs in, and its hash is renewed by that", async (name, spell) => {
    const loginName = `by-${name}`;
    const line = { loginName, displayName: "Someone", emailAddress: null, ...(await spell(PASSWORD)) };
    expect(await importLines(line)).toEqual([{ line: 1, outcome: "created", loginName }]);
    const before = (await rowOf(loginName))?.["password_hash"];
    expect(await typeOf(loginName, `${PASSWORD}!`)).toBe("InvalidLogin");
    expect((await rowOf(loginName))?.["password_hash"]).toBe(before);
    expect(await typeOf(loginName)).toBe("LoggedIn");
    expect((await rowOf(loginName))?.["password_hash"]).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
    expect(await typeOf(loginName)).toBe("LoggedIn");
    expect(await typeOf(loginName, `${PASSWORD}!`)).toBe("InvalidLogin");
    expect(JSON.stringify(await keyturn.events())).not.toContain(PASSWORD);
  });

  it("is recorded for each account, with nobody as its actor", async () => {
    await importLines({ loginName: "recorded", displayName: "R", password: PASSWORD, role: "ADMINISTRATOR" });
    const events = await keyturn.events("account.imported");
    expect(events.filter(({ subject }) => subject === "recorded")).toEqual([
      {
        ...{
          action: "account.imported",
          result: "SUCCESS",
          actor: null,
          subject: "recorded",
          credential: null,
        },
        details: { by: "command line", kind: "PERSON", role: "ADMINISTRATOR" },
      },
    ]);
  });

  it("mails nobody", async () => {
    await importLines({ loginName: "unmailed", displayName: "U", emailAddress: "u@example.com" });
    await keyturn.settle();
    expect(keyturn.mailbox.received.filter(({ to }) => to === "u@example.com")).toEqual([]);
  });

  describe("of an authenticator", () => {
    const app = () => authenticatorApp(keyturn, URI);
    const answer = async (loginName: string, verificationCode: string): Promise<string> => {
      const input = { loginName, password: PASSWORD };
      const { challenge } = await keyturn.anyone.mutate("login", input, CHALLENGE);
      const proof = { verificationCode };
      return (await keyturn.anyone.mutate("completeLogin", { challenge, proof })).__typename;
    };

    it("asks for its code from the first login on, and takes none that was shown before", async () => {
      const loginName = "protected";
      await importLines({ loginName, displayName: "P", password: PASSWORD, otpauthUri: URI });
      expect(await answer(loginName, app().code(-1))).toBe("InvalidVerificationCode");
      expect(await answer(loginName, app().code())).toBe("InvalidVerificationCode");
      const person = await logInWithCode(keyturn, { loginName, password: PASSWORD, app: app() });
      const { viewer } = await person.client.query(
        "{ viewer { twoFactor { state recoveryCodesRemaining authenticators { name } } } }",
      );
      expect(viewer.twoFactor).toEqual({
        ...{ state: "ENABLED", recoveryCodesRemaining: 0, authenticators: [{ name: "Authenticator" }] },
      });
    });

    it("rules a password sent with a request out", async () => {
      const loginName = "no-basic";
      await importLines({ loginName, displayName: "N", password: PASSWORD, otpauthUri: URI });
      const { status, body } = await withPassword(keyturn, { loginName, password: PASSWORD }).send(
        "{ viewer { id } }",
      );
      expect([status, body.errors[0].extensions.reason]).toEqual([401, "TWO_FACTOR_ENABLED"]);
    });

    it("seals the secret, which is readable nowhere", async () => {
      await importLines({ loginName: "sealed", displayName: "S", password: PASSWORD, otpauthUri: URI });
      const everything = JSON.stringify([
        await readRows(keyturn, "SELECT * FROM authenticators"),
        await readRows(keyturn, "SELECT * FROM accounts"),
        await keyturn.events(),
      ]);
      for (const spelling of [
        SECRET,
        SECRET.toLowerCase(),
        Buffer.from("12345678901234567890").toString("base64url"),
      ])
        expect(everything + keyturn.logged()).not.toContain(spelling);
    });
  });

  it("leaves an account that is there exactly as it is, whatever the line says", async () => {
    const person = await createProtectedPerson(keyturn, await logInAdministrator(keyturn), "there-already");
    const before = await rowOf(person.loginName);
    const other = { displayName: "Other", emailAddress: "other@example.com", role: "ADMINISTRATOR" };
    const outcomes = await importLines(
      { loginName: "THERE-already", ...other, password: "other-meadow-violet-9" },
      { loginName: "ｔhere-already", ...other, passwordHash: HASH, otpauthUri: URI },
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["skipped", "skipped"]);
    expect(await rowOf(person.loginName)).toEqual(before);
    expect(await count("authenticators", `account_id = '${person.id}'`)).toBe(1);
    expect(await typeOf(person.loginName, "other-meadow-violet-9")).toBe("InvalidLogin");
    await logInWithCode(keyturn, person);
  });

  it("takes a field that is null for one that is absent", async () => {
    const loginName = "with-nulls";
    const nulls = { kind: null, role: null, locale: null, emailAddress: null, passwordHash: null };
    const line = { loginName, displayName: "N", password: PASSWORD, otpauthUri: URI, ...nulls };
    expect(await importLines(line)).toEqual([{ line: 1, outcome: "created", loginName }]);
    expect(await rowOf(loginName)).toMatchObject({ kind: "PERSON", role: "USER", locale: "en" });
  });

  it("makes the first of several lines of one name", async () => {
    const [one, two] = [PASSWORD, "other-meadow-violet-9"];
    const outcomes = await importLines(
      { loginName: "twice", displayName: "One", password: one },
      { loginName: "TWICE", displayName: "Two", password: two },
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["created", "skipped"]);
    expect([await typeOf("twice", one), await typeOf("twice", two)]).toEqual(["LoggedIn", "InvalidLogin"]);
  });

  it("beside another of the same lines makes each account once", async () => {
    const lines = Array.from({ length: 50 }, (_, index) => ({
      ...{ loginName: `race-${index}`, displayName: "Race", password: PASSWORD, otpauthUri: URI },
    }));
    const both = (await Promise.all([importLines(...lines), importLines(...lines)])).flat();
    const created = both.filter(({ outcome }) => outcome === "created");
    expect([created.length, both.length]).toEqual([50, 100]);
    expect(await count("accounts", "login_name LIKE 'race-%'")).toBe(50);
    const theirs = "account_id IN (SELECT id FROM accounts WHERE login_name LIKE 'race-%')";
    expect(await count("authenticators", theirs)).toBe(50);
    expect(await count("audit_events", "subject_login_name LIKE 'race-%'")).toBe(50);
  });

  describe("of a bad line", () => {
    const line = { loginName: "bad-line", displayName: "Bad", password: PASSWORD };
    const hashed = { loginName: "bad-line", displayName: "Bad" };
    it.each([
      ["no JSON", '{"loginName": "bad-line"', "expected one JSON object"],
      ["a list", "[]", "expected one JSON object"],
      ["nothing", "null", "expected one JSON object"],
      ["a field there is none of", { ...line, passwd: "x" }, 'unknown field "passwd"'],
      [
        "a field named by what a terminal obeys",
        { ...line, "\u009b31m\u202e\u001b[2J": 1 },
        'unknown field "\\u009b31m\\u202e\\u001b[2J"',
      ],
      [
        "fields without end",
        { ...line, ...Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, 1])) },
        'unknown field "f0", "f1", "f2", "f3", "f4" and 495 more',
      ],
      [
        "a field named __proto__",
        '{"__proto__": {}, "loginName": "bad-line", "displayName": "Bad"}',
        "unknown field",
      ],
      ["no login name", { displayName: "Bad", password: PASSWORD }, "loginName: expected a text"],
      ["a number as a name", { ...line, displayName: 7 }, "displayName: expected a text"],
      ["a login name that could be none", { ...line, loginName: "bad:line" }, "loginName: expected 1 to 128"],
      ["an empty display name", { ...line, displayName: " " }, "displayName: expected 1 to 100"],
      ["a bad address", { ...line, emailAddress: "nowhere" }, "emailAddress: expected an email address"],
      ["a bad language", { ...line, locale: "?" }, "locale: expected a language tag"],
      ["a role there is none of", { ...line, role: "OWNER" }, "role: expected USER or ADMINISTRATOR"],
      ["a kind there is none of", { ...line, kind: "ROBOT" }, "kind: expected PERSON or SERVICE or GUEST"],
      [
        "a guest who is an administrator",
        { ...line, kind: "GUEST", role: "ADMINISTRATOR" },
        "a guest is never",
      ],
      ["a password of a service", { ...line, kind: "SERVICE" }, "a service account has no password"],
      ["two passwords", { ...line, passwordHash: HASH }, "expected password or passwordHash, not both"],
      ["no way to a password", hashed, "expected password, passwordHash, or an emailAddress"],
      ["a weak password", { ...line, password: "12345678" }, "password: Choose another password."],
      [
        "half a character",
        '{"loginName": "bad-line", "displayName": "B", "password": "\\ud800abcdefgh"}',
        "password:",
      ],
      [
        "a hash of no known kind",
        { ...hashed, passwordHash: "$1$salt$hash" },
        "passwordHash: expected Argon2id",
      ],
      [
        "a hash of hours",
        { ...hashed, passwordHash: HASH.replace("$12$", "$31$") },
        "passwordHash: expected Argon2id",
      ],
      [
        "a secret of eight digits",
        { ...line, otpauthUri: `${URI}&digits=8` },
        "otpauthUri: expected six digits",
      ],
      [
        "a secret of SHA-256",
        { ...line, otpauthUri: `${URI}&algorithm=SHA256` },
        "otpauthUri: expected the algorithm",
      ],
      [
        "a secret that counts",
        { ...line, otpauthUri: URI.replace("totp", "hotp") },
        "otpauthUri: expected otpauth",
      ],
      [
        "a short secret",
        { ...line, otpauthUri: "otpauth://totp/x?secret=GEZD" },
        "otpauthUri: expected one secret",
      ],
      [
        "a guest's secret",
        { ...line, kind: "GUEST", otpauthUri: URI },
        "two-factor authentication is for people",
      ],
    ])("rejects %s by its number, with what is expected", async (_, bad, reason) => {
      const [outcome] = await importLines(bad);
      expect(outcome).toMatchObject({
        line: 1,
        outcome: "rejected",
        reason: expect.stringContaining(reason),
      });
      expect(await rowOf("bad-line")).toBeUndefined();
      for (const value of [PASSWORD, SECRET, "abcdefgh", "$1$salt"])
        expect(JSON.stringify(outcome)).not.toContain(value);
    });
  });

  it("by the command line keeps the good lines around the bad ones, and doubles nothing when it is run again", async () => {
    const good = (name: string) => JSON.stringify({ loginName: name, displayName: name, passwordHash: HASH });
    const input = Buffer.concat([
      Buffer.from(`\ufeff${good("cli-1")}\r\n\r\n{"loginName": 1}\r\n`),
      Buffer.from(`${"x".repeat(10_000_000)}\n`),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(`  \n${good("cli-7")}`),
    ]);
    const file = join(keyturn.dataDirectory, "people.jsonl");
    await writeFile(file, input);
    const said =
      "line 3: loginName: expected a text; displayName: expected a text\n" +
      "line 4: expected at most 65536 bytes in a line\nline 5: expected UTF-8\n";
    expect(await runBeside(keyturn, ["accounts", "import", file])).toEqual({
      ...{ status: 1, stdout: "2 created, 0 skipped, 3 rejected.\n", stderr: said },
    });
    const again = await runBeside(keyturn, ["accounts", "import", file, "--json"]);
    expect([again.status, again.stderr]).toEqual([1, ""]);
    expect(jsonLines(again)).toEqual([
      { line: 1, outcome: "skipped", loginName: "cli-1" },
      { line: 3, outcome: "rejected", reason: "loginName: expected a text; displayName: expected a text" },
      { line: 4, outcome: "rejected", reason: "expected at most 65536 bytes in a line" },
      { line: 5, outcome: "rejected", reason: "expected UTF-8" },
      { line: 7, outcome: "skipped", loginName: "cli-7" },
      { created: 0, skipped: 2, rejected: 3 },
    ]);
    expect(await count("accounts", "login_name LIKE 'cli-%'")).toBe(2);
    const fromInput = await runBeside(keyturn, ["accounts", "import", "-"], good("cli-8"));
    expect(fromInput).toEqual({ status: 0, stdout: "1 created, 0 skipped, 0 rejected.\n", stderr: "" });
    await rm(file);
    const missing = await runBeside(keyturn, ["accounts", "import", file]);
    expect(missing).toEqual({ status: 1, stdout: "", stderr: `${file} cannot be read (ENOENT).\n` });
  });

  it.each([
    ["what it says", "unread", []],
    ["its lines of JSON", "json-unread", ["--json"]],
  ])("goes on to the end where nobody reads %s any more", async (_, name, options) => {
    const hashed = { displayName: "Unread", passwordHash: HASH };
    const lines = Array.from({ length: 1_000 }, (_, index) =>
      index % 2 === 0 ? "bad" : JSON.stringify({ ...hashed, loginName: `${name}-${index}` }),
    );
    const command = ["accounts", "import", "-", ...options];
    const { stopReading, ended } = beginCommand(command, environmentOf(keyturn), lines.join("\n"));
    stopReading();
    expect((await ended).status).toBe(1);
    expect(await count("accounts", `login_name LIKE '${name}-%' AND display_name = 'Unread'`)).toBe(500);
  });

  it("that is killed in the middle leaves nothing half done, and goes on where it was when it is run again", async () => {
    const [all, batch] = [4_000, 200];
    const lines = Array.from({ length: all }, (_, index) =>
      JSON.stringify({
        ...{ loginName: `many-${index}`, displayName: "Many", passwordHash: HASH },
        ...(index % 3 === 0 ? { otpauthUri: URI } : {}),
      }),
    );
    const file = join(keyturn.dataDirectory, "many.jsonl");
    await writeFile(file, lines.join("\n"));
    const isMany = "login_name LIKE 'many-%'";
    const running = beginCommand(["accounts", "import", file], environmentOf(keyturn));
    while ((await count("accounts", isMany)) === 0);
    running.signal("SIGKILL");
    expect((await running.ended).status).toBeNull();
    const kept = await count("accounts", isMany);
    expect(kept % batch).toBe(0);
    expect(kept).toBeLessThan(all);
    const halves = `${isMany} AND (two_factor_enabled_at IS NOT NULL)
      <> EXISTS (SELECT 1 FROM authenticators t WHERE t.account_id = accounts.id)`;
    expect(await count("accounts", halves)).toBe(0);
    const ofMany = "action = 'account.imported' AND subject_login_name LIKE 'many-%'";
    expect(await count("audit_events", ofMany)).toBe(kept);
    const { status, stdout } = await runBeside(keyturn, ["accounts", "import", file, "--json"]);
    expect(status).toBe(0);
    expect(stdout.trim().split("\n").at(-1)).toBe(
      JSON.stringify({ created: all - kept, skipped: kept, rejected: 0 }),
    );
    expect(await count("accounts", isMany)).toBe(all);
    expect(await count("accounts", halves)).toBe(0);
    expect(await count("audit_events", ofMany)).toBe(all);
  });
});

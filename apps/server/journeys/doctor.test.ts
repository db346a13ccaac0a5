import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../src/cli/doctor/check.js";
import { checkClock } from "../src/cli/doctor/check-clock.js";
import { environmentOf, jsonLines, runBeside } from "./stage/command-line.js";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, createProtectedPerson, enroll, logIn, logInAdministrator } from "./stage/people.js";
import { type Ending, endAll, runCommand } from "./stage/process.js";

const drawKey = (id: string): string => `${id}:${randomBytes(32).toString("base64")}`;
const [ONE, TWO] = [drawKey("one_1"), drawKey("two")];
const CHECKS = [
  "configuration",
  "data directory",
  "mail",
  "database",
  "policy",
  "keys",
  "signing keys",
  "clock",
];

afterEach(endAll);

describeOnBoth("doctor and readyz", (kind) => {
  let keyturn: Keyturn;
  const doctor = async (): Promise<{ status: number | null; findings: ReturnType<typeof jsonLines> }> => {
    const ending = await runBeside(keyturn, ["doctor", "--json"]);
    expect(ending.stderr).toBe("");
    return { status: ending.status, findings: jsonLines(ending) };
  };
  const finding = async (check: string) => {
    const { status, findings } = await doctor();
    return { status, ...findings.find((each) => each.check === check) };
  };
  const ready = async (): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${keyturn.address}/readyz`);
    return { status: response.status, text: await response.text() };
  };
  const damage = (sealed: string, table = "authenticators"): Promise<void> =>
    changeRows(keyturn, `UPDATE ${table} SET sealed_secret = $1`, [sealed]);

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_SECRET_KEYS: ONE });
    keyturn.clock.set(Date.now());
    const administrator = await logInAdministrator(keyturn);
    await createProtectedPerson(keyturn, administrator, "ann");
    await enroll(keyturn, await logIn(keyturn, await createPerson(administrator, "bob")));
  });
  afterAll(() => keyturn.close());

  it("find nothing wrong where all is well", async () => {
    const { status, findings } = await doctor();
    expect(findings.map(({ check, state }) => `${check}: ${state}`)).toEqual(
      CHECKS.map((check) => `${check}: ok`),
    );
    expect(status).toBe(0);
    const shown = await runBeside(keyturn, ["doctor"]);
    expect(shown.stdout).toMatch(/^ok {7}keys {12}2 secrets open\. New ones are sealed under one_1\.$/m);
    expect(await ready()).toEqual({ status: 200, text: '{"status":"ready"}' });
  });

  it("name the keys that are missing, and doctor the accounts", async () => {
    keyturn = await keyturn.restart({ KEYTURN_SECRET_KEYS: TWO });
    expect(await finding("keys")).toEqual({
      ...{ status: 1, check: "keys", state: "fault", missingKeys: ["one_1"] },
      message: "2 secrets of 2 cannot be opened. Missing keys: one_1. Accounts: ann, bob.",
      unreadable: [
        { loginName: "ann", of: "authenticator", missingKey: "one_1" },
        { loginName: "bob", of: "enrollment", missingKey: "one_1" },
      ],
    });
    const { status, text } = await ready();
    expect([status, JSON.parse(text)]).toEqual([
      503,
      {
        code: "UNAVAILABLE",
        message:
          "Secrets are sealed under keys that KEYTURN_SECRET_KEYS does not hold: one_1. keyturn doctor says whose.",
      },
    ]);
    keyturn = await keyturn.restart({ KEYTURN_SECRET_KEYS: `${TWO},${ONE}` });
    expect((await finding("keys")).state).toBe("ok");
    expect((await ready()).status).toBe(200);
  });

  it("tell a key of the same id apart, which doctor alone can find", async () => {
    keyturn = await keyturn.restart({ KEYTURN_SECRET_KEYS: drawKey("one_1") });
    expect(await finding("keys")).toMatchObject({ status: 1, state: "fault", missingKeys: [] });
    expect((await ready()).status).toBe(200);
    keyturn = await keyturn.restart({ KEYTURN_SECRET_KEYS: ONE });
  });

  it("do not take a key for another whose id is like it", async () => {
    keyturn = await keyturn.restart({ KEYTURN_SECRET_KEYS: drawKey("oneX1") });
    expect((await ready()).status).toBe(503);
    keyturn = await keyturn.restart({ KEYTURN_SECRET_KEYS: drawKey("one") });
    expect((await ready()).status).toBe(503);
    keyturn = await keyturn.restart({ KEYTURN_SECRET_KEYS: ONE });
  });

  it("look again after a minute", async () => {
    const [kept] = await readRows<{ sealed: string }>(
      keyturn,
      "SELECT sealed_secret AS sealed FROM authenticators",
    );
    expect((await ready()).status).toBe(200);
    await damage("v1.gone.AAAA");
    expect((await ready()).status).toBe(200);
    keyturn.clock.advance({ seconds: 60 });
    expect((await ready()).status).toBe(503);
    await damage(kept?.sealed ?? "");
    keyturn.clock.advance({ seconds: 60 });
    expect((await ready()).status).toBe(200);
    keyturn.clock.set(Date.now());
  });

  it("differ about a single damaged secret: doctor names its account, and the server goes on", async () => {
    const [kept] = await readRows<{ sealed: string }>(
      keyturn,
      "SELECT sealed_secret AS sealed FROM authenticators",
    );
    for (const damaged of ["rubbish", "v1.one_1.AAAA", ""]) {
      await damage(damaged);
      keyturn.clock.advance({ seconds: 60 });
      expect((await ready()).status).toBe(200);
    }
    const found = await finding("keys");
    expect(found).toMatchObject({ state: "fault", missingKeys: [] });
    expect(found.message).toContain("damaged, or sealed under another key of the same id. Accounts: ann.");
    await damage(kept?.sealed ?? "");
    keyturn.clock.set(Date.now());
  });

  it("make of an enrollment that no key opens a warning", async () => {
    await damage("v1.gone.AAAA", "totp_enrollments");
    expect(await finding("keys")).toMatchObject({ status: 0, state: "warning", missingKeys: ["gone"] });
    expect((await ready()).status).toBe(200);
    await changeRows(keyturn, "DELETE FROM totp_enrollments");
  });

  it("doctor sees a clock that was set back, by how much", async () => {
    const text = "UPDATE sessions SET last_used_at = $1";
    await changeRows(keyturn, text, [Date.now() + 3_600_000]);
    const found = await finding("clock");
    expect(found).toMatchObject({ status: 1, state: "fault" });
    expect(found.message).toMatch(/^The clock is 3,[56]\d\d seconds behind the newest time in the database/);
    const { db, config } = keyturn.app.context;
    const newest = 1_900_000_000_000;
    await changeRows(keyturn, text, [newest]);
    const behind = (by: number): Promise<Finding> =>
      checkClock({ db, now: () => newest - by }, config.database);
    expect(await behind(30_001)).toMatchObject({ state: "fault" });
    expect(await behind(30_000)).toMatchObject({ state: "warning" });
    expect(await behind(5_001)).toMatchObject({ state: "warning" });
    await changeRows(keyturn, text, [Date.now()]);
  });

  it.runIf(kind === "postgres")("doctor compares the clock with the database's", async () => {
    const { db, config } = keyturn.app.context;
    const off = (by: number): Promise<Finding> =>
      checkClock({ db, now: () => Date.now() + by }, config.database);
    expect((await off(15_000)).message).toMatch(/^The clock is 1\d seconds ahead of the database's clock/);
    expect(await off(3_600_000)).toMatchObject({ state: "fault" });
    expect(await off(0)).toMatchObject({ state: "ok" });
  });

  it("doctor misses a policy, and says who makes it", async () => {
    const rows = await readRows<Record<string, never>>(keyturn, "SELECT * FROM security_policy");
    await changeRows(keyturn, "DELETE FROM security_policy");
    const found = await finding("policy");
    expect(found).toMatchObject({ status: 1, state: "fault" });
    expect(found.message).toContain("keyturn migrate makes the policy");
    const [names, values] = [Object.keys(rows[0] ?? {}), Object.values(rows[0] ?? {})];
    const places = values.map((_, index) => `$${index + 1}`).join(", ");
    await changeRows(keyturn, `INSERT INTO security_policy (${names.join(", ")}) VALUES (${places})`, values);
  });

  it("doctor finds a database that waits for migrations, and does not migrate", async () => {
    const last = "(SELECT max(id) FROM migrations)";
    const [migration] = await readRows<{ timestamp: number; name: string }>(
      keyturn,
      `SELECT timestamp, name FROM migrations WHERE id = ${last}`,
    );
    await changeRows(keyturn, `DELETE FROM migrations WHERE id = ${last}`);
    const { status, findings } = await doctor();
    expect([status, findings.at(-1)]).toMatchObject([1, { check: "database", state: "fault" }]);
    expect(findings.at(-1)?.message).toContain("waits for migrations: run keyturn migrate.");
    const text = "INSERT INTO migrations (timestamp, name) VALUES ($1, $2)";
    await changeRows(keyturn, text, [migration?.timestamp ?? 0, migration?.name ?? ""]);
    expect((await doctor()).status).toBe(0);
  });
});

describe("doctor", () => {
  const run = (environment: Record<string, string>): Promise<Ending> => runCommand(["doctor"], environment);

  it("before the first start says what is not there yet, and makes nothing", async () => {
    const keyturn = await startKeyturn("sqlite");
    const directory = join(keyturn.dataDirectory, "new");
    const { status, stdout } = await run({ KEYTURN_DATA_DIR: directory });
    expect(status).toBe(1);
    expect(stdout).toContain("warning  data directory");
    expect(stdout).toContain("fault    database        ");
    expect(existsSync(directory)).toBe(false);
    await keyturn.close();
  });

  it("says that there is no key where a data directory has lost its own", async () => {
    const keyturn = await startKeyturn("sqlite");
    keyturn.clock.set(Date.now());
    await createProtectedPerson(keyturn, await logInAdministrator(keyturn), "ann");
    const { KEYTURN_SECRET_KEYS: _, ...environment } = environmentOf(keyturn);
    const directory = join(keyturn.dataDirectory, "other");
    const { status, stdout } = await run({ ...environment, KEYTURN_DATA_DIR: directory });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^fault {4}keys .+ Missing keys: k[0-9a-f]{8}\. Accounts: ann\.$/m);
    expect(existsSync(directory)).toBe(false);
    await keyturn.close();
  });

  it("tells a database that does not answer", async () => {
    const { status, stdout } = await run({
      KEYTURN_DATA_DIR: "/dev/null/nowhere",
      KEYTURN_DATABASE_URL: "postgres://keyturn:hidden@127.0.0.1:1/keyturn",
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^fault {4}database {8}PostgreSQL cannot be opened: .*ECONNREFUSED/m);
    expect(stdout).not.toContain("hidden");
  });

  it("ends with status 78 where the configuration cannot be used, and names every variable", async () => {
    const { status, stdout, stderr } = await run({ PORT: "x", KEYTURN_ARGON2: "cheap" });
    expect([status, stdout]).toEqual([78, ""]);
    expect(stderr).toMatch(/PORT: expected[\s\S]+KEYTURN_ARGON2: expected/);
  });
});

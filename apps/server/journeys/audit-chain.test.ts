import type { EntityManager } from "typeorm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createApp } from "../src/app.js";
import { migrations } from "../src/migrations/index.js";
import { readConfig } from "../src/platform/config.js";
import { openDatabase } from "../src/platform/database.js";
import { AuditEventEntity } from "../src/rooms/audit/audit-event.entity.js";
import { type ChainFault, chainFaultSentence } from "../src/rooms/audit/chain-fault.js";
import { chainHash, GENESIS } from "../src/rooms/audit/chain-hash.js";
import { recordEvent } from "../src/rooms/audit/record-event.js";
import { sealAuditEvents } from "../src/rooms/audit/seal-audit-events.js";
import { type AuditChainReport, verifyAuditChain } from "../src/rooms/audit/verify-audit-chain.js";
import { entities } from "../src/rooms.js";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { logInAdministrator } from "./stage/people.js";

const REQUEST = { id: "request", ipAddress: "192.0.2.1", userAgent: null, locale: "en" } as const;
/** Columns of an event that a chain of ten is changed in, with another value for each. */
const CHANGES = [
  ["id", "'018cc251-f400-7000-8000-00000000000f'"],
  ["at", "at + 1"],
  ["action", "'login.succeeded'"],
  ["level", "'INFORMATION'"],
  ["result", "'SUCCESS'"],
  ["actor_id", "'018cc251-f400-7000-8000-000000000001'"],
  ["actor_login_name", "'eve'"],
  ["subject_id", "NULL"],
  ["subject_login_name", "NULL"],
  ["credential", "'PASSWORD'"],
  ["ip_address", "'192.0.2.2'"],
  ["user_agent", "'curl'"],
  ["request_id", "'other'"],
  ["details", "'{}'"],
  ["hash", "'nothing'"],
] as const;

describeOnBoth("the chain of audit events", (kind) => {
  let keyturn: Keyturn;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_SQLITE_SYNCHRONOUS: "normal" });
  });
  afterAll(() => keyturn.close());

  const seal = (): Promise<number> => sealAuditEvents(keyturn.app.context);
  const verify = (expectedHead?: AuditChainReport["head"]): Promise<AuditChainReport> =>
    verifyAuditChain(keyturn.app.context, expectedHead && { expectedHead });
  const change = (...texts: string[]): Promise<void> =>
    texts.reduce((before, text) => before.then(() => changeRows(keyturn, text)), Promise.resolve());

  /** Records events, three of them at each moment. */
  async function record(count: number): Promise<void> {
    const { db, now } = keyturn.app.context;
    await db.transaction(async (manager) => {
      for (let index = 0; index < count; index += 1) {
        if (index % 3 === 0) keyturn.clock.advance({ seconds: 1 });
        const subject = { id: "018cc251-f400-7000-8000-000000000000", loginName: `person ${index}` };
        const event = { subject, failed: true, details: { at: "a test", number: index } } as const;
        await recordEvent(manager, { now: now(), request: REQUEST }, { action: "login.failed", ...event });
      }
    });
  }

  /** Begins a chain anew, of so many events. */
  async function chainOf(count: number): Promise<void> {
    await keyturn.settle();
    await change("DELETE FROM audit_events", "DELETE FROM audit_chain");
    await record(count);
    await seal();
  }

  /** The faults as their kinds and places. */
  async function faultsOf(expectedHead?: AuditChainReport["head"]): Promise<unknown[]> {
    const { faults, intact } = await verify(expectedHead);
    expect(intact).toBe(faults.length === 0);
    return faults.map(summaryOf);
  }

  describe("is sealed", () => {
    it("in the order of time and id, batch after batch until nothing is left, each event at the next place", async () => {
      await chainOf(0);
      await record(450);
      expect(await seal()).toBe(450);
      const rows = await readRows<{ sequence: number }>(
        keyturn,
        "SELECT sequence FROM audit_events ORDER BY at, id",
      );
      expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from(rows, (_, index) => index + 1));
      expect(await seal()).toBe(0);
      const { head, ...report } = await verify();
      expect(report).toEqual({ intact: true, sealed: 450, unsealed: 0, faults: [], moreFaults: false });
      const [row] = await readRows(keyturn, "SELECT sequence, hash FROM audit_chain");
      expect(row).toEqual(head);
    });

    it("by two sealers at once into one chain without gaps, and both go on until nothing is left", async () => {
      await chainOf(0);
      await record(700);
      const config = readConfig({ KEYTURN_DATABASE_URL: keyturn.database.url });
      const other = await openDatabase({ config, entities, migrations });
      const [one, another] = await Promise.all([seal(), sealAuditEvents({ db: other })]);
      await other.close();
      expect(one + another).toBe(700);
      expect(await verify()).toMatchObject({ intact: true, sealed: 700, unsealed: 0 });
    });

    it("while people log in, and verified meanwhile", async () => {
      await chainOf(300);
      const logins = Array.from({ length: 10 }, () => logInAdministrator(keyturn));
      const working = [seal(), verify(), seal(), record(30), verify()] as const;
      const [, first, , , second] = await Promise.all(working);
      await Promise.all(logins);
      await seal();
      const reports = [first, second, await verify()];
      expect(reports.flatMap(({ faults }) => faults)).toEqual([]);
      expect(reports[2]).toMatchObject({ intact: true, unsealed: 0 });
      expect(reports[2]?.sealed).toBeGreaterThanOrEqual(340);
    });

    it("while it is verified, between any two statements of that", async () => {
      await chainOf(1001);
      const { db } = keyturn.app.context;
      const sealing = beforeEachStatement(db.read, async () => {
        await record(3);
        await seal();
      });
      const report = await verifyAuditChain({ db: { ...db, read: sealing } });
      expect(report).toMatchObject({ intact: true, faults: [], unsealed: 0 });
      expect(report.sealed).toBeGreaterThan(1003);
    });

    it("at the server's stop, and what a stopped process left unsealed by the next server", async () => {
      await chainOf(5);
      await record(5);
      keyturn = await keyturn.restart();
      expect(await verify()).toMatchObject({ intact: true, sealed: 10, unsealed: 0 });
      await record(5);
      const config = readConfig({
        ...{ KEYTURN_DATABASE_URL: keyturn.database.url, KEYTURN_DATA_DIR: keyturn.dataDirectory },
      });
      const next = await createApp({ config, log: keyturn.app.context.log, sealEvery: 1 });
      await vi.waitFor(async () => expect(await verify()).toMatchObject({ sealed: 15, unsealed: 0 }), 10_000);
      await next.close();
      expect(await faultsOf()).toEqual([]);
    });

    it("without a statement that writes where there is nothing to seal", async () => {
      await chainOf(1);
      keyturn.takeStatements();
      await seal();
      expect(keyturn.takeStatements()).toHaveLength(1);
    });
  });

  describe("tells", () => {
    it.each(CHANGES)("that %s of an event was changed", async (column, value) => {
      await chainOf(10);
      await change(`UPDATE audit_events SET ${column} = ${value} WHERE sequence = 4`);
      expect(await faultsOf()).toEqual(["changed 4"]);
    });

    it.each(["at = at + 1", "hash = 'nothing'"])("a change of the first and of the last: %s", async (set) => {
      await chainOf(10);
      await change(`UPDATE audit_events SET ${set} WHERE sequence IN (1, 10)`);
      expect(await faultsOf()).toEqual(["changed 1", "changed 10"]);
    });

    it("that hashes of neighbours were changed, each by its name", async () => {
      await chainOf(10);
      await change("UPDATE audit_events SET hash = id WHERE sequence IN (4, 5, 6)");
      expect(await faultsOf()).toEqual(["changed 4", "changed 5", "changed 6"]);
    });

    it("that an event was changed together with its own hash, by the one after it", async () => {
      await chainOf(10);
      const [before] = await readRows<{ hash: string }>(
        keyturn,
        "SELECT hash FROM audit_events WHERE sequence = 3",
      );
      await change("UPDATE audit_events SET details = '{}' WHERE sequence = 4");
      const event = await keyturn.app.context.db.read.findOneByOrFail(AuditEventEntity, { sequence: 4 });
      const hash = chainHash(before?.hash ?? "", event);
      await change(`UPDATE audit_events SET hash = '${hash}' WHERE sequence = 4`);
      expect(await faultsOf()).toEqual(["changed 5"]);
      const [fault] = (await verify()).faults;
      expect(chainFaultSentence(fault as ChainFault)).toContain("or the one before it was changed");
    });

    it.each([
      ["in the middle", "sequence = 4", ["missing 4"]],
      ["in two places", "sequence IN (2, 5, 6)", ["missing 2", "missing 5 through 6"]],
      ["at the beginning", "sequence <= 3", ["missing 1 through 3"]],
      ["at the end", "sequence >= 9", ["missing 9 through 10"]],
      ["everywhere", "1 = 1", ["missing 1 through 10"]],
    ])("that events are gone %s", async (_, which, faults) => {
      await chainOf(10);
      await change(`DELETE FROM audit_events WHERE ${which}`);
      expect(await faultsOf()).toEqual(faults);
      await record(3);
      await seal();
      expect(await faultsOf()).toEqual(faults);
    });

    it("that an event was taken out of its place to be sealed anew", async () => {
      await chainOf(10);
      await change("UPDATE audit_events SET sequence = NULL, hash = NULL, details = '{}' WHERE sequence = 4");
      expect(await faultsOf()).toEqual(["missing 4"]);
      expect((await verify()).unsealed).toBe(1);
      await seal();
      expect(await faultsOf()).toEqual(["missing 4"]);
      expect(await verify()).toMatchObject({ sealed: 10, unsealed: 0 });
    });

    it.each([
      [3, 5],
      [3, 4],
      [1, 2],
      [1, 10],
      [9, 10],
    ])("that the events at %d and %d took each other's place", async (one, other) => {
      const faults = [`reordered ${one}, sealed as ${other}`, `reordered ${other}, sealed as ${one}`];
      await chainOf(10);
      await swap(one, other, ["sequence"]);
      expect(await faultsOf()).toEqual(faults);
      await chainOf(10);
      await swap(one, other, ["sequence", "hash"]);
      expect(await faultsOf()).toEqual(faults);
    });

    it("that what two events say was exchanged, as a change of both", async () => {
      await chainOf(10);
      await swap(3, 5, ["at", "details", "subject_login_name"]);
      expect(await faultsOf()).toEqual(["changed 3", "changed 5"]);
    });

    it("that an event was put between others, and that these were moved", async () => {
      await chainOf(10);
      await change(
        "UPDATE audit_events SET sequence = -sequence WHERE sequence >= 4",
        "UPDATE audit_events SET sequence = 1 - sequence WHERE sequence < 0",
        copyOf(2, 4),
      );
      const moved = [5, 6, 7, 8, 9, 10].map((place) => `reordered ${place}, sealed as ${place - 1}`);
      expect(await faultsOf()).toEqual(["changed 4", ...moved, "beyond-head 11"]);
    });

    it("that an event is gone though the others closed the gap", async () => {
      await chainOf(10);
      await change(
        "DELETE FROM audit_events WHERE sequence = 8",
        "UPDATE audit_events SET sequence = 8 WHERE sequence = 9",
        "UPDATE audit_events SET sequence = 9 WHERE sequence = 10",
      );
      expect(await faultsOf()).toEqual(["changed 8", "reordered 9, sealed as 10", "missing 10"]);
    });

    it.each([
      ["beyond the head", 11, "beyond-head 11"],
      ["far beyond the head", 1000, "beyond-head 1000"],
      ["before the first", 0, "changed 0"],
      ["before all", -7, "changed -7"],
      ["at the least number that a program counts with", -(2 ** 53), `changed ${-(2 ** 53)}`],
      ["at the least number that a database keeps", -(2n ** 63n), `changed ${-(2 ** 63)}`],
    ])("that an event was put %s", async (_, place, fault) => {
      await chainOf(10);
      await change(copyOf(10, place));
      expect(await faultsOf()).toEqual([fault]);
    });

    // PostgreSQL keeps whole numbers alone there.
    it.runIf(kind === "sqlite").each([
      ["between two places", "8.5", "changed 8.5"],
      ["beyond the head, between two places", "1000000000.5", "changed 1000000000.5"],
      ["at no end", "9e999", "changed Infinity"],
      ["at a word", "'last'", "changed last"],
    ])("that an event was put %s", async (_, place, fault) => {
      await chainOf(10);
      await change(copyOf(10, place));
      expect(await faultsOf()).toEqual([fault]);
    });

    it("that an event was put beyond the head with the very hash that it would have had", async () => {
      await chainOf(11);
      await change(
        "UPDATE audit_chain SET sequence = 10, hash = (SELECT hash FROM audit_events WHERE sequence = 10)",
      );
      expect(await faultsOf()).toEqual(["beyond-head 11"]);
    });

    it.each([
      ["has another hash", "UPDATE audit_chain SET hash = 'nothing'", "head-mismatch 10"],
      ["was set back", "UPDATE audit_chain SET sequence = 8", "beyond-head 10"],
      ["was set to nothing", `UPDATE audit_chain SET sequence = 0, hash = '${GENESIS}'`, "beyond-head 10"],
      ["was set forward", "UPDATE audit_chain SET sequence = 12", "missing 11 through 12"],
      ["is gone", "DELETE FROM audit_chain", "head-mismatch 0"],
    ])("that the head %s", async (_, text, fault) => {
      await chainOf(10);
      await change(text);
      expect(await faultsOf()).toContain(fault);
    });

    it("each fault in a sentence that names the event, and the first of many", async () => {
      await chainOf(60);
      await change(
        "DELETE FROM audit_events WHERE sequence = 2",
        "UPDATE audit_events SET details = '{}' WHERE sequence > 10",
      );
      const { faults, moreFaults, intact } = await verify();
      expect([intact, moreFaults, faults.length]).toEqual([false, true, 21]);
      for (const fault of faults) {
        const sentence = chainFaultSentence(fault);
        expect(sentence).toMatch(/^The .*\.$/);
        expect(sentence).toContain(`${fault.sequence}`);
        if (fault.eventId !== null) expect(sentence).toContain(fault.eventId);
      }
    });
  });

  describe("beside a head that was noted elsewhere", () => {
    it("holds it still when it has grown", async () => {
      await chainOf(10);
      const { head } = await verify();
      await record(5);
      await seal();
      expect(await faultsOf(head)).toEqual([]);
      expect(await faultsOf({ sequence: 0, hash: GENESIS })).toEqual([]);
    });

    it("lacks it when it was cut together with its own head, which nothing else tells", async () => {
      await chainOf(10);
      const { head } = await verify();
      await cutBack(7);
      expect(await faultsOf()).toEqual([]);
      expect(await faultsOf(head)).toEqual(["expected-head-missing 10"]);
      await record(6);
      await seal();
      expect(await faultsOf()).toEqual([]);
      expect(await faultsOf(head)).toEqual(["expected-head-missing 10"]);
    });

    it("lacks it when all from one event on was written anew, which nothing else tells", async () => {
      await chainOf(10);
      const { head } = await verify();
      await change(
        "UPDATE audit_events SET details = '{}' WHERE sequence = 4",
        "UPDATE audit_events SET sequence = NULL, hash = NULL WHERE sequence >= 4",
        "UPDATE audit_chain SET sequence = 3, hash = (SELECT hash FROM audit_events WHERE sequence = 3)",
      );
      await seal();
      expect(await faultsOf()).toEqual([]);
      expect(await faultsOf(head)).toEqual(["expected-head-missing 10"]);
    });

    it("lacks it when everything is gone", async () => {
      await chainOf(10);
      const { head } = await verify();
      await change("DELETE FROM audit_events", "DELETE FROM audit_chain");
      expect(await faultsOf()).toEqual([]);
      expect(await faultsOf(head)).toEqual(["expected-head-missing 10"]);
    });

    it("is not blamed for a noted head where an event alone was changed", async () => {
      await chainOf(10);
      const { head } = await verify();
      await change("UPDATE audit_events SET hash = 'nothing' WHERE sequence = 10");
      expect(await faultsOf(head)).toEqual(["changed 10"]);
    });
  });

  it("says how far it has come", async () => {
    await chainOf(1001);
    const seen: number[] = [];
    await verifyAuditChain(keyturn.app.context, { onProgress: (events) => seen.push(events) });
    expect(seen).toEqual([1000, 1001]);
  });

  it("is empty before anything happened", async () => {
    await chainOf(0);
    expect(await verify()).toEqual({
      ...{ intact: true, sealed: 0, unsealed: 0, faults: [], moreFaults: false },
      head: { sequence: 0, hash: GENESIS },
    });
  });

  /** Exchanges columns of the events at two places. */
  async function swap(one: number, other: number, columns: readonly string[]): Promise<void> {
    const rows = await readRows<Record<string, string | number>>(
      keyturn,
      `SELECT id AS the_id, ${columns.join(", ")} FROM audit_events WHERE sequence IN (${one}, ${other})`,
    );
    const [first = {}, second = {}] = rows;
    await change(`UPDATE audit_events SET sequence = -sequence WHERE sequence IN (${one}, ${other})`);
    const give = async (to: typeof first, from: typeof first): Promise<void> => {
      const sets = columns.map((column, index) => `${column} = $${index + 2}`).join(", ");
      const values = [to["the_id"] ?? "", ...columns.map((column) => from[column] ?? "")];
      await changeRows(keyturn, `UPDATE audit_events SET ${sets} WHERE id = $1`, values);
    };
    await give(first, second);
    await give(second, first);
    await change("UPDATE audit_events SET sequence = -sequence WHERE sequence < 0");
  }

  /** Deletes the tail, and sets the head to what is left. */
  async function cutBack(to: number): Promise<void> {
    await change(
      `DELETE FROM audit_events WHERE sequence > ${to}`,
      `UPDATE audit_chain SET sequence = ${to}, hash = (SELECT hash FROM audit_events WHERE sequence = ${to})`,
    );
  }
});

/** Reads like `read`, but something happens before every statement. */
function beforeEachStatement({ dataSource }: EntityManager, happens: () => Promise<void>): EntityManager {
  const createQueryRunner = () => {
    const runner = dataSource.createQueryRunner();
    const query = async (...asked: Parameters<typeof runner.query>): Promise<unknown> => {
      await happens();
      return await runner.query(...asked);
    };
    return { query, release: () => runner.release() };
  };
  return { dataSource: { options: dataSource.options, createQueryRunner } } as unknown as EntityManager;
}

/** Writes a copy of an event at another place. */
function copyOf(sequence: number, place: number | bigint | string): string {
  const columns = [
    ...["at", "action", "level", "result", "actor_id", "actor_login_name", "subject_id"],
    ...["subject_login_name", "credential", "ip_address", "user_agent", "request_id", "details", "hash"],
  ].join(", ");
  return `INSERT INTO audit_events (id, sequence, ${columns})
    SELECT '018cc251-f400-7000-8000-00000000000c', ${place}, ${columns} FROM audit_events WHERE sequence = ${sequence}`;
}

function summaryOf(fault: ChainFault): string {
  const { kind, sequence } = fault;
  if (kind === "reordered") return `${kind} ${sequence}, sealed as ${fault.sealedAs}`;
  return kind === "missing" && fault.through > sequence
    ? `${kind} ${sequence} through ${fault.through}`
    : `${kind} ${sequence}`;
}

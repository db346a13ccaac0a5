import { afterAll, beforeAll, expect, it } from "vitest";
import { readRows } from "../journeys/stage/counters.js";
import { describeOnBoth } from "../journeys/stage/databases.js";
import { type OAuthClients, startOAuthClients } from "../journeys/stage/oauth-clients.js";
import { createSweep } from "../src/sweep.js";
import { type AnonymousDoor, anonymousDoors } from "./anonymous-doors.js";

/** Failed attempts of one address in a minute. */
const LIMIT = 60;

/** Every table into which a stranger can insert, and by how many rows it grows in a minute by one address at most. */
const BOUNDS: Readonly<Record<string, number>> = {
  unknown_login_names: LIMIT,
  // One a failure, and one more for each lock that it brings.
  audit_events: LIMIT + LIMIT / 10,
  // Three an hour for each account.
  mail_links: 3,
};
/** Those of them that forget by themselves, within a day. */
const FORGOTTEN = ["unknown_login_names", "mail_links"];

describeOnBoth("who has no credential", (kind) => {
  let stage: OAuthClients;
  let doors: readonly AnonymousDoor[];
  beforeAll(async () => {
    stage = await startOAuthClients(kind, { KEYTURN_ATTEMPTS_PER_ADDRESS: String(LIMIT) });
    doors = anonymousDoors(stage);
    await stage.keyturn.settle();
  });
  afterAll(() => stage.keyturn.close());

  const count = async (): Promise<Record<string, number>> => {
    const { keyturn } = stage;
    await keyturn.settle();
    const tables = keyturn.app.context.db.read.dataSource.entityMetadatas.map(({ tableName }) => tableName);
    const all = tables
      .map((table) => `SELECT '${table}' AS name, count(*) AS rows FROM ${table}`)
      .join(" UNION ALL ");
    const rows = await readRows<{ name: string; rows: number }>(keyturn, all);
    return Object.fromEntries(rows.map(({ name, rows: number }) => [name, number]));
  };
  const growth = (before: Record<string, number>, after: Record<string, number>): Record<string, number> =>
    Object.fromEntries(
      Object.entries(after)
        .map(([table, rows]) => [table, rows - (before[table] ?? 0)] as const)
        .filter(([, rows]) => rows !== 0),
    );

  it("fills no table but those that have a bound, through any door, however often they knock", async () => {
    const grown = new Set<string>();
    for (const { title, knock } of doors) {
      stage.keyturn.clock.advance({ seconds: 61 });
      const before = await count();
      // Somebody who is there, and others who are not.
      for (const text of ["ann", "nobody-0", "nobody-1"]) await knock(text);
      if (Object.keys(growth(before, await count())).length === 0) continue;
      for (let time = 2; time < LIMIT + 20; time += 1)
        await knock(time % 5 === 0 ? "ann" : `nobody-${title}-${time}`);
      for (const [table, rows] of Object.entries(growth(before, await count()))) {
        grown.add(table);
        expect(rows, `${title}: ${table}`).toBeLessThanOrEqual(BOUNDS[table] ?? 0);
      }
    }
    expect([...grown].sort()).toEqual(Object.keys(BOUNDS).sort());
  });

  it("is forgotten within a day", async () => {
    stage.keyturn.clock.advance({ seconds: 25 * 3600 });
    await createSweep(stage.keyturn.app.context)();
    const rows = await count();
    expect(FORGOTTEN.map((table) => [table, rows[table]])).toEqual(FORGOTTEN.map((table) => [table, 0]));
  });
});

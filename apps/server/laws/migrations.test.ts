import { spawn } from "node:child_process";
import { once } from "node:events";
import { execPath } from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import {
  DataSource,
  type DataSourceOptions,
  type MigrationInterface,
  type QueryRunner,
  type Logger as StatementLogger,
} from "typeorm";
import { afterEach, expect, test, vi } from "vitest";
import { describeOnBoth, freshDatabase } from "../journeys/stage/databases.js";
import { migrations } from "../src/migrations/index.js";
import { type Config, readConfig } from "../src/platform/config.js";
import { type Database, openDatabase } from "../src/platform/database.js";
import { sql } from "../src/platform/sql.js";
import { entities } from "../src/rooms.js";
import { readCatalogue, readMigrationNotes } from "./catalogue.js";

type Place = Pick<Config, "database" | "sqliteSynchronous">;
type Migration = new () => MigrationInterface;

const nothing = (): void => undefined;
/** TypeORM tells the console of a migration that fails. */
const SILENT: StatementLogger = {
  ...{ logQuery: nothing, logQueryError: nothing, logQuerySlow: nothing },
  ...{ logSchemaBuild: nothing, logMigration: nothing, log: nothing },
};

describeOnBoth("the schema", (kind) => {
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const clean of cleanups.splice(0).reverse()) await clean();
  });

  async function freshPlace(): Promise<Place> {
    const { url, drop } = await freshDatabase(kind);
    cleanups.push(drop);
    return readConfig({ KEYTURN_DATABASE_URL: url });
  }

  async function open(place: Place, known: readonly Migration[] = migrations): Promise<Database> {
    const db = await openDatabase({ config: place, entities, migrations: [...known], statements: SILENT });
    cleanups.push(() => db.close());
    return db;
  }

  async function sourceOf({ database }: Place, more: { synchronize?: boolean } = {}): Promise<DataSource> {
    const source = await new DataSource({
      ...locationOf(database),
      entities,
      migrations,
      ...more,
    }).initialize();
    cleanups.push(() => source.destroy());
    return source;
  }

  test("that migrations make is the one that the entities ask for, line by line", async () => {
    const [migrated, synchronized] = [await freshPlace(), await freshPlace()];
    await (await open(migrated)).migrate();
    await sourceOf(synchronized, { synchronize: true });
    const catalogue = await readCatalogue(migrated.database);
    expect(catalogue.length).toBeGreaterThan(100);
    expect(catalogue).toEqual(await readCatalogue(synchronized.database));
  });

  test("that migrations make leaves TypeORM nothing to change", async () => {
    const place = await freshPlace();
    await (await open(place)).migrate();
    const { upQueries } = await (await sourceOf(place)).driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  test("is taken back whole, the newest migration first", async () => {
    const place = await freshPlace();
    await (await open(place)).migrate();
    const source = await sourceOf(place);
    for (const _ of migrations) await source.undoLastMigration();
    expect(await readCatalogue(place.database)).toEqual([]);
  });

  test("is made once by three processes that start at once, and none of them fails", async () => {
    const place = await freshPlace();
    const starting = [1, 2, 3].map(() => startProcess(place));
    cleanups.push(async () => starting.forEach(({ kill }) => void kill()));
    await Promise.all(starting.map(({ ready }) => ready));
    const ran = await Promise.all(starting.map(({ migrate }) => migrate()));
    const names = migrations.map(({ name }) => name);
    expect(ran.sort((one, other) => other.length - one.length)).toEqual([names, [], []]);
    expect(await readMigrationNotes(place.database)).toEqual(names);
  }, 60_000);

  test.each([
    ["fails half-way", FailsHalfWay],
    ["leaves a row that refers to nothing", LeavesAnOrphan],
  ])("keeps nothing of a migration that %s, and the server that knows it says so", async (_, broken) => {
    const place = await freshPlace();
    await (await open(place)).migrate();
    const before = [await readCatalogue(place.database), await readMigrationNotes(place.database)];
    const db = await open(place, [...migrations, broken]);
    await expect(db.migrate()).rejects.toThrow();
    expect([await readCatalogue(place.database), await readMigrationNotes(place.database)]).toEqual(before);
    expect(await db.isBehind()).toBe(true);
  });

  test("refuses what refers to nothing also after a migration that failed", async () => {
    const place = await freshPlace();
    await (await open(place)).migrate();
    const db = await open(place, [...migrations, FailsHalfWay]);
    await expect(db.migrate()).rejects.toThrow();
    await expect(db.transaction((manager) => sql(manager, ORPHAN))).rejects.toThrow(/foreign key/i);
  });
});

test("a fresh file of SQLite is opened also while another process takes it for itself", async () => {
  const { url, drop } = await freshDatabase("sqlite");
  const config = readConfig({ KEYTURN_DATABASE_URL: url });
  const other = new Sqlite(config.database.type === "sqlite" ? config.database.file : "");
  other.exec("BEGIN EXCLUSIVE");
  const { pragma } = Sqlite.prototype;
  // It lets go as soon as somebody was refused.
  const asking = vi.spyOn(Sqlite.prototype, "pragma").mockImplementation(function (
    this: Sqlite.Database,
    text,
  ) {
    try {
      return pragma.call(this, text);
    } catch (error) {
      if (other.inTransaction) other.exec("ROLLBACK");
      throw error;
    }
  });
  try {
    const db = await openDatabase({ config, entities, migrations });
    expect(other.inTransaction).toBe(false);
    await db.close();
  } finally {
    asking.mockRestore();
    other.close();
    await drop();
  }
});

test("a migration on PostgreSQL may take longer than a request", async () => {
  const { url, drop } = await freshDatabase("postgres");
  const config = readConfig({ KEYTURN_DATABASE_URL: url });
  const db = await openDatabase({ config, entities, migrations: [TellsItsTimeLimit] });
  await expect(db.migrate()).resolves.toHaveLength(1);
  const { rows } = await sql<{ statement_timeout: string }>(db.read, "SELECT * FROM time_limit");
  await Promise.all([db.close(), drop()]);
  expect(rows).toEqual([{ statement_timeout: "0" }]);
});

const ORPHAN = "INSERT INTO recovery_codes (id, account_id) VALUES ('orphan', 'nobody')";

/** Changes a lot, then fails. */
class FailsHalfWay implements MigrationInterface {
  name = "FailsHalfWay9000000000000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("CREATE TABLE half_made (id varchar NOT NULL)");
    await runner.query("ALTER TABLE accounts ADD COLUMN half_made varchar");
    await runner.query("DROP INDEX accounts_role");
    await runner.query("INSERT INTO nowhere (id) VALUES (1)");
  }

  async down(): Promise<void> {}
}

/** Leaves a row whose account does not exist. */
class LeavesAnOrphan implements MigrationInterface {
  name = "LeavesAnOrphan9000000000000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ORPHAN);
  }

  async down(): Promise<void> {}
}

/** Writes down how long a statement of it may take. */
class TellsItsTimeLimit implements MigrationInterface {
  name = "TellsItsTimeLimit9000000000000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      "CREATE TABLE time_limit AS SELECT current_setting('statement_timeout') AS statement_timeout",
    );
  }

  async down(): Promise<void> {}
}

function locationOf(database: Config["database"]): DataSourceOptions {
  return database.type === "sqlite"
    ? { type: "better-sqlite3", database: database.file }
    : { type: "postgres", url: database.url, installExtensions: false };
}

const PROCESS = fileURLToPath(new URL("migrating-process.mjs", import.meta.url));

interface MigratingProcess {
  readonly ready: Promise<unknown>;
  /** Lets it go on; resolves to the names of what it ran. */
  readonly migrate: () => Promise<string[]>;
  readonly kill: () => boolean;
}

function startProcess(place: Place): MigratingProcess {
  const { database, sqliteSynchronous } = place;
  const argument = JSON.stringify({ database, sqliteSynchronous });
  const child = spawn(execPath, [PROCESS, argument], { stdio: ["pipe", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk) => (errors += chunk));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value } = await lines.next();
    if (value === undefined) throw new Error(`the process ended: ${errors}`);
    return value;
  };
  const migrate = async (): Promise<string[]> => {
    const exited = once(child, "exit");
    child.stdin.write("go\n");
    const ran: string[] = JSON.parse(await next());
    expect(await exited, errors).toEqual([0, null]);
    return ran;
  };
  return { ready: next(), migrate, kill: () => child.kill() };
}

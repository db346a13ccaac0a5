import { setTimeout as wait } from "node:timers/promises";
import type { PoolClient } from "pg";
import {
  DataSource,
  type EntityManager,
  MigrationExecutor,
  type MixedList,
  type Logger as StatementLogger,
} from "typeorm";
import type { Config } from "./config.js";
import { oneAtATime } from "./one-at-a-time.js";
import { codeOf, isOutage } from "./outage.js";
import { bearSilence, endSilence, endSilentConnections } from "./postgres-silence.js";
import { runOnPostgres, SET_TIMEOUTS } from "./postgres-transaction.js";
import { Refusal } from "./problem.js";
import { sql } from "./sql.js";
import { namingFile } from "./sqlite-file.js";
import { sqliteTransactions } from "./sqlite-transaction.js";

/** Where rows live: SQLite in a file, or PostgreSQL; one interface for both. */
export interface Database {
  /** Reads outside a transaction. It refuses to write where the database lets it. */
  readonly read: EntityManager;
  /**
   * Runs `work` in one transaction: what it returns is committed, what it throws rolls back.
   *
   * Nothing but SQL is awaited inside (no hash, no mail): on SQLite every other writer waits, and `work` may run
   * again where the database was busy. A transaction within a transaction waits for itself there, and is given up.
   */
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** Runs every migration that has not run, under a lock, and returns their names. */
  migrate(): Promise<string[]>;
  /** Says whether migrations are waiting. */
  isBehind(): Promise<boolean>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly config: Pick<Config, "database" | "sqliteSynchronous">;
  readonly entities: MixedList<new () => object>;
  readonly migrations: MixedList<new () => object>;
  /** Nothing can be written, a transaction is refused. */
  readonly readOnly?: boolean;
  /** Sees every statement; for tests that count them. */
  readonly statements?: StatementLogger;
}

/** The advisory lock under which migrations run on PostgreSQL; any number that nothing else uses. */
const MIGRATION_LOCK = 5_203_901;
const RETRIES = 5;
/** How long a transaction waits for its turn on SQLite, in milliseconds. */
const PATIENCE = 4_000;
/** Another process writes; PostgreSQL ended one of two transactions that waited for each other. Nothing was kept. */
const WORTH_RETRYING = /^(SQLITE_BUSY|40001|40P01)/;

/** Opens the database that the configuration names; its schema is as it was left. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { database } = options.config;
  if (options.readOnly === true) return await openToRead(options);
  return database.type === "postgres"
    ? await openPostgres(database.url, options)
    : await namingFile(database.file, () => openSqlite(database.file, options));
}

/**
 * Opens a database to be read: there are no transactions, and SQLite refuses what writes. PostgreSQL is not told to: what
 * is said to a connection would stay with it behind a pooler, and meet the server's own transactions.
 */
async function openToRead(options: DatabaseOptions): Promise<Database> {
  const { database } = options.config;
  const shared = common(options);
  const source =
    database.type === "postgres"
      ? new DataSource({
          ...shared,
          type: "postgres",
          url: database.url,
          parseInt8: true,
          installExtensions: false,
        })
      : new DataSource({ ...shared, type: "better-sqlite3", database: database.file, readonly: true });
  await source.initialize();
  const refuse = () => Promise.reject(new Error("the database was opened to be read"));
  return {
    read: source.manager,
    transaction: refuse,
    migrate: refuse,
    isBehind: () => source.showMigrations(),
    close: () => source.destroy(),
  };
}

async function openPostgres(url: string, options: DatabaseOptions): Promise<Database> {
  const source = await new DataSource({
    ...common(options),
    type: "postgres",
    url,
    parseInt8: true,
    installExtensions: false,
    poolSize: 10,
    connectTimeoutMS: 5_000,
    extra: { onConnect: setTimeouts },
  }).initialize();
  endSilentConnections(source);
  return {
    read: source.manager,
    transaction: (work) => tellingOutages(() => retrying(() => runOnPostgres(source, work))),
    migrate: () => migratePostgres(source),
    isBehind: () => source.showMigrations(),
    close: () => source.destroy(),
  };
}

async function setTimeouts(client: PoolClient): Promise<void> {
  endSilence(client);
  await client.query(SET_TIMEOUTS);
}

/** In one transaction, with a lock that ends with it: behind a pooler the next one may have another connection. */
async function migratePostgres(source: DataSource): Promise<string[]> {
  const runner = source.createQueryRunner();
  try {
    bearSilence((await runner.connect()) as PoolClient);
    await runner.startTransaction();
    // A change of a large table, and the wait for another server's, may take longer than a request.
    await runner.query("SET LOCAL statement_timeout = 0");
    await runner.query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    const executor = new MigrationExecutor(source, runner);
    executor.transaction = "all";
    const done = await executor.executePendingMigrations();
    await runner.commitTransaction();
    return done.map(({ name }) => name);
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

async function openSqlite(file: string, options: DatabaseOptions): Promise<Database> {
  const base = {
    ...common(options),
    type: "better-sqlite3",
    database: file,
    statementCacheSize: 500,
    timeout: 200,
  } as const;
  const synchronous = options.config.sqliteSynchronous.toUpperCase();
  const writer = await new DataSource({
    ...base,
    prepareDatabase: async (connection: Pragmas) => {
      // SQLite itself does not wait for it: of processes that start at once, one has a fresh file for itself.
      await retrying(async () => connection.pragma("journal_mode = WAL"));
      connection.pragma(`synchronous = ${synchronous}`);
    },
  }).initialize();
  const reader = await new DataSource({
    ...base,
    prepareDatabase: (connection: Pragmas) => void connection.pragma("query_only = ON"),
  }).initialize();
  const run = await sqliteTransactions(writer);
  const queue = oneAtATime();
  return {
    read: reader.manager,
    transaction: (work) => tellingOutages(() => queue(() => retrying(() => run(work)), PATIENCE)),
    migrate: () => queue(() => migrateSqlite(writer)),
    isBehind: () => reader.showMigrations(),
    close: async () => {
      await queue(async () => undefined);
      await reader.destroy();
      await writer.destroy();
    },
  };
}

interface Pragmas {
  pragma(text: string): unknown;
}

/** Several processes may start at once: whoever comes second waits for the write lock and finds nothing to do. */
async function migrateSqlite(writer: DataSource): Promise<string[]> {
  const { manager } = writer;
  await sql(manager, "PRAGMA busy_timeout = 30000");
  await sql(manager, "PRAGMA foreign_keys = OFF");
  await sql(manager, "BEGIN IMMEDIATE");
  try {
    const done = await writer.runMigrations({ transaction: "none" });
    const { rows: orphans } = await sql<{ table: string }>(manager, "PRAGMA foreign_key_check");
    if (orphans[0] !== undefined)
      throw new Error(`a migration left rows of ${orphans[0].table} that refer to nothing`);
    await sql(manager, "COMMIT");
    return done.map(({ name }) => name);
  } catch (error) {
    await sql(manager, "ROLLBACK");
    throw error;
  } finally {
    await sql(manager, "PRAGMA foreign_keys = ON");
    await sql(manager, "PRAGMA busy_timeout = 200");
  }
}

function common({ entities, migrations, statements }: DatabaseOptions) {
  return {
    entities,
    migrations,
    migrationsTableName: "migrations",
    synchronize: false,
    ...(statements === undefined ? { logging: false } : { logging: true, logger: statements }),
  } as const;
}

async function tellingOutages<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isOutage(error) ? new Refusal("UNAVAILABLE", { retryAfterSeconds: 5 }, { cause: error }) : error;
  }
}

async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt > RETRIES || !WORTH_RETRYING.test(codeOf(error))) throw error;
      await wait(20 * 2 ** attempt);
    }
  }
}

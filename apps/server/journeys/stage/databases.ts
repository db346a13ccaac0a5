import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, inject } from "vitest";

/** The databases that every story is told on. */
export const databases = ["sqlite", "postgres"] as const;

/** One of the databases that Keyturn serves. */
export type DatabaseKind = (typeof databases)[number];

/** An empty database of a test's own. */
export interface FreshDatabase {
  readonly url: string;
  /** Removes the database, and ends whatever is still connected to it. */
  drop(): Promise<void>;
}

/** Makes an empty database that no other test sees. */
export function freshDatabase(kind: DatabaseKind): Promise<FreshDatabase> {
  return kind === "sqlite" ? freshSqlite() : freshPostgres();
}

/** Declares the same tests once for each database, its name added to the title. */
export function describeOnBoth(title: string, tests: (kind: DatabaseKind) => void): void {
  describe.each(databases)(`${title}, on %s`, tests);
}

async function freshSqlite(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "keyturn-sqlite-"));
  return {
    url: `sqlite://${join(folder, "keyturn.db")}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function freshPostgres(): Promise<FreshDatabase> {
  const name = `keyturn_${randomBytes(8).toString("hex")}`;
  await asSuperuser(`CREATE DATABASE ${name}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = name;
  return { url: url.href, drop: () => asSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** Runs a statement on the run's PostgreSQL, outside every test's own database. */
export async function asSuperuser(statement: string, parameters: readonly unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  try {
    await client.query(statement, [...parameters]);
  } finally {
    await client.end();
  }
}

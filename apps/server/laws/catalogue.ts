import Sqlite from "better-sqlite3";
import pg from "pg";
import type { Config } from "../src/platform/config.js";

/** Where TypeORM notes what has run: no table of ours. */
const NOTES = "migrations";

/** Describes every table, column, index and constraint of a database as lines of text, sorted. */
export async function readCatalogue(database: Config["database"]): Promise<string[]> {
  const lines = database.type === "sqlite" ? readSqlite(database.file) : await readPostgres(database.url);
  return lines.map(plain).sort();
}

/** Reads the names of the migrations that a database has seen, in that order. */
export async function readMigrationNotes(database: Config["database"]): Promise<string[]> {
  const text = `SELECT name FROM ${NOTES} ORDER BY id`;
  const rows =
    database.type === "sqlite" ? querySqlite(database.file, text) : await queryPostgres(database.url, text);
  return rows.map((row) => String(row["name"]));
}

type Row = Record<string, unknown>;

const SQLITE_COLUMNS = `SELECT m.name || '.' || c.name || ' ' || c.type || ' notnull=' || c."notnull" || ' default=' ||
  coalesce(c.dflt_value, 'none') || ' key=' || c.pk || ' hidden=' || c.hidden AS line
  FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND m.name NOT IN ('${NOTES}', 'sqlite_sequence')`;
const SQLITE_INDEXES = `SELECT m.name || ' ' || CASE i.origin WHEN 'c' THEN i.name ELSE i.origin END || ' unique=' || i."unique" ||
  ' partial=' || i.partial || ' ' || coalesce(s.sql, (SELECT group_concat(name) FROM pragma_index_info(i.name))) AS line
  FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN sqlite_master s ON s.name = i.name
  WHERE m.type = 'table' AND m.name <> '${NOTES}'`;
const SQLITE_FOREIGN_KEYS = `SELECT m.name || '.' || k."from" || ' references ' || k."table" || '.' || k."to" || ' on delete ' ||
  k.on_delete || ' on update ' || k.on_update AS line
  FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table'`;
const SQLITE_OTHERS = `SELECT type || ' ' || name || ' ' || sql AS line FROM sqlite_master WHERE type NOT IN ('table', 'index')`;

function readSqlite(file: string): string[] {
  const texts = [SQLITE_COLUMNS, SQLITE_INDEXES, SQLITE_FOREIGN_KEYS, SQLITE_OTHERS];
  return texts.flatMap((text) => querySqlite(file, text)).map((row) => String(row["line"]));
}

function querySqlite(file: string, text: string): Row[] {
  const connection = new Sqlite(file, { readonly: true });
  try {
    return connection.prepare(text).all() as Row[];
  } finally {
    connection.close();
  }
}

const POSTGRES_COLUMNS = `SELECT concat_ws(' ', table_name || '.' || column_name, data_type, character_maximum_length,
  numeric_precision, 'nullable=' || is_nullable, 'default=' || coalesce(column_default, 'none'), 'identity=' || is_identity,
  'generated=' || is_generated, collation_name) AS line
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '${NOTES}'`;
const POSTGRES_INDEXES = `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '${NOTES}'`;
const POSTGRES_CONSTRAINTS = `SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS line
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> coalesce(to_regclass('${NOTES}'), 0)`;
const POSTGRES_OTHERS = `SELECT relkind::text || ' ' || relname AS line FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('r', 'i') AND relname NOT LIKE '${NOTES}%'`;

async function readPostgres(url: string): Promise<string[]> {
  const texts = [POSTGRES_COLUMNS, POSTGRES_INDEXES, POSTGRES_CONSTRAINTS, POSTGRES_OTHERS];
  const all = await Promise.all(texts.map((text) => queryPostgres(url, text)));
  return all.flat().map((row) => String(row["line"]));
}

async function queryPostgres(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Quotes and white space say nothing. */
function plain(line: string): string {
  return line
    .replaceAll('"', "")
    .replace(/\s+/g, " ")
    .replace(/\s*([(),])\s*/g, "$1")
    .trim();
}

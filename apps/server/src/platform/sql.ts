import { type EntityManager, getMetadataArgsStorage } from "typeorm";

type EntityClass<T> = new () => T;
type Value = string | number | boolean | null;

interface ColumnOf {
  readonly property: string;
  readonly column: string;
  readonly isBoolean: boolean;
}

/**
 * Runs one statement with `$1` parameters and returns its rows and how many it touched, alike on SQLite and
 * PostgreSQL.
 *
 * Rows hold what the driver gives: read whole entities by {@link readEntity}, which turns SQLite's 0 and 1 into
 * booleans.
 */
export async function sql<Row extends object>(
  manager: EntityManager,
  text: string,
  parameters: readonly Value[] = [],
): Promise<{ rows: Row[]; affected: number }> {
  const owned = manager.queryRunner === undefined;
  const runner = manager.queryRunner ?? manager.dataSource.createQueryRunner();
  try {
    const bound = isPostgres(manager) ? [...parameters] : named(parameters);
    const result = await runner.query(text, bound, true);
    const rows = result.records as Row[];
    return { rows, affected: result.affected ?? rows.length };
  } finally {
    if (owned) await runner.release();
  }
}

/** Says whether the manager speaks to PostgreSQL (else: SQLite). */
function isPostgres(manager: EntityManager): boolean {
  return manager.dataSource.options.type === "postgres";
}

/** Ends a SELECT that decides about the rows it reads: a row lock on PostgreSQL; SQLite's one writer needs none. */
export function forUpdate(manager: EntityManager): string {
  return isPostgres(manager) ? "FOR UPDATE" : "";
}

/** Lists an entity's columns for a SELECT, each under `alias.property`, to be read back by {@link readEntity}. */
export function columns<T>(entity: EntityClass<T>, alias: string): string {
  const { columns: list, selections } = shapeOf(entity);
  const selection =
    selections.get(alias) ??
    list.map(({ column, property }) => `${alias}.${column} AS "${alias}.${property}"`).join(", ");
  selections.set(alias, selection);
  return selection;
}

/** Reads an entity out of a row that {@link columns} selected; null where an outer join found none. */
export function readEntity<T extends { id: unknown }>(
  entity: EntityClass<T>,
  row: Record<string, unknown>,
  alias: string,
): T | null {
  const found: Record<string, unknown> = {};
  for (const { property, isBoolean } of shapeOf(entity).columns) {
    const value = row[`${alias}.${property}`];
    found[property] = isBoolean ? Boolean(value) : value;
  }
  return (found["id"] ?? null) === null ? null : (found as T);
}

/** The places `$1, $2, …` of a list of parameters, for an IN. */
export function places(list: readonly unknown[]): string {
  return list.map((_, index) => `$${index + 1}`).join(", ");
}

/** Inserts one row of an entity, every column given. */
export async function insert<T extends object>(
  manager: EntityManager,
  entity: EntityClass<T>,
  row: T,
): Promise<void> {
  const { text, values } = insertion(entity, row);
  await sql(manager, text, values);
}

/** Inserts one row of an entity; false where there is one already, made by another process just now, say. */
export async function insertOnce<T extends object>(
  manager: EntityManager,
  entity: EntityClass<T>,
  row: T,
): Promise<boolean> {
  const { text, values } = insertion(entity, row);
  return (await sql(manager, `${text} ON CONFLICT DO NOTHING`, values)).affected === 1;
}

function insertion<T extends object>(entity: EntityClass<T>, row: T): { text: string; values: Value[] } {
  const { table, columns: list } = shapeOf(entity);
  const names = list.map(({ column }) => column).join(", ");
  const values = list.map(({ property }) => (row as Record<string, Value>)[property] ?? null);
  return { text: `INSERT INTO ${table} (${names}) VALUES (${places(list)})`, values };
}

function named(parameters: readonly Value[]): object[] {
  if (parameters.length === 0) return [];
  return [Object.fromEntries(parameters.map((value, index) => [index + 1, bindable(value)]))];
}

function bindable(value: Value): string | number | null {
  return typeof value === "boolean" ? Number(value) : value;
}

/** An entity's table as its decorators declare it, and the texts that were made of it. */
interface Shape {
  readonly table: string;
  readonly columns: readonly ColumnOf[];
  readonly selections: Map<string, string>;
}

const shapes = new WeakMap<object, Shape>();

function shapeOf(entity: object): Shape {
  const shape = shapes.get(entity) ?? readShape(entity);
  shapes.set(entity, shape);
  return shape;
}

function readShape(entity: object): Shape {
  const storage = getMetadataArgsStorage();
  const table = storage.tables.find(({ target }) => target === entity)?.name;
  if (table === undefined) throw new Error("not an entity");
  const list = storage.columns.filter(({ target }) => target === entity);
  const columns = list.map(({ propertyName, options }) => ({
    property: propertyName,
    column: options.name ?? propertyName,
    isBoolean: options.type === "boolean",
  }));
  return { table, columns, selections: new Map() };
}

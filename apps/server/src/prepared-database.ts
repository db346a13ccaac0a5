import type { Logger as StatementLogger } from "typeorm";
import { migrations } from "./migrations/index.js";
import type { Config } from "./platform/config.js";
import { type Database, openDatabase } from "./platform/database.js";
import { preparePolicy } from "./rooms/policy/policy.repository.js";
import { entities } from "./rooms.js";

/** What a prepared database is opened with. */
export interface DatabaseParts {
  readonly config: Config;
  /** The time in epoch milliseconds; the machine's by default. */
  readonly now?: () => number;
  /** Sees every SQL statement; for tests that count them. */
  readonly statements?: StatementLogger;
}

/** Opens the database that the configuration names, with the schema of this version, and prepares its policy. */
export async function openPreparedDatabase({
  config,
  now = Date.now,
  statements,
}: DatabaseParts): Promise<Database> {
  const db = await openDatabase({ config, entities, migrations, ...(statements && { statements }) });
  await db.migrate();
  await db.transaction((manager) => preparePolicy(manager, now()));
  return db;
}

import { existsSync } from "node:fs";
import { migrations } from "../migrations/index.js";
import { type Config, readConfig } from "../platform/config.js";
import { ConfigurationError } from "../platform/config-error.js";
import type { Needs } from "../platform/context.js";
import { checkDataDirectory } from "../platform/data-directory.js";
import { openDatabase } from "../platform/database.js";
import { newId } from "../platform/id.js";
import { createLog } from "../platform/log.js";
import { createMailer } from "../platform/mailer.js";
import { createPasswordHasher } from "../platform/password-hash.js";
import { loadSecretKeys } from "../platform/secret-keys.js";
import { createVault } from "../platform/vault.js";
import { openPreparedDatabase } from "../prepared-database.js";
import type { Origin } from "../rooms/audit/record-event.js";
import { entities } from "../rooms.js";
import { CommandError } from "./command-error.js";

/** Longer than all tries to send a mail take: a command waits for its mails. */
const SETTLE_MILLISECONDS = 90_000;

/** What a command works with, and as what its run appears in the audit trail. */
export interface Run extends Needs<"config" | "db" | "now" | "hasher" | "vault" | "mailer"> {
  readonly request: Origin;
}

/**
 * Does a command's work on the database that is there, also while servers run on it, and waits for its mails.
 *
 * @throws CommandError where there is none: it is looked for in the wrong place, and an empty one would answer wrongly.
 */
export async function withDatabase(work: (run: Run) => Promise<void>): Promise<void> {
  const config = readConfig(process.env);
  refuseMissing(config);
  await doOn(config, work);
}

function refuseMissing({ database }: Config): void {
  if (database.type === "sqlite" && !existsSync(database.file))
    throw new CommandError(
      `There is no database at ${database.file}. KEYTURN_DATA_DIR says where the installation's data is; npx keyturn migrate makes a new one.`,
    );
}

/**
 * Reads the database that is there, without changing a byte of it.
 *
 * @throws CommandError where there is none, or where it waits for migrations
 */
export async function withDatabaseToRead(
  work: (run: Pick<Run, "config" | "db" | "now">) => Promise<void>,
): Promise<void> {
  const config = readConfig(process.env);
  refuseMissing(config);
  const db = await openDatabase({ config, entities, migrations, readOnly: true });
  try {
    if (await db.isBehind())
      throw new CommandError("The database waits for migrations: run npx keyturn migrate first.");
    await work({ config, db, now: Date.now });
  } finally {
    await db.close();
  }
}

/** Works as {@link withDatabase} does, and makes a database where there is none yet. */
export async function withNewDatabase(work: (run: Run) => Promise<void>): Promise<void> {
  await doOn(readConfig(process.env), work);
}

async function doOn(config: Config, work: (run: Run) => Promise<void>): Promise<void> {
  const faults = checkDataDirectory(config);
  if (faults.length > 0) throw new ConfigurationError(faults);
  const vault = createVault(loadSecretKeys(config));
  const db = await openPreparedDatabase({ config });
  const log = createLog({ ...config, destination: process.stderr });
  const mailer = createMailer({ ...config, log }, { settleMilliseconds: SETTLE_MILLISECONDS });
  const hasher = createPasswordHasher(config.argon2);
  const request = { id: newId(Date.now()), ipAddress: null, userAgent: null };
  try {
    await work({ config, db, now: Date.now, hasher, vault, mailer, request });
  } finally {
    await mailer.settle();
    await db.close();
  }
}

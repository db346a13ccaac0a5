import { existsSync } from "node:fs";
import { migrations } from "../../migrations/index.js";
import type { Config } from "../../platform/config.js";
import type { Needs } from "../../platform/context.js";
import { type Database, openDatabase } from "../../platform/database.js";
import { loadPolicy } from "../../rooms/policy/policy.repository.js";
import { entities } from "../../rooms.js";
import { messageOf } from "../fail.js";
import { type Finding, fault, ok } from "./check.js";

/** Opens the database without changing it; none where it is not there, not reachable or behind. */
export async function checkDatabase(config: Config): Promise<{ finding: Finding; db: Database | null }> {
  const { database } = config;
  const where = database.type === "sqlite" ? database.file : "PostgreSQL";
  if (database.type === "sqlite" && !existsSync(database.file))
    return { finding: fault("database", `${where} is not there yet; keyturn migrate makes it.`), db: null };
  try {
    const db = await openDatabase({ config, entities, migrations, readOnly: true });
    if (!(await db.isBehind())) return { finding: ok("database", `${where} is up to date.`), db };
    await db.close();
    return { finding: fault("database", `${where} waits for migrations: run keyturn migrate.`), db: null };
  } catch (error) {
    return { finding: fault("database", `${where} cannot be opened: ${messageOf(error)}`), db: null };
  }
}

/** Looks for the one row of the policy. */
export async function checkPolicy({ db }: Needs<"db">): Promise<Finding> {
  try {
    const { twoFactor, trialStartedOn } = await loadPolicy(db.read);
    return ok("policy", `Two-factor authentication is ${twoFactor}; the trial started on ${trialStartedOn}.`);
  } catch (error) {
    return fault("policy", `${messageOf(error)}. keyturn migrate makes the policy.`);
  }
}

import { type Config, readConfig } from "../../platform/config.js";
import { messageOf } from "../fail.js";
import { print, printJson } from "../output.js";
import { type Finding, fault, ok } from "./check.js";
import { checkClock } from "./check-clock.js";
import { checkDatabase, checkPolicy } from "./check-database.js";
import { checkKeys, checkSigningKeys } from "./check-keys.js";
import { checkDirectory, checkMail } from "./check-surroundings.js";

/** Checks what a server stands on and says what it finds, a line a check; nothing is changed. */
export async function doctor({ json }: { readonly json?: true }): Promise<void> {
  for await (const finding of findings(readConfig(process.env))) {
    const { check, state, message, details } = finding;
    if (json) await printJson({ check, state, message, ...details });
    else await print(`${state.padEnd(7)}  ${check.padEnd(14)}  ${message}\n`);
    if (state === "fault") process.exitCode = 1;
  }
}

async function* findings(config: Config): AsyncGenerator<Finding> {
  const mode = config.production ? "production" : "not production";
  yield ok("configuration", `Every variable can be used (${mode}).`);
  yield checkDirectory(config);
  yield checkMail(config);
  const { finding, db } = await checkDatabase(config);
  yield finding;
  if (db === null) return;
  const needs = { db, config, now: Date.now };
  try {
    yield await checkPolicy(needs);
    yield await orFault("keys", () => checkKeys(needs));
    yield await orFault("signing keys", () => checkSigningKeys(needs));
    yield await orFault("clock", () => checkClock(needs, config.database));
  } finally {
    await db.close();
  }
}

/** A check that cannot be made is a fault too, and keeps no other from being made. */
async function orFault(check: Finding["check"], work: () => Promise<Finding>): Promise<Finding> {
  try {
    return await work();
  } catch (error) {
    return fault(check, messageOf(error));
  }
}

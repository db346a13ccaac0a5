import { ConfigurationError } from "../platform/config-error.js";
import { BadInput, Refusal } from "../platform/problem.js";
import { words } from "../platform/words/index.js";
import { CommandError } from "./command-error.js";

/** The exit status of a configuration that cannot be used (sysexits.h, EX_CONFIG). */
const EX_CONFIG = 78;

/** Does the work of a command; what stops it is said in words on standard error, and ends the process. */
export async function orFail(work: () => Promise<unknown>): Promise<void> {
  // Whatever is made from here on, the database's files and mails among it, is its owner's alone.
  process.umask(0o077);
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exit(error instanceof ConfigurationError ? EX_CONFIG : 1);
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof CommandError) return error.message;
  const { input, refusals, outcomeUnknown } = words("en");
  if (error instanceof BadInput) return input({ path: error.path.join("."), rule: error.rule });
  if (error instanceof Refusal && error.code === "UNAVAILABLE")
    return error.details["retryAfterSeconds"] === null ? outcomeUnknown : refusals.UNAVAILABLE;
  return `Keyturn stopped: ${messageOf(error)}`;
}

/** Says what an error says; that of a connection may say nothing but its code. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || String((error as NodeJS.ErrnoException).code ?? error.name);
}

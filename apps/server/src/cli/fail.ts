import { ConfigurationError } from "../platform/config-error.js";

/** The exit status of a configuration that cannot be used (sysexits.h, EX_CONFIG). */
const EX_CONFIG = 78;

/** Does the work of a command; what stops it is said in words on standard error, and ends the process. */
export async function orFail(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isConfiguration = error instanceof ConfigurationError;
    process.stderr.write(`${isConfiguration ? error.message : `Keyturn stopped: ${messageOf(error)}`}\n`);
    process.exit(isConfiguration ? EX_CONFIG : 1);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

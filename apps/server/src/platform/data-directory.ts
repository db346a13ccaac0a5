import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import type { Config } from "./config.js";
import type { ConfigurationFault } from "./config-error.js";

const name = "KEYTURN_DATA_DIR";

/**
 * Makes the data directory where it is missing, for its owner alone, and lists what is wrong with it.
 *
 * In production a directory that the group or others can write is a fault: whoever can replace its files can
 * replace accounts.
 */
export function checkDataDirectory(
  config: Pick<Config, "dataDirectory" | "production">,
): ConfigurationFault[] {
  try {
    mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 });
    accessSync(config.dataDirectory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return [{ name, expected: "a directory that the server can make, read and write" }];
  }
  return config.production && isWritableByOthers(config.dataDirectory)
    ? [{ name, expected: "a directory that nobody but its owner can write, in production (chmod go-w)" }]
    : [];
}

function isWritableByOthers(directory: string): boolean {
  // Windows has no such bits: Node shows every directory as writable there.
  return process.platform !== "win32" && (statSync(directory).mode & 0o022) !== 0;
}

import { accessSync, constants, existsSync, mkdirSync, readdirSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Config } from "./config.js";
import type { ConfigurationFault } from "./config-error.js";

const name = "KEYTURN_DATA_DIR";

/**
 * Makes the data directory where it is missing, for its owner alone, and lists what is wrong with it.
 *
 * In production a directory that the group or others can write is a fault: whoever can replace its files can
 * replace accounts. So is a file of it, or of an SQLite database elsewhere, that others of the machine can read.
 */
export function checkDataDirectory(
  config: Pick<Config, "dataDirectory" | "production" | "database">,
): ConfigurationFault[] {
  try {
    makeDirectory(config.dataDirectory);
    accessSync(config.dataDirectory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    const expected = `a directory that the server can make, read and write: check who owns ${config.dataDirectory}`;
    return [{ name, expected }];
  }
  // Windows has no such bits: Node shows every file as readable there.
  if (!config.production || process.platform === "win32") return [];
  if ((statSync(config.dataDirectory).mode & 0o022) !== 0)
    return [
      { name, expected: "a directory that nobody but its owner can write, in production (chmod go-w)" },
    ];
  return openFiles(config);
}

/** With its parents. Node's own `recursive` goes on for ever where one exists and takes no directories, as in /proc. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  if (!existsSync(dirname(path))) makeDirectory(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function openFiles({
  dataDirectory,
  database,
}: Pick<Config, "dataDirectory" | "database">): ConfigurationFault[] {
  const faults = readableByOthers(dataDirectory, () => true).map((file) => faultOf(name, file));
  if (database.type !== "sqlite" || dirname(database.file) === dataDirectory) return faults;
  // Beside the file SQLite keeps two more, whose names begin like it.
  const isPart = (entry: string): boolean => entry.startsWith(basename(database.file));
  const parts = readableByOthers(dirname(database.file), isPart);
  return [...faults, ...parts.map((file) => faultOf("KEYTURN_DATABASE_URL", file))];
}

function faultOf(variable: string, file: string): ConfigurationFault {
  return {
    name: variable,
    expected: `files that nobody but their owner can read, in production (chmod go-rwx ${file})`,
  };
}

/** The group and others can read or write a file only where they may enter its directory. */
function readableByOthers(directory: string, isMeant: (entry: string) => boolean): string[] {
  const around = statOf(directory);
  if (around === undefined) return [];
  const open = ((around.mode & 0o010) === 0 ? 0 : 0o060) | ((around.mode & 0o001) === 0 ? 0 : 0o006);
  return readdirSync(directory)
    .filter(isMeant)
    .map((entry) => join(directory, entry))
    .filter((file) => ((statOf(file)?.mode ?? 0) & open) !== 0);
}

/** Undefined for what is gone meanwhile, as SQLite's own files can be. */
function statOf(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false });
}

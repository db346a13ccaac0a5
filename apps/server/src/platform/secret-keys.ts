import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./config.js";
import { ConfigurationError } from "./config-error.js";
import { formatSecretKeys, parseSecretKeys, SECRET_KEY_BYTES, type SecretKey } from "./secret-key.js";

/**
 * Answers the configured keys, or else those of the file `secret-keys` in the data directory, made where missing.
 *
 * Of several processes that start at once all get the same key. Production never gets one that was made here.
 *
 * @throws ConfigurationError where there is no key to be had.
 */
export function loadSecretKeys(
  config: Pick<Config, "production" | "secretKeys" | "dataDirectory">,
): readonly SecretKey[] {
  if (config.secretKeys !== null) return config.secretKeys;
  if (config.production) throw missing("keys, in production: id:base64(32 bytes)");
  const file = fileOf(config);
  const keys = parseSecretKeys(readOrMake(file).trim());
  if (keys === null) throw missing(`id:base64(32 bytes),… in the file ${file}, which holds something else`);
  return keys;
}

/** Answers the same keys, and makes none: null where the first start is still to make one. */
export function findSecretKeys(config: Parameters<typeof loadSecretKeys>[0]): readonly SecretKey[] | null {
  const isThere = config.secretKeys !== null || existsSync(fileOf(config));
  return isThere ? loadSecretKeys(config) : null;
}

function fileOf({ dataDirectory }: Pick<Config, "dataDirectory">): string {
  return join(dataDirectory, "secret-keys");
}

function readOrMake(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw missing(`a readable file ${file}`, error);
    make(file);
    return readFileSync(file, "utf8");
  }
}

/** Writes the whole file under another name first: a link to it appears at once, or not at all. */
function make(file: string): void {
  const key = { id: `k${randomBytes(4).toString("hex")}`, key: randomBytes(SECRET_KEY_BYTES) };
  const draft = `${file}.${key.id}`;
  writeFileSync(draft, `${formatSecretKeys([key])}\n`, { flag: "wx", mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(draft);
  }
}

function missing(expected: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError([{ name: "KEYTURN_SECRET_KEYS", expected }], { cause });
}

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}

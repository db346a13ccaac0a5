import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * Holds the most common passwords of eight characters and more, in lower case.
 *
 * Import it only when a password is set: reading takes some 40 ms. The file is read instead of the package's
 * module, which would keep all its lists in memory for good (20 MiB instead of 2).
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  readList().filter((password) => password.length >= 8),
);

function readList(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return JSON.parse(
    readFileSync(resolve("@zxcvbn-ts/language-common/src/passwords.json"), "utf8"),
  ) as string[];
}

import { ConfigurationError } from "./config-error.js";
import { codeOf } from "./outage.js";

const EXPECTED: readonly (readonly [code: RegExp, expected: (file: string) => string])[] = [
  [
    /^SQLITE_NOTADB/,
    (file) => `an SQLite database, which ${file} is not: name another file, or put the right one back`,
  ],
  [/^SQLITE_CORRUPT/, (file) => `a whole SQLite database, but ${file} is malformed: put a backup back`],
  [
    /^SQLITE_(CANTOPEN|READONLY|PERM)/,
    (file) => `a file that the server can read and write, with its directory: check who owns ${file}`,
  ],
];

/** Runs what opens an SQLite file, and tells by the file's name why it cannot be used, and what to do. */
export async function namingFile<T>(file: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    const code = codeOf(error);
    const expected = EXPECTED.find(([pattern]) => pattern.test(code))?.[1](file);
    throw expected === undefined
      ? error
      : new ConfigurationError([{ name: "KEYTURN_DATABASE_URL", expected }]);
  }
}

import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkDataDirectory } from "./data-directory.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "keyturn-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function faultsOf(dataDirectory: string, production: boolean): string[] {
  const database = { type: "sqlite", file: join(root, "elsewhere", "id.sqlite") } as const;
  return checkDataDirectory({ dataDirectory, production, database }).map(({ name }) => name);
}

it("makes a missing data directory, for its owner alone", () => {
  const directory = join(root, "deep", "data");
  expect(faultsOf(directory, true)).toEqual([]);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

it("refuses a data directory that is a file", () => {
  const file = join(root, "data");
  writeFileSync(file, "");
  expect(faultsOf(file, false)).toEqual(["KEYTURN_DATA_DIR"]);
});

it.each([0o770, 0o720, 0o702, 0o777])("refuses mode %o in production, and only there", (mode) => {
  chmodSync(root, mode);
  expect(faultsOf(root, true)).toEqual(["KEYTURN_DATA_DIR"]);
  expect(faultsOf(root, false)).toEqual([]);
});

it("lets others read a data directory, but not write it", () => {
  chmodSync(root, 0o755);
  expect(faultsOf(root, true)).toEqual([]);
});

it.each([0o644, 0o640, 0o604, 0o660, 0o666])(
  "refuses files of mode %o that others reach in production, and only there, each by name",
  (mode) => {
    chmodSync(root, 0o755);
    for (const file of ["keyturn.sqlite", "keyturn.sqlite-wal", "secret-keys"]) {
      writeFileSync(join(root, file), "");
      chmodSync(join(root, file), mode);
    }
    expect(faultsOf(root, true)).toEqual(["KEYTURN_DATA_DIR", "KEYTURN_DATA_DIR", "KEYTURN_DATA_DIR"]);
    expect(faultsOf(root, false)).toEqual([]);
    // What nobody else may enter hides its files.
    chmodSync(root, 0o700);
    expect(faultsOf(root, true)).toEqual([]);
  },
);

it("refuses an SQLite database elsewhere that others reach, and lets its neighbours be", () => {
  const elsewhere = join(root, "elsewhere");
  mkdirSync(elsewhere);
  chmodSync(elsewhere, 0o755);
  writeFileSync(join(elsewhere, "readme"), "", { mode: 0o644 });
  writeFileSync(join(elsewhere, "id.sqlite"), "", { mode: 0o600 });
  expect(faultsOf(join(root, "data"), true)).toEqual([]);
  writeFileSync(join(elsewhere, "id.sqlite-wal"), "", { mode: 0o644 });
  expect(faultsOf(join(root, "data"), true)).toEqual(["KEYTURN_DATABASE_URL"]);
});

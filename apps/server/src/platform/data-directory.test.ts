import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
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
  return checkDataDirectory({ dataDirectory, production }).map(({ name }) => name);
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

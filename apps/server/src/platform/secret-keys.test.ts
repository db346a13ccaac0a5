import { linkSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConfigurationError } from "./config-error.js";
import { formatSecretKeys } from "./secret-key.js";
import { loadSecretKeys } from "./secret-keys.js";

vi.mock(import("node:fs"), async (original) => {
  const fs = await original();
  return { ...fs, linkSync: vi.fn(fs.linkSync) };
});
const realFs = await vi.importActual<typeof import("node:fs")>("node:fs");

let dataDirectory: string;
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), "keyturn-"));
});
afterEach(() => rmSync(dataDirectory, { recursive: true }));

const configured = { id: "a", key: Buffer.alloc(32, 7) };

describe("loadSecretKeys", () => {
  it("answers the configured keys and makes no file", () => {
    expect(loadSecretKeys({ production: true, secretKeys: [configured], dataDirectory })).toEqual([
      configured,
    ]);
    expect(readdirSync(dataDirectory)).toEqual([]);
  });

  it("makes one key of 32 bytes, in a file for its owner alone, and finds it again", () => {
    const [key, ...others] = loadSecretKeys({ production: false, secretKeys: null, dataDirectory });
    expect([key?.key.length, others.length]).toEqual([32, 0]);
    expect(readdirSync(dataDirectory)).toEqual(["secret-keys"]);
    expect(statSync(join(dataDirectory, "secret-keys")).mode & 0o777).toBe(0o600);
    expect(loadSecretKeys({ production: false, secretKeys: null, dataDirectory })).toEqual([key]);
  });

  it("keeps the key of whoever was first, when another process makes one at the same moment", () => {
    vi.mocked(linkSync).mockImplementationOnce((from, to) => {
      writeFileSync(to, formatSecretKeys([configured]));
      realFs.linkSync(from, to);
    });
    expect(loadSecretKeys({ production: false, secretKeys: null, dataDirectory })).toEqual([configured]);
    expect(readdirSync(dataDirectory)).toEqual(["secret-keys"]);
  });

  it("makes no key in production", () => {
    expect(() => loadSecretKeys({ production: true, secretKeys: null, dataDirectory })).toThrow(
      ConfigurationError,
    );
    expect(readdirSync(dataDirectory)).toEqual([]);
  });

  it("refuses a file that holds something else, and leaves it as it is", () => {
    writeFileSync(join(dataDirectory, "secret-keys"), "not keys");
    const load = () => loadSecretKeys({ production: false, secretKeys: null, dataDirectory });
    expect(load).toThrow(/KEYTURN_SECRET_KEYS/);
    expect(load).not.toThrow(/not keys/);
  });
});

import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { formatSecretKeys, parseSecretKeys } from "./secret-key.js";

it("reads back every list of keys that it writes", () => {
  const key = fc.record({
    id: fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/),
    key: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
  });
  const lists = fc.uniqueArray(key, { minLength: 1, maxLength: 4, selector: ({ id }) => id });
  fc.assert(
    fc.property(lists, (keys) => {
      expect(parseSecretKeys(formatSecretKeys(keys))).toEqual(keys);
    }),
  );
});

it("refuses keys of another length than 32 bytes", () => {
  for (const length of [0, 16, 31, 33, 64]) {
    expect(parseSecretKeys(`a:${randomBytes(length).toString("base64")}`)).toBeNull();
  }
});

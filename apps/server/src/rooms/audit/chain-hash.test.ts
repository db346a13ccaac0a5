import { expect, it } from "vitest";
import { chainHash, GENESIS, type PlacedEvent } from "./chain-hash.js";

const EVENT: PlacedEvent = {
  ...{ id: "018cc251-f400-7000-8000-000000000001", at: 1_800_000_000_000, action: "login.failed" },
  ...{ level: "NOTICE", result: "FAILED", actorId: null, actorLoginName: null, subjectId: null },
  ...{ subjectLoginName: 'Nobody é \u2028 "x"', credential: null, ipAddress: "192.0.2.1", userAgent: null },
  ...{ requestId: "018cc251-f400-7000-8000-000000000002", details: '{"at":"PASSWORD"}', sequence: 1 },
};

it("hashes as it did when the first chain was made, and as another program computed it", () => {
  expect(chainHash(GENESIS, EVENT)).toBe("FYpCCTyOCCNTfNya67KXD4fOf7XNEUglJbhKsspkDuQ");
});

it("hashes every column of an event, but its own hash", () => {
  const hash = chainHash(GENESIS, EVENT);
  for (const column of Object.keys(EVENT))
    expect([column, chainHash(GENESIS, { ...EVENT, [column]: "other" })]).not.toEqual([column, hash]);
  expect(chainHash(GENESIS, { ...EVENT, hash: "other" } as PlacedEvent)).toBe(hash);
});

it("hashes what stands before", () => {
  expect(chainHash(chainHash(GENESIS, EVENT), EVENT)).not.toBe(chainHash(GENESIS, EVENT));
});

it("does not hear of a column that is empty, so that one can be added", () => {
  expect(chainHash(GENESIS, { ...EVENT, added: null } as PlacedEvent)).toBe(chainHash(GENESIS, EVENT));
});

import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestRecoveryCode, drawRecoveryCodes, normalizeRecoveryCode } from "./recovery-codes.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const codes = fc
  .string({ unit: fc.constantFrom(...ALPHABET), minLength: 16, maxLength: 16 })
  .map((text) => text.replace(/(.{4})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4"));

describe("drawRecoveryCodes", () => {
  it("draws ten codes unless told otherwise", () => {
    expect(drawRecoveryCodes()).toHaveLength(10);
    expect(drawRecoveryCodes(3)).toHaveLength(3);
    expect(drawRecoveryCodes(0)).toEqual([]);
  });

  it("shows four groups of four of Crockford's characters", () => {
    const group = "[0-9A-HJKMNP-TV-Z]{4}";
    for (const code of drawRecoveryCodes(200)) {
      expect(code).toMatch(new RegExp(`^${group}-${group}-${group}-${group}$`));
    }
  });

  it("never draws the same code twice", () => {
    expect(new Set(drawRecoveryCodes(10_000)).size).toBe(10_000);
  });

  it("draws the 32 characters in every place equally often", () => {
    const drawn = drawRecoveryCodes(32_000).map((code) => code.replaceAll("-", ""));
    for (let place = 0; place < 16; place++) {
      const counts = countBy(drawn.map((code) => code.charAt(place)));
      expect([...counts.keys()].sort().join("")).toBe(ALPHABET);
      // 1,000 expected, with a deviation of 31: eight of them do not happen by chance.
      expect(Math.min(...counts.values())).toBeGreaterThan(750);
      expect(Math.max(...counts.values())).toBeLessThan(1250);
    }
  });
});

describe("normalizeRecoveryCode", () => {
  it("answers a drawn code unchanged", () => {
    for (const code of drawRecoveryCodes(100)) expect(normalizeRecoveryCode(code)).toBe(code);
  });

  it("reads any code in lower case, without dashes and with O, I and L for 0 and 1", () => {
    fc.assert(
      fc.property(codes, fc.constantFrom("I", "i", "L", "l"), (code, one) => {
        const typed = code.toLowerCase().replaceAll("-", "").replaceAll("0", "o").replaceAll("1", one);
        expect(normalizeRecoveryCode(typed)).toBe(code);
      }),
    );
  });

  it.each([
    ["spaces for dashes", "ABCD EFGH JKMN PQRS"],
    ["spaces around dashes", " ABCD - EFGH - JKMN - PQRS "],
    ["the dashes of a word processor", "ABCD\u2013EFGH\u2014JKMN\u2011PQRS"],
    ["no-break spaces", "ABCD\u00A0EFGH\u00A0JKMN\u00A0PQRS"],
    ["a line break", "ABCD-EFGH\r\nJKMN-PQRS\n"],
    ["groups of another size", "AB-CDEFGHJKMNPQRS"],
  ])("reads a code with %s", (_, text) => {
    expect(normalizeRecoveryCode(text)).toBe("ABCD-EFGH-JKMN-PQRS");
  });

  it.each([
    ["nothing", ""],
    ["dashes alone", "----"],
    ["15 characters", "ABCD-EFGH-JKMN-PQR"],
    ["17 characters", "ABCD-EFGH-JKMN-PQRST"],
    ["a U, which stands for nothing", "ABCD-EFGH-JKMN-PQRU"],
    ["other punctuation", "ABCD_EFGH_JKMN_PQRS"],
    ["letters that only fold to ASCII", "ABCD-EFGH-JKMN-PQR\u017F"],
    ["full-width letters", "\uFF21BCD-EFGH-JKMN-PQRS"],
    ["a verification code", "123456"],
  ])("refuses %s", (_, text) => {
    expect(normalizeRecoveryCode(text)).toBeNull();
  });

  it.each([[null], [undefined], [1234567890123456], [["ABCD-EFGH-JKMN-PQRS"]], [{}]])(
    "refuses %j, which is no string",
    (value) => {
      expect(normalizeRecoveryCode(value as unknown as string)).toBeNull();
    },
  );
});

describe("digestRecoveryCode", () => {
  it("keeps its value from release to release", () => {
    const text = '["keyturn/recovery-code","account-1","ABCD-EFGH-JKMN-PQRS"]';
    const expected = createHash("sha256").update(text).digest("base64url");
    expect(digestRecoveryCode("ABCD-EFGH-JKMN-PQRS", "account-1")).toBe(expected);
    expect(expected).toBe("aqXcmlyubjAOEt4CM3FUSDkzPsfttGFLxAIlkrZtPT4");
  });

  it("is 43 characters of base64url without the code in them", () => {
    for (const code of drawRecoveryCodes(100)) {
      expect(digestRecoveryCode(code, "account-1")).toMatch(/^[A-Za-z0-9_-]{43}$/);
    }
  });

  it("differs between accounts and between codes", () => {
    const digests = [
      digestRecoveryCode("ABCD-EFGH-JKMN-PQRS", "account-1"),
      digestRecoveryCode("ABCD-EFGH-JKMN-PQRS", "account-2"),
      digestRecoveryCode("ABCD-EFGH-JKMN-PQRT", "account-1"),
    ];
    expect(new Set(digests).size).toBe(3);
  });

  it("differs from the digest of the code alone", () => {
    const plain = createHash("sha256").update("ABCD-EFGH-JKMN-PQRS").digest("base64url");
    expect(digestRecoveryCode("ABCD-EFGH-JKMN-PQRS", "")).not.toBe(plain);
  });

  it("lets no part run into the other", () => {
    const digests = [
      digestRecoveryCode("b", "a\0"),
      digestRecoveryCode("\0b", "a"),
      digestRecoveryCode('b","c', "a"),
      digestRecoveryCode("c", 'a","b'),
      digestRecoveryCode("ab", ""),
      digestRecoveryCode("", "ab"),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  it("finds a drawn code again from what its owner types", () => {
    const [code = ""] = drawRecoveryCodes(1);
    const typed = normalizeRecoveryCode(code.toLowerCase().replaceAll("-", " ")) ?? "";
    expect(digestRecoveryCode(typed, "account-1")).toBe(digestRecoveryCode(code, "account-1"));
  });
});

function countBy(characters: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}

import fc from "fast-check";
import { Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { parseSecret, type TotpSecret } from "./secret.js";
import { normalizeCode, verifyTotp } from "./totp.js";

// The ASCII text "12345678901234567890", the key of both RFCs.
const RFC_SECRET = parseSecret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") as TotpSecret;
const RFC_4226_CODES = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489".split(" ");
const NOW_STEP = 50_000_000;
const NOW = NOW_STEP * 30_000 + 12_345;

const secrets = fc
  .uint8Array({ minLength: 16, maxLength: 64 })
  .map((bytes) => parseSecret(new Secret({ buffer: new Uint8Array(bytes).buffer }).base32) as TotpSecret);
// From 1970 to beyond the year 2100.
const moments = fc.integer({ min: 0, max: 2 ** 42 });

describe("verifyTotp", () => {
  it.each(RFC_4226_CODES)("accepts the code of count %# of RFC 4226, appendix D: %s", (code) => {
    const count = RFC_4226_CODES.indexOf(code);
    const match = verifyTotp(RFC_SECRET, code, { at: count * 30_000, lastUsedStep: null });
    expect(match).toEqual({ step: count });
  });

  it.each([
    { seconds: 59, code: "94287082", step: 0x1 },
    { seconds: 1_111_111_109, code: "07081804", step: 0x23523ec },
    { seconds: 1_111_111_111, code: "14050471", step: 0x23523ed },
    { seconds: 1_234_567_890, code: "89005924", step: 0x273ef07 },
    { seconds: 2_000_000_000, code: "69279037", step: 0x3f940aa },
    { seconds: 20_000_000_000, code: "65353130", step: 0x27bc86aa },
  ])("accepts the last six of $code at $seconds s, as RFC 6238, appendix B, says", (vector) => {
    const at = vector.seconds * 1000;
    const match = verifyTotp(RFC_SECRET, vector.code.slice(2), { at, lastUsedStep: null });
    expect(match).toEqual({ step: vector.step });
  });

  it("agrees with a second calculator about every step in and around the window", () => {
    fc.assert(
      fc.property(secrets, moments, fc.integer({ min: -4, max: 4 }), (secret, at, offset) => {
        const code = codeOf(secret, Math.max(0, Math.floor(at / 30_000) + offset));
        const step = latestStepByOtpauth(secret, code, at);
        const match = verifyTotp(secret, code, { at, lastUsedStep: null });
        expect(match).toEqual(step === undefined ? null : { step });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [-2, null],
    [-1, { step: NOW_STEP - 1 }],
    [0, { step: NOW_STEP }],
    [1, { step: NOW_STEP + 1 }],
    [2, null],
  ])("answers a code %i steps away with %j", (offset, expected) => {
    const code = codeOf(RFC_SECRET, NOW_STEP + offset);
    expect(verifyTotp(RFC_SECRET, code, { at: NOW, lastUsedStep: null })).toEqual(expected);
  });

  it("opens and closes the window at the very millisecond", () => {
    const code = codeOf(RFC_SECRET, NOW_STEP);
    const opens = (NOW_STEP - 1) * 30_000;
    const closes = (NOW_STEP + 2) * 30_000;
    const accepted = [opens - 1, opens, closes - 1, closes].map(
      (at) => verifyTotp(RFC_SECRET, code, { at, lastUsedStep: null }) !== null,
    );
    expect(accepted).toEqual([false, true, true, false]);
  });

  it("refuses the step used last and every earlier one, and accepts the next", () => {
    const accepted = [-1, 0, 1].map((offset) => {
      const code = codeOf(RFC_SECRET, NOW_STEP + offset);
      return verifyTotp(RFC_SECRET, code, { at: NOW, lastUsedStep: NOW_STEP });
    });
    expect(accepted).toEqual([null, null, { step: NOW_STEP + 1 }]);
  });

  it("accepts every code at most once as lastUsedStep advances, whatever the clock does", () => {
    const attempt = fc.record({
      at: fc.integer({ min: NOW, max: NOW + 20 * 30_000 }),
      offset: fc.integer({ min: -2, max: 2 }),
    });
    fc.assert(
      fc.property(secrets, fc.array(attempt, { maxLength: 30 }), (secret, attempts) => {
        let lastUsedStep: number | null = null;
        for (const { at, offset } of attempts) {
          const code = codeOf(secret, Math.floor(at / 30_000) + offset);
          const match = verifyTotp(secret, code, { at, lastUsedStep });
          if (match === null) continue;
          expect(match.step).toBeGreaterThan(lastUsedStep ?? -1);
          lastUsedStep = match.step;
          expect(verifyTotp(secret, code, { at, lastUsedStep })).toBeNull();
        }
      }),
      { numRuns: 100 },
    );
  });

  it("gives no code a second life when the clock is set back", () => {
    const setBack = fc.integer({ min: 0, max: NOW });
    const offsets = fc.integer({ min: -1, max: 1 });
    fc.assert(
      fc.property(setBack, offsets, (back, offset) => {
        const at = NOW - back;
        const code = codeOf(RFC_SECRET, Math.max(0, Math.floor(at / 30_000) + offset));
        const match = verifyTotp(RFC_SECRET, code, { at, lastUsedStep: NOW_STEP + 1 });
        expect(match).toBeNull();
      }),
    );
  });

  it.each([
    { pair: "neighbours", code: "070562", first: 50_424_280, second: 50_424_281 },
    { pair: "the ends of the window", code: "407517", first: 50_897_033, second: 50_897_035 },
  ])("spends digits that two steps share for both: $pair", ({ code, first, second }) => {
    expect([codeOf(RFC_SECRET, first), codeOf(RFC_SECRET, second)]).toEqual([code, code]);
    const at = (first + 1) * 30_000;
    const match = verifyTotp(RFC_SECRET, code, { at, lastUsedStep: null });
    expect(match).toEqual({ step: second });
  });

  it("accepts the code of a later step even where the used step had the same one", () => {
    const used = { at: 50_424_281 * 30_000, lastUsedStep: 50_424_280 };
    expect(verifyTotp(RFC_SECRET, "070562", used)).toEqual({ step: 50_424_281 });
  });

  it("refuses 10,000 random wrong codes", () => {
    const right = [-1, 0, 1].map((offset) => codeOf(RFC_SECRET, NOW_STEP + offset));
    const accepted = Array.from({ length: 10_000 }, randomCode)
      .filter((code) => !right.includes(code))
      .filter((code) => verifyTotp(RFC_SECRET, code, { at: NOW, lastUsedStep: null }));
    expect(accepted).toEqual([]);
  });

  it("refuses another secret's code", () => {
    const other = parseSecret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP") as TotpSecret;
    const code = codeOf(other, NOW_STEP);
    expect(verifyTotp(RFC_SECRET, code, { at: NOW, lastUsedStep: null })).toBeNull();
  });

  it("keeps leading zeros, and accepts the code with the spaces people type", () => {
    const options = { at: 50_424_281 * 30_000, lastUsedStep: null };
    expect(verifyTotp(RFC_SECRET, "070 562", options)).not.toBeNull();
    expect(verifyTotp(RFC_SECRET, "70562", options)).toBeNull();
  });

  it.each([["12345"], ["1234567"], ["abcdef"], [""], [null], [755224], [["755224"]]])(
    "refuses %j without a throw",
    (code) => {
      const options = { at: 0, lastUsedStep: null };
      expect(verifyTotp(RFC_SECRET, code as string, options)).toBeNull();
    },
  );

  it.each([[undefined], [Number.NaN]])("refuses when lastUsedStep is forgotten as %s", (value) => {
    const code = codeOf(RFC_SECRET, NOW_STEP);
    const lastUsedStep = value as unknown as number | null;
    expect(verifyTotp(RFC_SECRET, code, { at: NOW, lastUsedStep })).toBeNull();
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [-1]])("throws when `at` is %s", (at) => {
    const verify = (): unknown => verifyTotp(RFC_SECRET, "12345", { at, lastUsedStep: 1 });
    expect(verify).toThrow(RangeError);
  });
});

describe("normalizeCode", () => {
  it.each([
    ["an ASCII space", "123 456"],
    ["spaces around", " 123456 "],
    ["no-break spaces", "123\u00A0456\u202F"],
    ["an ideographic space", "123\u3000456"],
  ])("drops %s", (_, code) => {
    expect(normalizeCode(code)).toBe("123456");
  });

  it("answers any six digits unchanged", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{6}$/), (code) => {
        expect(normalizeCode(code)).toBe(code);
      }),
    );
  });

  it("answers null or six of the digits it was given, in their order", () => {
    const texts = fc.string({ unit: fc.constantFrom(..."0189 \u3000\n-a\u0661"), maxLength: 9 });
    fc.assert(
      fc.property(texts, (text) => {
        const spaceless = text.replaceAll(" ", "").replaceAll("\u3000", "");
        const plain = spaceless.length === 6 && [...spaceless].every((c) => "0189".includes(c));
        expect(normalizeCode(text)).toBe(plain ? spaceless : null);
      }),
    );
  });

  it.each([
    ["no characters", ""],
    ["spaces alone", "      "],
    ["five digits", "12345"],
    ["seven digits", "1234567"],
    ["letters", "12345a"],
    ["Arabic-Indic digits", "\u0661\u0662\u0663\u0664\u0665\u0666"],
    ["full-width digits", "\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16"],
    ["mathematical digits", "\u{1D7CE}\u{1D7CF}\u{1D7D0}"],
    ["a sign", "+12345"],
    ["a decimal point", "1234.5"],
    ["an exponent", "1e0005"],
    ["a dash between groups", "123-456"],
    ["a line break at the end", "123456\n"],
    ["a zero byte", "123456\0"],
  ])("refuses %s", (_, code) => {
    expect(normalizeCode(code)).toBeNull();
  });

  it.each([[null], [undefined], [123456], [["123456"]], [[1, 2, 3, 4, 5, 6]], [{}], [true]])(
    "refuses %j, which is no string",
    (value) => {
      expect(normalizeCode(value as unknown as string)).toBeNull();
    },
  );
});

function codeOf(secret: TotpSecret, step: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: step * 30_000 });
}

function latestStepByOtpauth(secret: TotpSecret, code: string, at: number): number | undefined {
  const current = Math.floor(at / 30_000);
  const steps = [current + 1, current, current - 1].filter((step) => step >= 0);
  return steps.find((step) => codeOf(secret, step) === code);
}

function randomCode(): string {
  return String(Math.floor(Math.random() * 1_000_000)).padStart(6, "0");
}

import fc from "fast-check";
import { Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { clockSkewSeconds } from "./clock-skew.js";
import { parseSecret, type TotpSecret } from "./secret.js";
import { verifyTotp } from "./totp.js";

const SECRET = parseSecret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") as TotpSecret;
const STEP = 50_000_000;
const NOW = STEP * 30_000 + 12_345;

describe("clockSkewSeconds", () => {
  it.each([
    [-20, -600],
    [-3, -90],
    [-2, -60],
    [2, 60],
    [3, 90],
    [20, 600],
  ])("answers a code of %i steps away with %i seconds", (offset, seconds) => {
    expect(clockSkewSeconds(SECRET, codeAt(STEP + offset), { at: NOW })).toBe(seconds);
  });

  it.each([-1, 0, 1])("answers null for a code of the window, %i steps away", (offset) => {
    expect(clockSkewSeconds(SECRET, codeAt(STEP + offset), { at: NOW })).toBeNull();
  });

  it.each([-21, 21])("answers null for a code too far off, %i steps away", (offset) => {
    expect(clockSkewSeconds(SECRET, codeAt(STEP + offset), { at: NOW })).toBeNull();
  });

  it("searches as far as it is told, and no farther", () => {
    const skews = [39, 40, 41].map((offset) =>
      clockSkewSeconds(SECRET, codeAt(STEP + offset), { at: NOW, searchSteps: 40 }),
    );
    expect(skews).toEqual([39 * 30, 40 * 30, null]);
    expect(clockSkewSeconds(SECRET, codeAt(STEP + 4), { at: NOW, searchSteps: 3 })).toBeNull();
  });

  it("is within a step of the truth, for any skew that it finds", () => {
    const skews = fc.integer({ min: -600_000, max: 600_000 });
    const moments = fc.integer({ min: NOW, max: NOW + 3_600_000 });
    fc.assert(
      fc.property(moments, skews, (at, skew) => {
        const found = clockSkewSeconds(SECRET, codeAt(Math.floor((at + skew) / 30_000)), { at });
        if (found !== null) expect(Math.abs(found - skew / 1000)).toBeLessThan(30);
        else expect(Math.abs(skew)).toBeLessThan(60_000);
      }),
      // A fixed seed: a nearer step shares the code once in 25,000 draws.
      { seed: 6238 },
    );
  });

  it("speaks only of codes that verification refuses", () => {
    fc.assert(
      fc.property(fc.integer({ min: -25, max: 25 }), (offset) => {
        const code = codeAt(STEP + offset);
        const accepted = verifyTotp(SECRET, code, { at: NOW, lastUsedStep: null }) !== null;
        const hinted = clockSkewSeconds(SECRET, code, { at: NOW }) !== null;
        expect(accepted && hinted).toBe(false);
      }),
    );
  });

  it("prefers the nearest of several matching steps", () => {
    // The steps 50,897,033 and 50,897,035 share this code.
    const at = 50_897_032 * 30_000;
    expect(clockSkewSeconds(SECRET, "407517", { at })).toBeNull();
    expect(clockSkewSeconds(SECRET, "407517", { at: at - 30_000 })).toBe(60);
    expect(clockSkewSeconds(SECRET, "407517", { at: at + 150_000 })).toBe(-60);
  });

  it("answers null for a code that matches nothing nearby", () => {
    const nearby = Array.from({ length: 41 }, (_, index) => codeAt(STEP - 20 + index));
    const code = ["000000", "111111"].find((candidate) => !nearby.includes(candidate)) ?? "";
    expect(clockSkewSeconds(SECRET, code, { at: NOW })).toBeNull();
  });

  it("reads a code with the spaces people type, as verification does", () => {
    const code = codeAt(STEP + 5).replace(/^.../, "$& ");
    expect(clockSkewSeconds(SECRET, code, { at: NOW })).toBe(150);
  });

  it("searches from 1970 on when the clock stands near it", () => {
    expect(clockSkewSeconds(SECRET, codeAt(5), { at: 0 })).toBe(150);
  });

  it.each([["12345"], ["abcdef"], [null], [123456], [["123456"]]])("answers null for %j", (code) => {
    expect(clockSkewSeconds(SECRET, code as string, { at: NOW })).toBeNull();
  });

  it("throws when `at` is no moment", () => {
    expect(() => clockSkewSeconds(SECRET, "123456", { at: Number.NaN })).toThrow(RangeError);
  });
});

function codeAt(step: number): string {
  return new TOTP({ secret: Secret.fromBase32(SECRET) }).generate({ timestamp: step * 30_000 });
}

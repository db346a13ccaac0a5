import { describe, expect, it } from "vitest";
import { drawToken, hashToken, readToken, type TokenPrefix } from "./bearer-token.js";

const prefixes: TokenPrefix[] = ["kt_", "kts_", "kto_", "ktc_", "ktm_"];

describe("a bearer", () => {
  it.each(prefixes)("with %s is read as what it was drawn as", (prefix) => {
    for (let round = 0; round < 200; round += 1) {
      const { plain, hash } = drawToken(prefix);
      expect(plain).toMatch(new RegExp(`^${prefix}[0-9A-Za-z]{49}$`));
      expect(readToken(plain)).toEqual({ prefix, hash });
    }
  });

  it("is kept as a SHA-256 that does not hold it", () => {
    const { plain, hash } = drawToken("kts_");
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(hash).toBe(hashToken(plain));
    expect(plain).not.toContain(hash);
  });

  it("is never drawn twice", () => {
    const drawn = new Set(Array.from({ length: 2_000 }, () => drawToken("kt_").plain));
    expect(drawn.size).toBe(2_000);
  });

  it("uses every digit in every place of its secret but the first", () => {
    const drawn = Array.from({ length: 4_000 }, () => drawToken("kt_").plain.slice(3, 46));
    for (let place = 1; place < 43; place += 1) {
      expect(new Set(drawn.map((secret) => secret[place])).size).toBe(62);
    }
  });

  it("is not read with one character changed, missing or added", () => {
    const { plain } = drawToken("ktc_");
    for (let index = 0; index < plain.length; index += 1) {
      const other = plain[index] === "a" ? "b" : "a";
      expect(readToken(plain.slice(0, index) + other + plain.slice(index + 1))).toBeNull();
      expect(readToken(plain.slice(0, index) + plain.slice(index + 1))).toBeNull();
    }
    for (const text of [`${plain}a`, ` ${plain}`, `${plain}\n`, plain.toUpperCase()])
      expect(readToken(text)).toBeNull();
  });

  it("is not read under another prefix", () => {
    const { plain } = drawToken("kts_");
    for (const prefix of ["kt_", "kto_", "ktr_", "ktx_", "KTS_", ""]) {
      expect(readToken(plain.replace("kts_", prefix))).toBeNull();
    }
  });

  it.each(["", "kt_", "kts_é", `kt_${"0".repeat(49)}`, "a".repeat(100_000)])(
    "is not read out of %j",
    (text) => {
      expect(readToken(text)).toBeNull();
    },
  );
});

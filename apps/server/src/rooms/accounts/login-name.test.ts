import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emailKey, isLoginName, loginNameKey, readLoginName } from "./login-name.js";

const path = ["input", "loginName"];

describe("a login name", () => {
  it.each([
    "a",
    "ann",
    "Ann Smith",
    "ann@example.com",
    "山田 太郎",
    "Ærøskøbing",
    "ann\u0301e",
    "🔑",
    "x".repeat(128),
    "🔑".repeat(128),
  ])("may be %j", (name) => {
    expect(readLoginName(name, path)).toBe(name.normalize("NFC"));
  });

  it.each([
    ["empty", ""],
    ["blank", " \u3000\u00a0 "],
    ["longer than 128 characters", "x".repeat(129)],
    ["longer than 128 characters beyond the first plane", "🔑".repeat(129)],
    ["with a colon, at which HTTP Basic parts it", "ann:smith"],
    ["with a line break", "ann\nsmith"],
    ["with a tab", "ann\tsmith"],
    ["with a NUL", "ann\0"],
    ["with a delete character", "ann\u007f"],
    ["with a line separator", "ann\u2028smith"],
    ["with a zero-width space", "ann\u200b"],
    ["with a zero-width joiner", "ann\u200d"],
    ["with a soft hyphen", "an\u00adn"],
    ["with a direction that turns it round", "\u202enna"],
    ["with half a pair of surrogates", "ann\ud83d"],
    ["with a private character", "ann\ue000"],
    ["with a variation selector", "ann\ufe0f"],
    ["with a Hangul filler", "ann\u3164"],
    ["with a combining grapheme joiner", "a\u034fnn"],
  ])("is refused %s", (_how, name) => {
    expect(() => readLoginName(name, path)).toThrow(
      expect.objectContaining({ code: "BAD_USER_INPUT", path }),
    );
    expect(isLoginName(name.trim())).toBe(false);
  });

  it("loses the spaces around it, and nothing else", () => {
    expect(readLoginName("  Ann  Smith\u3000", path)).toBe("Ann  Smith");
  });
});

describe("the key of a login name", () => {
  it.each([
    ["case", "Ann", "aNN"],
    ["width", "ａｎｎ１", "ann1"],
    ["half-width katakana", "ﾔﾏﾀﾞ", "ヤマダ"],
    ["composition", "jose\u0301", "jos\u00e9"],
    ["a ligature", "ﬁn", "FIN"],
    ["a sharp s and its capital", "straße", "STRAẞE"],
    ["a sharp s and two of them", "straße", "STRASSE"],
    ["the two small sigmas", "οδυσσευς", "ΟΔΥΣΣΕΥΣ"],
    ["a compatibility letter", "ℌans", "hans"],
    ["spaces around it", " ann ", "ann"],
    ["an ideographic space", "山田\u3000太郎", "山田 太郎"],
    ["a superscript", "x²", "x2"],
  ])("does not tell %s apart", (_what, one, other) => {
    expect(loginNameKey(one)).toBe(loginNameKey(other));
  });

  it.each([
    ["accents", "jose", "josé"],
    ["scripts that look alike", "ann", "аnn"],
    ["spaces within", "annsmith", "ann smith"],
    ["the dotless i", "ı", "i\u0307"],
    ["voiced kana", "か", "が"],
    ["punctuation", "ann.smith", "ann-smith"],
  ])("tells %s apart", (_what, one, other) => {
    expect(loginNameKey(one)).not.toBe(loginNameKey(other));
  });

  const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));

  it("is its own key", () => {
    fc.assert(
      fc.property(text, (name) => {
        const key = loginNameKey(name);
        expect(loginNameKey(key)).toBe(key);
      }),
      { numRuns: 2000, examples: [["ẞ"], ["¨a"], ["ΑΣ"], ["İ"], [" ﾞ"]] },
    );
  });

  it("is the same however the name is composed and spaced around", () => {
    fc.assert(
      fc.property(text, (name) => {
        const key = loginNameKey(name);
        for (const form of ["NFC", "NFD", "NFKC", "NFKD"])
          expect(loginNameKey(` ${name.normalize(form)}\u3000`)).toBe(key);
      }),
      { numRuns: 1000 },
    );
  });

  it("is kept by what is kept of the name", () => {
    fc.assert(
      fc.property(text, (name) => {
        fc.pre(isLoginName(name.trim().normalize("NFC")));
        expect(loginNameKey(readLoginName(name, path))).toBe(loginNameKey(name));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the key of a mail address", () => {
  it("does not tell case, width and spaces around it apart", () => {
    expect(emailKey(" Ann@Example.COM ")).toBe("ann@example.com");
    expect(emailKey("ａｎｎ@example.com")).toBe("ann@example.com");
  });
});

import { describe, expect, it } from "vitest";
import { readEmailAddress, readPassword, readText } from "./input.js";
import { BadInput } from "./problem.js";

describe("a line of text", () => {
  const read = (value: string): string => readText(value, { path: ["input", "name"], maximum: 10 });

  it.each([
    ["letters", "Ann"],
    ["spaces inside", "Ann Aoki"],
    ["writing from right to left", "שרה"],
    ["a joiner that its script needs", "می‌نا"],
    ["a mark that says where a sign belongs", "C\u200e++"],
    ["ten signs of two units each", "😀".repeat(10)],
  ])("may hold %s", (_what, text) => {
    expect(read(`  ${text}\n`)).toBe(text);
  });

  it.each([
    ["nothing", ""],
    ["spaces alone", "   "],
    ["nothing that is seen", "\u200b\u2060\u3164"],
    ["more than fits", "x".repeat(11)],
    ["a line break", "Ann\nAoki"],
    ["a line break of Unicode", "Ann\u2028Aoki"],
    ["a paragraph's end", "Ann\u2029Aoki"],
    ["a NUL byte", "Ann\0"],
    ["half of a pair", "Ann\ud800"],
    ["an override of the direction", "nnA\u202eikoA"],
    ["an embedding of the other direction", "Ann\u202b"],
    ["an isolate", "Ann\u2067"],
  ])("is refused with %s", (_what, text) => {
    expect(() => read(text)).toThrow(BadInput);
  });
});

describe("a mail address", () => {
  const read = (value: string): string => readEmailAddress(value, ["input", "emailAddress"]);

  it.each([
    "ann@example.test",
    "a.b+c@sub.example.test",
    "root@localhost",
    "å@例え.jp",
    "a-@x-y.test",
    "a@1.test",
  ])("can be %s", (address) => {
    expect(read(` ${address} `)).toBe(address);
  });

  it.each([
    ...["x@example.test.", "x@-example.test", "x@example-.test", "x@example..test", "x@.example.test"],
    ...["a..b@example.test", ".a@example.test", "a.@example.test", "x@", "@example.test", "x", "", "."],
    ...["x@y@example.test", "x y@example.test", `x@${"a".repeat(64)}.test`, `${"a".repeat(65)}@example.test`],
  ])("cannot be %j", (address) => {
    expect(() => read(address)).toThrow(expect.objectContaining({ rule: { rule: "emailAddress" } }));
  });
});

describe("a password", () => {
  const read = (value: string): string => readPassword(value, ["input", "password"]);

  it.each([
    ["spaces around it", " a "],
    ["what names may not", "a\u202e\0\n"],
    ["a thousand signs of two units each", "😀".repeat(1000)],
  ])("may hold %s", (_what, password) => {
    expect(read(password)).toBe(password);
  });

  it.each([
    ["nothing", ""],
    ["more than a thousand characters", "x".repeat(1001)],
    ["half of a pair", "a\ud800"],
  ])("is refused with %s", (_what, password) => {
    expect(() => read(password)).toThrow(expect.objectContaining({ rule: { rule: "password" } }));
  });
});

import { expect, it } from "vitest";
import { messageLocale, negotiateLocale } from "./locale.js";

it.each([
  [undefined, "en"],
  ["", "en"],
  ["*", "en"],
  ["ja", "ja"],
  ["JA-jp", "ja"],
  ["ja-JP,ja;q=0.9,en-US;q=0.8", "ja"],
  ["en-US,en;q=0.9,ja;q=0.8", "en"],
  ["fr-FR, ja;q=0.5", "ja"],
  ["fr, de", "en"],
  ["ja;q=0", "en"],
  ["en;q=0.1, ja;q=0.2", "ja"],
  [";;;=,,\u0000", "en"],
] as const)("answers Accept-Language %j in %s", (header, locale) => {
  expect(negotiateLocale(header)).toBe(locale);
});

it.each([
  ["ja", "ja"],
  ["ja-JP", "ja"],
  ["JA", "ja"],
  ["en-GB", "en"],
  ["jav", "en"],
  ["zh-Hant-TW", "en"],
  ["", "en"],
] as const)("writes to an account of locale %j in %s", (locale, expected) => {
  expect(messageLocale(locale)).toBe(expected);
});

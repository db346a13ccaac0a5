import { expect, test } from "vitest";
import { LONGEST_ADDRESS, nextPath, withNext } from "./next-path.js";

const publicUrl = new URL("https://id.example.com");

test.each([
  "/playground",
  "/oauth2/authorize?client_id=a&state=b%26c#d",
  "/a/b",
  "/?next=//evil.example",
  "/%2F%2Fevil.example",
])("goes on to %s", (next) => {
  expect(nextPath(next, publicUrl)).toBe(next);
});

test.each([
  ...["", "playground", "?a", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example"],
  ...["https://evil.example", "https:evil.example", "//user@evil.example", "javascript:alert(1)", "data:,x"],
  ...["/.//evil.example", "/a/..//evil.example", "/./\\evil.example", "/%2e//evil.example"],
  ...[
    "/\t/evil.example",
    "/\n/evil.example",
    "/a\r\nSet-Cookie: a=b",
    "/a\0b",
    " //evil.example",
    "/a\ud800",
  ],
  ...["https://id.example.com/a", "https://id.example.com@evil.example", `/${"a".repeat(LONGEST_ADDRESS)}`],
])("goes to the account settings instead of %j", (next) => {
  expect(nextPath(next, publicUrl)).toBe("/account");
});

test("goes to the account settings where nothing is asked for", () => {
  for (const next of [null, undefined]) expect(nextPath(next, publicUrl)).toBe("/account");
});

test("an address carries where it leads to as one parameter", () => {
  expect(withNext("/login", "/a?b=c&d#e")).toBe("/login?next=%2Fa%3Fb%3Dc%26d%23e");
});

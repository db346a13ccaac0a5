import { expect, test } from "vitest";
import { createProxyTrust } from "./trusted-proxies.js";

const trusts = createProxyTrust(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::1"]);

test.each([
  "10.1.2.3",
  "192.0.2.7",
  "::ffff:192.0.2.7",
  "::ffff:10.9.9.9",
  "2001:db8:1::1",
  "2001:db8::1%eth0",
  "::1",
  "10.1.2.3:8080",
  "[2001:db8:1::1]:443",
])("%s is a proxy that is listed", (address) => {
  expect(trusts(address)).toBe(true);
});

test.each([
  "11.0.0.1",
  "192.0.2.8",
  "::ffff:192.0.2.8",
  "2001:db9::1",
  "::2",
  "unknown",
  "",
  "10.1.2.3, 10.1.2.3",
  undefined,
])("%s is none", (address) => {
  expect(trusts(address)).toBe(false);
});

test("nobody is trusted where nobody is listed", () => {
  expect(["127.0.0.1", "::1"].map(createProxyTrust([]))).toEqual([false, false]);
});

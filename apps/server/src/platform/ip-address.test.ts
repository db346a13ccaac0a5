import { expect, test } from "vitest";
import { readIpAddress } from "./ip-address.js";

test.each([
  ["203.0.113.6", "203.0.113.6"],
  ["203.0.113.6:2001", "203.0.113.6"],
  ["2001:db8::1", "2001:db8::1"],
  ["[2001:db8::1]", "2001:db8::1"],
  ["[2001:db8::1]:443", "2001:db8::1"],
  ["::ffff:203.0.113.6", "::ffff:203.0.113.6"],
  ["fe80::1%eth0", "fe80::1"],
])("%s is the address %s", (text, address) => {
  expect(readIpAddress(text)).toBe(address);
});

test.each([
  ...["", "unknown", "_hidden", "203.0.113", "203.0.113.6:", "203.0.113.6:port", "203.0.113.6:123456"],
  ...["[203.0.113.6", "[]:443", "2001:db8::1]:443", "1.2.3.4, 5.6.7.8", "203.0.113.6\n", "<script>"],
])("%j is none", (text) => {
  expect(readIpAddress(text)).toBeNull();
});

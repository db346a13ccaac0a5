import { beforeEach, describe, expect, it } from "vitest";
import { type AddressThrottle, createAddressThrottle } from "./throttle.js";

let time: number;
let throttle: AddressThrottle;
beforeEach(() => {
  time = 1_800_000_003_000;
  throttle = createAddressThrottle({ failuresPerMinute: 3, now: () => time });
});

function fail(address: string, times: number): void {
  for (let count = 0; count < times; count += 1) throttle.fail(address);
}

describe("an address throttle", () => {
  it("lets an address try until it has failed so often", async () => {
    fail("192.0.2.1", 2);
    expect(await throttle.retryAfterSeconds("192.0.2.1")).toBeNull();
    fail("192.0.2.1", 1);
    expect(await throttle.retryAfterSeconds("192.0.2.1")).toBe(57);
  });

  it("lets it try again after the time it told", async () => {
    fail("192.0.2.1", 3);
    time += 56_999;
    expect(await throttle.retryAfterSeconds("192.0.2.1")).toBe(1);
    time += 1;
    expect(await throttle.retryAfterSeconds("192.0.2.1")).toBeNull();
  });

  it("counts over a minute that slides: failures at its border add up", async () => {
    fail("192.0.2.1", 2);
    time += 40_000;
    fail("192.0.2.1", 1);
    expect(await throttle.retryAfterSeconds("192.0.2.1")).toBe(17);
    time += 17_000;
    expect(await throttle.retryAfterSeconds("192.0.2.1")).toBeNull();
    fail("192.0.2.1", 2);
    expect(await throttle.retryAfterSeconds("192.0.2.1")).toBe(40);
  });

  it("counts other addresses apart", async () => {
    fail("192.0.2.1", 3);
    expect(await throttle.retryAfterSeconds("192.0.2.2")).toBeNull();
  });

  it.each([
    ["an IPv6 network of 64 bits", "2001:db8:0:1::1", "2001:0DB8::1:ffff:0:0:2"],
    ["a link-local address and its zone", "fe80::1%eth0", "fe80::1"],
    ["an IPv4 address, mapped into IPv6 or not", "192.0.2.1", "::ffff:192.0.2.1"],
    ["both spellings of a mapped address", "::ffff:c000:201", "192.0.2.1"],
    ["what is no address", "unix:", "unix:"],
  ])("counts %s together", async (_, first, second) => {
    fail(first, 3);
    expect(await throttle.retryAfterSeconds(second)).not.toBeNull();
  });

  it.each([
    ["2001:db8:0:1::1", "2001:db8:0:2::1"],
    ["::ffff:192.0.2.1", "::ffff:192.0.2.2"],
    ["::1", "::ffff:0.0.0.1"],
  ])("counts %s and %s apart", async (first, second) => {
    fail(first, 3);
    expect(await throttle.retryAfterSeconds(second)).toBeNull();
  });

  it("never makes anyone wait where the limit is 0", async () => {
    throttle = createAddressThrottle({ failuresPerMinute: 0 });
    fail("192.0.2.1", 1_000);
    expect(await throttle.retryAfterSeconds("192.0.2.1")).toBeNull();
  });

  it("tells the time by itself where it is given no clock", async () => {
    throttle = createAddressThrottle({ failuresPerMinute: 1 });
    fail("192.0.2.1", 1);
    const seconds = await throttle.retryAfterSeconds("192.0.2.1");
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
  });
});

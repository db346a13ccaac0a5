import { isIPv4, isIPv6 } from "node:net";
// Its own module: the package's face loads the drivers of a dozen stores, and 8 MiB with them.
import RateLimiterMemory from "rate-limiter-flexible/lib/RateLimiterMemory.js";

/** Counts failed attempts by client address, in this process. */
export interface AddressThrottle {
  /** Answers how long an address must wait, in whole seconds, or null where it need not. */
  retryAfterSeconds(address: string): Promise<number | null>;
  /** Counts one failure, at once. */
  fail(address: string): void;
}

export interface AddressThrottleOptions {
  /** 0 for no limit. */
  readonly failuresPerMinute: number;
  /** The time in epoch milliseconds. */
  readonly now?: () => number;
}

// A minute is the last six spans of ten seconds: it slides, so that no address gets twice its share at a border.
const SPAN = 10_000;
const SPANS = 6;

/** Makes a throttle. IPv6 addresses count by their /64, which is what one customer is given. */
export function createAddressThrottle({
  failuresPerMinute,
  now = Date.now,
}: AddressThrottleOptions): AddressThrottle {
  if (failuresPerMinute === 0) return { retryAfterSeconds: async () => null, fail: () => undefined };
  // The library counts and forgets; which span it is says our clock, which a test can move.
  const limiter = new RateLimiterMemory({ points: failuresPerMinute, duration: (SPAN * SPANS) / 1000 });
  const keyOf = (network: string, age: number): string => `${Math.floor(now() / SPAN) - age} ${network}`;
  const retryAfterSeconds = async (address: string): Promise<number | null> => {
    const network = networkOf(address);
    let failures = 0;
    for (let age = 0; age < SPANS; age += 1) {
      failures += (await limiter.get(keyOf(network, age)))?.consumedPoints ?? 0;
      if (failures >= failuresPerMinute) return Math.ceil(((SPANS - age) * SPAN - (now() % SPAN)) / 1000);
    }
    return null;
  };
  return { retryAfterSeconds, fail: (address) => void limiter.penalty(keyOf(networkOf(address), 0)) };
}

/** One spelling for each network: an IPv4 address also where it is mapped into IPv6 (RFC 4291, section 2.5.5.2). */
function networkOf(address: string): string {
  const [text = ""] = (isIPv4(address) ? `::ffff:${address}` : address).split("%", 1);
  if (!isIPv6(text)) return address;
  const groups = groupsOf(text);
  const isMapped = groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  return groups.slice(0, isMapped ? 8 : 4).join(":");
}

function groupsOf(address: string): string[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [left = [], right = []] = canonical.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right];
}

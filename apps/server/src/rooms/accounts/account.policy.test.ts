import { describe, expect, it } from "vitest";
import { isLocked, lockEnd } from "./account.policy.js";

const now = 1_800_000_000_000;
const hourAgo = now - 3_600_000;
const endless = { lockedAt: hourAgo, lockedUntil: null };

describe("a lock", () => {
  it.each([
    ["that was never set", { lockedAt: null, lockedUntil: null }, "USER"],
    ["whose end has come", { lockedAt: hourAgo, lockedUntil: now }, "USER"],
    ["whose end has come, of a name that no account bears", { lockedAt: hourAgo, lockedUntil: now }, null],
    ["without an end, of an administrator, after an hour", endless, "ADMINISTRATOR"],
  ] as const)("%s does not last", (_which, lock, role) => {
    expect(isLocked(lock, role, now)).toBe(false);
  });

  it.each([
    ["whose end is to come", { lockedAt: hourAgo, lockedUntil: now + 1 }, "USER"],
    ["whose end is to come, of an administrator", { lockedAt: 1, lockedUntil: now + 1 }, "ADMINISTRATOR"],
    ["without an end", endless, "USER"],
    ["without an end, of a name that no account bears", endless, null],
    ["without an end, of an administrator", { ...endless, lockedAt: hourAgo + 1 }, "ADMINISTRATOR"],
  ] as const)("%s lasts", (_which, lock, role) => {
    expect(isLocked(lock, role, now)).toBe(true);
  });

  it("that begins ends after the policy's minutes, or when an administrator says so", () => {
    expect(lockEnd({ lockoutMinutes: 3 }, now)).toBe(now + 180_000);
    expect(lockEnd({ lockoutMinutes: null }, now)).toBeNull();
  });
});

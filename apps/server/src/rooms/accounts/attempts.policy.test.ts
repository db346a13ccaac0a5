import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Counters, decideAttempt, NO_ATTEMPTS } from "./attempts.policy.js";

const now = 1_800_000_000_000;
const MINUTE = 60_000;
const asked = { policy: { maximumFailedAttempts: 3 }, role: "USER", now, tag: "tagg" } as const;

/** Undecided attempts that were taken so many milliseconds ago, oldest first. */
const takenAgo = (...ages: number[]): string =>
  ages.map((age, index) => `${String(now - age).padStart(14, "0")}-tag${index},`).join("");
const decide = (counters: Partial<Counters>, more: Partial<typeof asked> = {}) =>
  decideAttempt({ ...NO_ATTEMPTS, ...counters }, { ...asked, ...more });

describe("an attempt", () => {
  it.each<[string, Partial<Counters>, string]>([
    ["after none", {}, "taken"],
    ["after two failures of three", { failedAttempts: 2 }, "taken"],
    ["beside two that are undecided", { undecidedAttempts: takenAgo(10, 0) }, "taken"],
    ["beside three that are undecided", { undecidedAttempts: takenAgo(20, 10, 0) }, "full"],
    [
      "after two failures, beside one that is undecided",
      { failedAttempts: 2, undecidedAttempts: takenAgo(0) },
      "full",
    ],
    [
      "after one failure, beside one that is undecided",
      { failedAttempts: 1, undecidedAttempts: takenAgo(0) },
      "taken",
    ],
    [
      "beside three taken 29.999 seconds ago",
      { undecidedAttempts: takenAgo(29_999, 29_999, 29_999) },
      "full",
    ],
    ["beside three taken 30 seconds ago", { undecidedAttempts: takenAgo(30_000, 30_000, 30_000) }, "taken"],
    ["while a lock lasts", { failedAttempts: 3, lockedAt: now - MINUTE, lockedUntil: now + 1 }, "locked"],
    [
      "in the moment that a lock ends",
      { failedAttempts: 3, lockedAt: now - MINUTE, lockedUntil: now },
      "taken",
    ],
    ["while a lock lasts that never ends", { failedAttempts: 3, lockedAt: 1, lockedUntil: null }, "locked"],
  ])("%s is %s", (_when, counters, state) => {
    expect(decide(counters).state).toBe(state);
  });

  it("that is taken is noted, at its time and under its tag, and changes no failure", () => {
    const undecidedAttempts = takenAgo(100);
    const decision = decide({ failedAttempts: 1, undecidedAttempts });
    expect(decision).toEqual({
      ...{ state: "taken", entry: "01800000000000-tagg," },
      counters: {
        ...{ failedAttempts: 1, undecidedAttempts: `${undecidedAttempts}01800000000000-tagg,` },
        ...{ lockedAt: null, lockedUntil: null },
      },
    });
  });

  it("forgets those that lapsed", () => {
    const decision = decide({ undecidedAttempts: "01799999970000-old1,01799999970001-new1," });
    const undecidedAttempts = "01799999970001-new1,01800000000000-tagg,";
    expect(decision).toMatchObject({ counters: { undecidedAttempts } });
  });

  it("starts at zero after a lock that ended by itself", () => {
    const decision = decide({ failedAttempts: 3, lockedAt: 1, lockedUntil: now });
    expect(decision).toMatchObject({ counters: { failedAttempts: 0, lockedAt: null, lockedUntil: null } });
  });

  it("is left to who failed more often than a limit that was lowered", () => {
    expect(decide({ failedAttempts: 7 })).toMatchObject({ state: "taken", counters: { failedAttempts: 2 } });
  });

  it("that finds all taken is told to come back in a second", () => {
    expect(decide({ undecidedAttempts: takenAgo(0, 0, 0) })).toEqual({ state: "full", retryAfterSeconds: 1 });
  });

  it("that finds a lock is told when it ends", () => {
    const lock = { lockedAt: now, lockedUntil: now + MINUTE };
    expect(decide(lock)).toEqual({ state: "locked", lockedUntil: now + MINUTE });
    expect(decide({ lockedAt: now })).toEqual({ state: "locked", lockedUntil: null });
  });

  it("is never the one too many: failures and undecided ones together stay within the limit", () => {
    const counters = fc.record({
      failedAttempts: fc.nat(12),
      ages: fc.array(fc.nat(40_000), { maxLength: 12 }),
      maximumFailedAttempts: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(counters, ({ failedAttempts, ages, maximumFailedAttempts }) => {
        const undecidedAttempts = takenAgo(...ages);
        const policy = { maximumFailedAttempts };
        const decision = decideAttempt(
          { ...NO_ATTEMPTS, failedAttempts, undecidedAttempts },
          { ...asked, policy },
        );
        if (decision.state !== "taken") return;
        const undecided = decision.counters.undecidedAttempts.split(",").length - 1;
        expect(decision.counters.failedAttempts + undecided).toBeLessThanOrEqual(maximumFailedAttempts);
      }),
    );
  });
});

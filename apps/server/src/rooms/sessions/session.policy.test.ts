import { describe, expect, it } from "vitest";
import type { AccountEntity } from "../accounts/account.entity.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import type { SessionEntity } from "./session.entity.js";
import { isSessionLive, sessionExpiry } from "./session.policy.js";

const now = 1_800_000_000_000;
const times = { sessionIdleSeconds: 60, sessionLifetimeSeconds: 600 };
const sessionOf = (facts: Partial<SessionEntity> = {}): SessionEntity =>
  ({ createdAt: now, lastUsedAt: now, assurance: "ONE_FACTOR", ...facts }) as SessionEntity;
const accountOf = (facts: Partial<AccountEntity> = {}): AccountEntity =>
  ({ kind: "PERSON", role: "USER", suspendedAt: null, twoFactorEnabledAt: null, ...facts }) as AccountEntity;
const policyOf = (facts: Partial<SecurityPolicy> = {}): SecurityPolicy =>
  ({
    ...{ ...times, twoFactor: "OPTIONAL", twoFactorRequiredFrom: null, trialStartedOn: "2019-09-08" },
    ...facts,
  }) as SecurityPolicy;

describe("a session's end", () => {
  it.each([
    ["after its last use", 0, 0, 60],
    ["later, the later it was used", 0, 30, 90],
    ["no later than its lifetime says", 0, 590, 600],
    ["counted from its login", 100, 690, 700],
  ])("comes %s", (...[, created, used, end]) => {
    const session = { createdAt: now + created * 1000, lastUsedAt: now + used * 1000 };
    expect(sessionExpiry(session, policyOf())).toBe(now + end * 1000);
  });
});

describe("a session in time", () => {
  it.each([
    [59_999, true],
    [60_000, false],
  ])("lives %i milliseconds after its last use: %s", (passed, lives) => {
    expect(isSessionLive(sessionOf(), { account: accountOf(), policy: policyOf() }, now + passed)).toBe(
      lives,
    );
  });

  it("is dead as long as its account is suspended", () => {
    const account = accountOf({ suspendedAt: now });
    expect(isSessionLive(sessionOf({ assurance: "TWO_FACTOR" }), { account, policy: policyOf() }, now)).toBe(
      false,
    );
  });

  // Columns: FORBIDDEN, OPTIONAL, REQUIRED_FOR_ADMINISTRATORS, REQUIRED, REQUIRED later.
  const rules = [
    "FORBIDDEN",
    "OPTIONAL",
    "REQUIRED_FOR_ADMINISTRATORS",
    "REQUIRED",
    "REQUIRED later",
  ] as const;
  const one = sessionOf();
  const two = sessionOf({ assurance: "TWO_FACTOR" });
  const enrolled = { twoFactorEnabledAt: now };
  const administrator = { role: "ADMINISTRATOR" } as const;
  it.each([
    ["one factor of a person without a second", one, {}, "+ + + - +"],
    ["one factor of a person with a second", one, enrolled, "+ - - - -"],
    ["two factors of a person", two, enrolled, "+ + + + +"],
    ["one factor of an administrator without a second", one, administrator, "+ + - - +"],
    ["one factor of an administrator with a second", one, { ...administrator, ...enrolled }, "+ - - - -"],
    ["two factors of an administrator", two, { ...administrator, ...enrolled }, "+ + + + +"],
    ["two factors of a person whose second is gone", two, {}, "+ + + - +"],
    ["one factor of a guest", one, { kind: "GUEST" }, "+ + + + +"],
  ] as const)("with %s lives as the rule says", (...[, session, facts, row]) => {
    const account = accountOf(facts);
    const lives = rules.map((rule) => {
      const twoFactorRequiredFrom = rule === "REQUIRED later" ? now + 1 : null;
      const twoFactor = rule === "REQUIRED later" ? "REQUIRED" : rule;
      return isSessionLive(session, { account, policy: policyOf({ twoFactor, twoFactorRequiredFrom }) }, now);
    });
    expect(lives.map((each) => (each ? "+" : "-")).join(" ")).toBe(row);
  });
});

import { describe, expect, it } from "vitest";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import {
  isTwoFactorActive,
  isTwoFactorRequired,
  methodsOf,
  type TwoFactorFacts,
  twoFactorAvailability,
  twoFactorRequiredFrom,
  twoFactorState,
} from "./two-factor.policy.js";

const now = 1_800_000_000_000;
const changedAt = now - 1000;

/** A policy of one rule; what decides nothing here is left out. */
function policyOf(
  twoFactor: SecurityPolicy["twoFactor"],
  more: Partial<SecurityPolicy> = {},
): SecurityPolicy {
  const rest = { twoFactorRequiredFrom: null, twoFactorChangedAt: changedAt, trialStartedOn: "2019-09-08" };
  return { twoFactor, ...rest, ...more } as SecurityPolicy;
}

function accountOf(more: Partial<TwoFactorFacts> = {}): TwoFactorFacts {
  return { kind: "PERSON", role: "USER", twoFactorEnabledAt: null, ...more };
}

const USER = accountOf();
const ADMINISTRATOR = accountOf({ role: "ADMINISTRATOR" });
const GUEST = accountOf({ kind: "GUEST" });
const SERVICE = accountOf({ kind: "SERVICE" });
const SERVICE_ADMINISTRATOR = accountOf({ kind: "SERVICE", role: "ADMINISTRATOR" });
const tooOld = { trialStartedOn: "2019-09-07" };
const LATER = { twoFactorRequiredFrom: now + 1 };

describe("two-factor's availability", () => {
  it.each([
    [USER, policyOf("OPTIONAL"), "AVAILABLE"],
    [USER, policyOf("REQUIRED"), "AVAILABLE"],
    [ADMINISTRATOR, policyOf("REQUIRED_FOR_ADMINISTRATORS"), "AVAILABLE"],
    [USER, policyOf("FORBIDDEN"), "NOT_ALLOWED"],
    [USER, policyOf("FORBIDDEN", tooOld), "NOT_ALLOWED"],
    [USER, policyOf("OPTIONAL", tooOld), "TRIAL_TOO_OLD"],
    [GUEST, policyOf("OPTIONAL"), "ACCOUNT_KIND"],
    [GUEST, policyOf("FORBIDDEN"), "ACCOUNT_KIND"],
    [SERVICE, policyOf("REQUIRED"), "ACCOUNT_KIND"],
    [SERVICE, policyOf("OPTIONAL", tooOld), "ACCOUNT_KIND"],
  ])("of %j under %j is %s", (account, policy, availability) => {
    expect(twoFactorAvailability(account, policy)).toBe(availability);
  });
});

describe("a second factor", () => {
  it.each([
    ["OPTIONAL", now, true],
    ["REQUIRED", now, true],
    ["REQUIRED_FOR_ADMINISTRATORS", now, true],
    ["FORBIDDEN", now, false],
    ["OPTIONAL", null, false],
    ["REQUIRED", null, false],
    ["FORBIDDEN", null, false],
  ] as const)("under %s, enabled at %s, is asked for: %s", (rule, twoFactorEnabledAt, active) => {
    const account = accountOf({ twoFactorEnabledAt });
    expect(isTwoFactorActive(account, policyOf(rule))).toBe(active);
    expect(isTwoFactorActive(account, policyOf(rule, tooOld))).toBe(active);
    expect(twoFactorState(account)).toBe(twoFactorEnabledAt === null ? "DISABLED" : "ENABLED");
  });

  it("enabled at the beginning of time is enabled", () => {
    expect(twoFactorState({ twoFactorEnabledAt: 0 })).toBe("ENABLED");
  });
});

describe("two-factor", () => {
  it.each([
    [USER, policyOf("REQUIRED")],
    [USER, policyOf("REQUIRED", { twoFactorRequiredFrom: now })],
    [ADMINISTRATOR, policyOf("REQUIRED")],
    [ADMINISTRATOR, policyOf("REQUIRED_FOR_ADMINISTRATORS")],
  ])("binds %j under %j", (account, policy) => {
    expect(isTwoFactorRequired(account, policy, now)).toBe(true);
  });

  it.each([
    [USER, policyOf("FORBIDDEN")],
    [USER, policyOf("OPTIONAL")],
    [USER, policyOf("REQUIRED_FOR_ADMINISTRATORS")],
    [USER, policyOf("REQUIRED", LATER)],
    [USER, policyOf("REQUIRED", tooOld)],
    [ADMINISTRATOR, policyOf("OPTIONAL")],
    [ADMINISTRATOR, policyOf("REQUIRED", LATER)],
    [ADMINISTRATOR, policyOf("REQUIRED_FOR_ADMINISTRATORS", tooOld)],
    [GUEST, policyOf("REQUIRED")],
    [SERVICE, policyOf("REQUIRED")],
    [SERVICE_ADMINISTRATOR, policyOf("REQUIRED_FOR_ADMINISTRATORS")],
  ])("does not bind %j under %j", (account, policy) => {
    expect(isTwoFactorRequired(account, policy, now)).toBe(false);
  });
});

describe("the time from which the policy asks for a second factor", () => {
  it.each([
    [USER, policyOf("REQUIRED"), changedAt],
    [USER, policyOf("REQUIRED", LATER), now + 1],
    [ADMINISTRATOR, policyOf("REQUIRED_FOR_ADMINISTRATORS"), changedAt],
    [USER, policyOf("REQUIRED_FOR_ADMINISTRATORS"), null],
    [USER, policyOf("OPTIONAL"), null],
    [ADMINISTRATOR, policyOf("FORBIDDEN"), null],
    [USER, policyOf("REQUIRED", tooOld), null],
    [GUEST, policyOf("REQUIRED"), null],
    [SERVICE, policyOf("REQUIRED", LATER), null],
    [accountOf({ twoFactorEnabledAt: 0 }), policyOf("REQUIRED"), null],
  ])("is told to %j under %j as %s", (account, policy, from) => {
    expect(twoFactorRequiredFrom(account, policy)).toBe(from);
  });
});

describe("the methods that are left", () => {
  it.each([
    [0, ["TOTP", "RECOVERY_CODE"]],
    [99, ["TOTP", "RECOVERY_CODE"]],
    [100, ["RECOVERY_CODE"]],
    [101, ["RECOVERY_CODE"]],
  ])("after %i wrong codes are %j", (wrongCodes, methods) => {
    expect(methodsOf({ wrongCodes })).toEqual(methods);
  });
});

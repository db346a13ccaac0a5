import { describe, expect, it } from "vitest";
import { isTwoFactorOffered, judgePolicy, ruleInForce, type SecurityPolicy } from "./policy.policy.js";

const now = 1_800_000_000_000;
const DEFAULT: SecurityPolicy = {
  ...{ id: 1, version: 1, twoFactor: "OPTIONAL", twoFactorChangedAt: 0, twoFactorRequiredFrom: null },
  ...{ firstStartedOn: "2027-01-15", trialStartedOn: "2027-01-15", resetNeedsApproval: false },
  ...{ maximumFailedAttempts: 10, lockoutMinutes: 3, passwordMinimumLength: 8 },
  ...{ sessionIdleSeconds: 86_400, sessionLifetimeSeconds: 2_592_000 },
};

describe("two-factor", () => {
  it.each([
    ["2019-09-07", false],
    ["2019-09-08", true],
    ["2018-12-31", false],
    ["2019-10-01", true],
    ["2027-01-15", true],
  ])("is offered where the trial started on %s: %s", (trialStartedOn, offered) => {
    expect(isTwoFactorOffered({ trialStartedOn })).toBe(offered);
  });
});

describe("the rule in force", () => {
  const offered = "2019-09-08";
  const tooOld = "2019-09-07";
  it.each([
    ["FORBIDDEN", null, offered, "FORBIDDEN"],
    ["FORBIDDEN", null, tooOld, "FORBIDDEN"],
    ["OPTIONAL", null, offered, "OPTIONAL"],
    ["OPTIONAL", null, tooOld, "OPTIONAL"],
    ["REQUIRED_FOR_ADMINISTRATORS", null, offered, "REQUIRED_FOR_ADMINISTRATORS"],
    ["REQUIRED_FOR_ADMINISTRATORS", null, tooOld, "OPTIONAL"],
    ["REQUIRED", null, offered, "REQUIRED"],
    ["REQUIRED", now - 1, offered, "REQUIRED"],
    ["REQUIRED", now, offered, "REQUIRED"],
    ["REQUIRED", now + 1, offered, "OPTIONAL"],
    ["REQUIRED", null, tooOld, "OPTIONAL"],
    ["REQUIRED", now, tooOld, "OPTIONAL"],
  ] as const)("of %s from %s, with a trial since %s, is %s", (...row) => {
    const [twoFactor, twoFactorRequiredFrom, trialStartedOn, inForce] = row;
    expect(ruleInForce({ twoFactor, twoFactorRequiredFrom, trialStartedOn }, now)).toBe(inForce);
  });
});

const GROUND = { before: DEFAULT, administrators: 1 };

describe("a policy", () => {
  it.each<Partial<SecurityPolicy>>([
    {},
    { twoFactor: "FORBIDDEN" },
    { twoFactor: "REQUIRED_FOR_ADMINISTRATORS" },
    { twoFactor: "REQUIRED" },
    { twoFactor: "REQUIRED", twoFactorRequiredFrom: now },
    { twoFactor: "REQUIRED", twoFactorRequiredFrom: 0 },
    { twoFactor: "FORBIDDEN", trialStartedOn: "2019-09-07" },
    { twoFactor: "OPTIONAL", trialStartedOn: "2019-09-07" },
    { maximumFailedAttempts: 1 },
    { maximumFailedAttempts: 1000 },
    { lockoutMinutes: null },
    { lockoutMinutes: 1 },
    { lockoutMinutes: 525_600 },
    { sessionIdleSeconds: 1 },
    { sessionLifetimeSeconds: 1 },
    { passwordMinimumLength: 128 },
  ])("may say %j", (change) => {
    expect(judgePolicy({ ...DEFAULT, ...change }, GROUND)).toBeNull();
  });

  it.each<[Partial<SecurityPolicy>, string]>([
    [{ twoFactorRequiredFrom: now }, "DATE_WITHOUT_REQUIRED"],
    [{ twoFactor: "REQUIRED_FOR_ADMINISTRATORS", twoFactorRequiredFrom: now }, "DATE_WITHOUT_REQUIRED"],
    [{ twoFactor: "FORBIDDEN", twoFactorRequiredFrom: now }, "DATE_WITHOUT_REQUIRED"],
    [{ twoFactor: "REQUIRED", trialStartedOn: "2019-09-07" }, "TWO_FACTOR_NOT_OFFERED"],
    [{ twoFactor: "REQUIRED_FOR_ADMINISTRATORS", trialStartedOn: "2019-09-07" }, "TWO_FACTOR_NOT_OFFERED"],
    [{ maximumFailedAttempts: 0 }, "LIMIT_OUT_OF_RANGE"],
    [{ maximumFailedAttempts: 1001 }, "LIMIT_OUT_OF_RANGE"],
    [{ lockoutMinutes: 0 }, "LIMIT_OUT_OF_RANGE"],
    [{ lockoutMinutes: -3 }, "LIMIT_OUT_OF_RANGE"],
    [{ lockoutMinutes: 525_601 }, "LIMIT_OUT_OF_RANGE"],
    [{ sessionIdleSeconds: 0 }, "LIMIT_OUT_OF_RANGE"],
    [{ sessionLifetimeSeconds: -1 }, "LIMIT_OUT_OF_RANGE"],
    [{ passwordMinimumLength: 7 }, "PASSWORD_LENGTH_OUT_OF_RANGE"],
    [{ passwordMinimumLength: 129 }, "PASSWORD_LENGTH_OUT_OF_RANGE"],
  ])("may not say %j: %s", (change, fault) => {
    expect(judgePolicy({ ...DEFAULT, ...change }, GROUND)).toBe(fault);
  });

  it("may begin to ask for approvals with three active administrators, and keep on with fewer", () => {
    const after = { ...DEFAULT, resetNeedsApproval: true };
    expect(judgePolicy(after, { ...GROUND, administrators: 3 })).toBeNull();
    expect(judgePolicy(after, { ...GROUND, administrators: 2 })).toBe("TOO_FEW_ADMINISTRATORS");
    expect(judgePolicy(after, { before: after, administrators: 2 })).toBeNull();
  });
});

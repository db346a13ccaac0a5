import { describe, expect, it } from "vitest";
import type { AccountEntity } from "../accounts/account.entity.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import { type AfterPassword, decideAfterPassword } from "./login.policy.js";

const now = 1_800_000_000_000;

// Rows: who logs in. Columns: FORBIDDEN, OPTIONAL, REQUIRED_FOR_ADMINISTRATORS, REQUIRED, REQUIRED later.
const RULES = ["FORBIDDEN", "OPTIONAL", "REQUIRED_FOR_ADMINISTRATORS", "REQUIRED", "REQUIRED later"] as const;
const S = "session";
const F = "second factor";
const E = "enrollment";
const TABLE: [string, Partial<AccountEntity>, AfterPassword[]][] = [
  ["a person without a factor", {}, [S, S, S, E, S]],
  ["a person with a factor", { twoFactorEnabledAt: now }, [S, F, F, F, F]],
  ["an administrator without a factor", { role: "ADMINISTRATOR" }, [S, S, E, E, S]],
  ["an administrator with a factor", { role: "ADMINISTRATOR", twoFactorEnabledAt: 0 }, [S, F, F, F, F]],
  ["a guest", { kind: "GUEST" }, [S, S, S, S, S]],
];

describe("a right password", () => {
  it.each(
    TABLE.flatMap(([who, facts, row]) =>
      RULES.map((rule, column) => ({ who, facts, rule, opens: row[column] })),
    ),
  )("of $who under $rule opens: $opens", ({ facts, rule, opens }) => {
    expect(decide(facts, rule, "2019-09-08")).toBe(opens);
  });

  it.each(TABLE)("of %s is asked for no more than it has where the trial began too early", (_who, facts) => {
    const enrolled = facts.twoFactorEnabledAt !== undefined;
    for (const rule of RULES)
      expect(decide(facts, rule, "2019-09-07")).toBe(enrolled && rule !== "FORBIDDEN" ? F : S);
  });
});

function decide(
  facts: Partial<AccountEntity>,
  rule: (typeof RULES)[number],
  trialStartedOn: string,
): AfterPassword {
  const account = { kind: "PERSON", role: "USER", twoFactorEnabledAt: null, ...facts } as AccountEntity;
  const twoFactorRequiredFrom = rule === "REQUIRED later" ? now + 1 : null;
  const twoFactor = rule.split(" ")[0];
  const policy = { twoFactor, twoFactorRequiredFrom, trialStartedOn } as SecurityPolicy;
  return decideAfterPassword({ account, policy }, now);
}

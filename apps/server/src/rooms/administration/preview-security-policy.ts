import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { BadInput } from "../../platform/problem.js";
import { countAccounts } from "../accounts/find-accounts.js";
import { countPasswordCallersRefused } from "../credentials/password-callers.js";
import { judgePolicy, ruleInForce, type SecurityPolicy } from "../policy/policy.policy.js";
import { loadPolicy } from "../policy/policy.repository.js";
import type { TwoFactorRule } from "../policy/two-factor-rule.js";
import { countSessionsEnded } from "../sessions/count-sessions-ended.js";
import { countActiveAdministrators } from "./last-administrator.js";
import { changedPolicy, readPolicyChange, type UpdateSecurityPolicyInput } from "./policy-change.js";
import type { SecurityPolicyPreview } from "./security-policy-change.graphql.js";

/**
 * Says what would stop working for whom if a policy were in force now, its date aside. Changes nothing.
 *
 * @throws Refusal BAD_USER_INPUT where the policy could not be kept
 */
export async function previewSecurityPolicy(
  { db, now: clock }: Needs<"db" | "now">,
  input: UpdateSecurityPolicyInput,
): Promise<SecurityPolicyPreview> {
  const now = clock();
  const before = await loadPolicy(db.read);
  const asked = changedPolicy(before, readPolicyChange(input), now);
  const administrators = await countActiveAdministrators(db.read);
  const fault = judgePolicy(asked, { before, administrators });
  if (fault !== null) throw new BadInput(["input"], { rule: "policy", fault });
  const after = { ...asked, twoFactorRequiredFrom: null };
  return await count(db.read, { before, after, now });
}

async function count(
  manager: EntityManager,
  { before, after, now }: { before: SecurityPolicy; after: SecurityPolicy; now: number },
): Promise<SecurityPolicyPreview> {
  const rule = ruleInForce(after, now);
  return {
    accountsWithoutTwoFactor: await countAsked(manager, rule, now),
    passwordCallersAffected: await countPasswordCallersRefused(manager, {
      before: ruleInForce(before, now),
      after: rule,
      now,
    }),
    sessionsEnded: await countSessionsEnded(manager, { before, after, now }),
    guestsExempt:
      rule === "REQUIRED" ? await countAccounts(manager, { kind: "GUEST", status: "ACTIVE" }, now) : 0,
  };
}

/** How many people the rule would ask for a second factor that they do not have. */
async function countAsked(manager: EntityManager, rule: TwoFactorRule, now: number): Promise<number> {
  if (rule !== "REQUIRED" && rule !== "REQUIRED_FOR_ADMINISTRATORS") return 0;
  const role = rule === "REQUIRED" ? null : "ADMINISTRATOR";
  return await countAccounts(manager, { kind: "PERSON", status: "ACTIVE", twoFactor: "DISABLED", role }, now);
}

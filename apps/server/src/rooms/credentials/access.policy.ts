import type { AccessRule } from "../../platform/access.js";
import { Refusal } from "../../platform/problem.js";
import { isTwoFactorActive } from "../two-factor/two-factor.policy.js";
import type { Viewer } from "./viewer.js";

/**
 * Says why a viewer may not use a field; null: they may.
 *
 * What names no credentials accepts none, unless it is open to everybody. Asked in this order: is anyone there, is the kind of credential accepted, does the role suffice, do the scopes, is
 * the proof recent enough.
 */
export function judgeAccess(rule: AccessRule, viewer: Viewer | null, now: number): Refusal | null {
  if (viewer === null) return rule.to === "PUBLIC" ? null : new Refusal("UNAUTHENTICATED");
  if (rule.to === "PUBLIC" && rule.credentials === undefined) return null;
  const { credentials = [], scope, maxAge } = rule;
  if (!credentials.includes(viewer.credential)) {
    const { credential } = viewer;
    return new Refusal("CREDENTIAL_NOT_ACCEPTED", {
      presented: credential,
      accepted: credentials,
      reason: "OPERATION",
    });
  }
  if (rule.to === "ADMINISTRATOR" && viewer.account.role !== "ADMINISTRATOR")
    return new Refusal("FORBIDDEN", { requiredRole: "ADMINISTRATOR" });
  if (scope !== undefined && viewer.scopes !== null && !viewer.scopes.includes(scope))
    return new Refusal("FORBIDDEN", { requiredScope: scope });
  return maxAge === undefined ? null : judgeAge(viewer, { maxAge, now });
}

/** Whether all factors of the account were proven within so many seconds. */
function judgeAge(viewer: Viewer, { maxAge, now }: { maxAge: number; now: number }): Refusal | null {
  const active = isTwoFactorActive(viewer.account, viewer.policy);
  const proven = !active || viewer.assurance === "TWO_FACTOR";
  if (proven && now - viewer.authenticatedAt <= maxAge * 1000) return null;
  return new Refusal("STEP_UP_REQUIRED", { maxAge, methods: methodsToProve(viewer) });
}

/** What a viewer proves again that it is them by. */
export function methodsToProve({ account, policy }: Viewer): readonly string[] {
  return isTwoFactorActive(account, policy) ? ["PASSWORD", "TOTP", "RECOVERY_CODE"] : ["PASSWORD"];
}

/** The rule for a field of an account: one's own, or another's as an administrator, by a token with admin:read. */
export function ruleForOwner(rule: AccessRule, viewer: Viewer | null, ownerId: string): AccessRule {
  if (viewer === null || viewer.account.id === ownerId) return rule;
  return { credentials: [], ...rule, to: "ADMINISTRATOR", scope: "admin:read" };
}

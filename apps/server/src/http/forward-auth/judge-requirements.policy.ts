import { type AccessRule, ANY_CREDENTIAL } from "../../platform/access.js";
import { Refusal } from "../../platform/problem.js";
import { judgeAccess, methodsToProve } from "../../rooms/credentials/access.policy.js";
import type { Viewer } from "../../rooms/credentials/viewer.js";
import { isTwoFactorActive } from "../../rooms/two-factor/two-factor.policy.js";
import type { Requirements } from "./requirements.policy.js";

const TWO_FACTOR_ACR = "urn:keyturn:two-factor";

/**
 * Says why a viewer may not pass; null: they may.
 *
 * Asked in the order of every `@access`: is anyone there, does the role suffice, do the scopes, is the proof good enough.
 */
export function judgeRequirements(
  requirements: Requirements,
  viewer: Viewer | null,
  now: number,
): Refusal | null {
  const to = requirements.role === null ? "VIEWER" : "ADMINISTRATOR";
  const rule: AccessRule = { to, credentials: ANY_CREDENTIAL };
  const rules = [rule, ...requirements.scopes.map((scope) => ({ ...rule, scope }))];
  const refusals = rules.map((each) => judgeAccess(each, viewer, now)).filter((refusal) => refusal !== null);
  return refusals[0] ?? (viewer === null ? null : judgeProof(requirements, viewer, now));
}

/** An API token and a machine's prove nothing about when; where no new proof can help, none is asked for. */
function judgeProof({ assurance, maxAge }: Requirements, viewer: Viewer, now: number): Refusal | null {
  const assured = assurance === null || viewer.assurance === "TWO_FACTOR";
  const recent = maxAge === null || (!isMachine(viewer) && isRecent(viewer, { maxAge, now }));
  if (assured && recent) return null;
  if (!canProve(viewer, assured)) return new Refusal("FORBIDDEN", { reason: "noProof" });
  const active = isTwoFactorActive(viewer.account, viewer.policy);
  return new Refusal("STEP_UP_REQUIRED", {
    methods: methodsToProve(viewer),
    acrValues: assurance === null ? null : TWO_FACTOR_ACR,
    maxAge,
    ...(!assured && !active && { reason: "enrollFirst" }),
  });
}

function isMachine({ credential, methods }: Viewer): boolean {
  return credential === "API_TOKEN" || (credential === "OAUTH_TOKEN" && methods.length === 0);
}

function isRecent(viewer: Viewer, { maxAge, now }: { maxAge: number; now: number }): boolean {
  return judgeAccess({ to: "VIEWER", credentials: ANY_CREDENTIAL, maxAge }, viewer, now) === null;
}

/** A guest has a password to prove, and never a second factor; a service account has neither. */
function canProve({ credential, account }: Viewer, assured: boolean): boolean {
  if (credential === "PASSWORD" || credential === "API_TOKEN") return false;
  return account.kind === "PERSON" || (account.kind === "GUEST" && assured);
}

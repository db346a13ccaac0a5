import type { AccountAndPolicy } from "../accounts/account.repository.js";
import { isAssured, judgeCredential } from "../credentials/credential.policy.js";
import { ruleInForce, type SecurityPolicy } from "../policy/policy.policy.js";
import { twoFactorState } from "../two-factor/two-factor.policy.js";
import type { SessionEntity } from "./session.entity.js";

/** When a session ends if it is not used any more. */
export function sessionExpiry(
  session: Pick<SessionEntity, "createdAt" | "lastUsedAt">,
  policy: SecurityPolicy,
): number {
  const idle = session.lastUsedAt + policy.sessionIdleSeconds * 1000;
  return Math.min(idle, session.createdAt + policy.sessionLifetimeSeconds * 1000);
}

/** Says whether a session still stands for its account: in time, not suspended, and with the factors it is asked for. */
export function isSessionLive(
  session: SessionEntity,
  { account, policy }: AccountAndPolicy,
  now: number,
): boolean {
  if (sessionExpiry(session, policy) <= now || account.suspendedAt !== null) return false;
  const facts = { twoFactor: twoFactorState(account), rule: ruleInForce(policy, now) };
  const { role, kind } = account;
  if (judgeCredential({ credential: "SESSION", role, kind, ...facts }) !== null) return false;
  return isAssured(session.assurance, facts);
}

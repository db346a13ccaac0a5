import type { AccountAndPolicy } from "../accounts/account.repository.js";
import { isTwoFactorActive, isTwoFactorRequired } from "../two-factor/two-factor.policy.js";

/** What a right password opens: a session, the question for the second factor, or its setting up. */
export type AfterPassword = "session" | "second factor" | "enrollment";

/** Decides what a right password of an account opens; the one place that says whether a code is asked. */
export function decideAfterPassword({ account, policy }: AccountAndPolicy, now: number): AfterPassword {
  if (isTwoFactorActive(account, policy)) return "second factor";
  if (account.twoFactorEnabledAt === null && isTwoFactorRequired(account, policy, now)) return "enrollment";
  return "session";
}

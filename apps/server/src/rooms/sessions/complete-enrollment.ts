import type { EntityManager } from "typeorm";
import { messageLocale } from "../../platform/locale.js";
import { refuseThrottled } from "../../platform/refuse-throttled.js";
import { sql } from "../../platform/sql.js";
import { failure } from "../../platform/user-error.js";
import type { SealedSecret } from "../../platform/vault.js";
import { words } from "../../platform/words/index.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { isLocked } from "../accounts/account.policy.js";
import { endAccess } from "../accounts/end-access.js";
import { tellAccount } from "../accounts/tell-account.js";
import { recordEvent } from "../audit/record-event.js";
import type { Caller } from "../credentials/viewer.js";
import { addAuthenticator } from "../two-factor/add-authenticator.js";
import type { Proof } from "../two-factor/factor.js";
import { accountLocked, invalidVerificationCode } from "../two-factor/failures.js";
import type { ProveNeeds } from "../two-factor/prove.js";
import { Proven } from "../two-factor/proven.js";
import { checkFirstCode } from "../two-factor/totp/totp-enrollment.js";
import { type CompletedLogin, type CompleteLoginAnswer, completeWithSession, loggedIn } from "./logged-in.js";
import {
  chargeChallenge,
  type FoundChallenge,
  refundChallenge,
  takeChallenge,
} from "./login-challenge.repository.js";

interface Enrollment {
  readonly caller: Caller;
  readonly found: FoundChallenge & { readonly sealedSecret: SealedSecret };
  readonly now: number;
}

/**
 * Completes a login that had to set up a second factor, by the first code of the new authenticator.
 *
 * Its wrong codes count against the enrollment alone; the right one turns two-factor on and ends all other sessions.
 */
export async function completeEnrollment(
  needs: ProveNeeds,
  { caller, found, proof }: { caller: Caller; found: FoundChallenge; proof: Proof },
): Promise<CompleteLoginAnswer> {
  const { account, policy, challenge } = found;
  const { sealedSecret } = challenge;
  const locale = messageLocale(account.locale);
  const expired = failure("CHALLENGE_EXPIRED", locale);
  const now = needs.now();
  await refuseThrottled(needs, caller.request);
  if (isLocked(account, account.role, now)) {
    await recordRefusal(needs, { caller, account, at: "LOCK" });
    return accountLocked(account.lockedUntil, policy, locale);
  }
  if (sealedSecret === null) return expired;
  if (!(await needs.db.transaction((manager) => chargeChallenge(manager, challenge)))) return expired;
  // There are no recovery codes yet: another proof than a code is a wrong one.
  const code = proof.method === "TOTP" ? proof.code : "";
  const checked = checkFirstCode(needs, { accountId: account.id, sealedSecret }, code);
  if (checked.state === "unreadable") {
    await needs.db.transaction((manager) => refundChallenge(manager, challenge));
    return failure("TWO_FACTOR_UNREADABLE", locale);
  }
  if (checked.state === "wrong") {
    await recordRefusal(needs, { caller, account, at: proof.method });
    return invalidVerificationCode(locale, checked.clockSkewSeconds);
  }
  const enrollment = { caller, found: { ...found, sealedSecret }, now };
  const done = await needs.db.transaction((manager) => enable(manager, enrollment, checked.step));
  if (done === null) return expired;
  tellAccount(needs, account, (mails, to) => mails.twoFactorEnabled(to));
  return loggedIn(caller, done.completed, { recoveryCodes: done.recoveryCodes });
}

async function recordRefusal(
  { db, now, throttle }: ProveNeeds,
  { caller, account, at }: { caller: Caller; account: AccountEntity; at: string },
): Promise<void> {
  throttle.fail(caller.request.ipAddress);
  const event = { action: "login.failed", failed: true, actor: account, subject: account } as const;
  await db.transaction((manager) =>
    recordEvent(manager, { ...caller, now: now() }, { ...event, details: { at } }),
  );
}

async function enable(
  manager: EntityManager,
  { caller, found, now }: Enrollment,
  step: number,
): Promise<{ completed: CompletedLogin; recoveryCodes: readonly string[] | null } | null> {
  const { account, policy, challenge, sealedSecret } = found;
  const proven = await takeChallenge(manager, challenge, Proven.byFirstCode());
  if (proven === null) return null;
  const name = words(messageLocale(account.locale)).defaultAuthenticatorName;
  const made = await addAuthenticator(manager, account, { name, sealedSecret, step, now });
  if (made === null) return null;
  await endAccess(manager, { accountId: account.id, now }, { apiTokens: true, applications: true });
  await noteLogin(manager, account.id, now);
  const { request } = caller;
  await recordEvent(
    manager,
    { request, now },
    { action: "two-factor.enabled", actor: account, subject: account },
  );
  const completed = await completeWithSession(manager, caller, {
    account: { ...account, twoFactorEnabledAt: now, wrongCodes: 0 },
    policy,
    request,
    now,
    proven,
    useCookie: challenge.useCookie,
  });
  return { completed, recoveryCodes: made.recoveryCodes };
}

async function noteLogin(manager: EntityManager, accountId: string, now: number): Promise<void> {
  const text = `UPDATE accounts SET last_login_at = $2, failed_attempts = 0, undecided_attempts = '', locked_at = NULL,
    locked_until = NULL WHERE id = $1`;
  await sql(manager, text, [accountId, now]);
}

import type { EntityManager } from "typeorm";
import type { Needs, RequestFacts } from "../../platform/context.js";
import type { PasswordHash } from "../../platform/password-hash.js";
import { Refusal } from "../../platform/problem.js";
import { refuseThrottled } from "../../platform/refuse-throttled.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { findSubject } from "../accounts/account.repository.js";
import { type Attempt, fail, giveBack, type Subject, takeAttempt } from "../accounts/attempts.js";
import { isLoginName, loginNameKey } from "../accounts/login-name.js";
import { isWarningDue, tellAccount } from "../accounts/tell-account.js";
import { type AuditEvent, recordEvent } from "../audit/record-event.js";
import { ruleInForce, type SecurityPolicy } from "../policy/policy.policy.js";
import { twoFactorState } from "../two-factor/two-factor.policy.js";
import { ALTERNATIVES, type CredentialRefusal, judgeCredential } from "./credential.policy.js";
import type { Viewer } from "./viewer.js";

/** A login name and a password that came with a request. */
export interface SentPassword {
  readonly loginName: string;
  readonly password: string;
}

type PasswordNeeds = Needs<"db" | "now" | "vault" | "hasher" | "mailer" | "config" | "throttle">;

/**
 * Authenticates a request by the password that it carries: one attempt, which a right password gives back.
 *
 * @throws Refusal INVALID_CREDENTIALS; CREDENTIAL_NOT_ACCEPTED where two-factor rules a right password out (and, where
 *   it is required of everyone, before any is compared); RATE_LIMITED where the account is locked
 */
export async function authenticatePassword(
  needs: PasswordNeeds,
  request: RequestFacts,
  sent: SentPassword,
): Promise<Viewer> {
  await refuseThrottled(needs, request);
  // What cannot be a login name is counted like a name that no account bears.
  const loginName = isLoginName(sent.loginName.trim()) ? sent.loginName : "";
  const unknownKey = needs.vault.digest("login-name", loginNameKey(loginName));
  const { subject, policy } = await findSubject(needs.db.read, loginName, unknownKey);
  if (ruleInForce(policy, needs.now()) === "REQUIRED") throw notAccepted("TWO_FACTOR_REQUIRED");
  const taken = await takeAttempt(needs, subject, { policy, code: "no code" });
  if (taken.state === "locked")
    throw new Refusal("RATE_LIMITED", { retryAfterSeconds: secondsUntil(taken.lockedUntil, needs.now()) });
  const account = await compare(needs, { request, sent, attempt: taken.attempt, policy });
  const refusal = refusalOf(account, policy, needs.now());
  if (refusal !== null) await refuse(needs, { request, account, refusal });
  return {
    ...{ account, policy, credential: "PASSWORD", assurance: "ONE_FACTOR", methods: ["pwd"] },
    ...{ authenticatedAt: needs.now(), scopes: null, session: null },
  };
}

interface Comparison {
  readonly request: RequestFacts;
  readonly sent: SentPassword;
  readonly attempt: Attempt;
  readonly policy: SecurityPolicy;
}

async function compare(needs: PasswordNeeds, { request, sent, attempt }: Comparison): Promise<AccountEntity> {
  const { subject } = attempt;
  const account = subject.kind === "account" ? subject.account : null;
  const right = await isRight(needs, { account, sent, attempt });
  if (right && account !== null && account.suspendedAt === null) {
    await needs.db.transaction((manager) => giveBack(manager, attempt));
    return account;
  }
  needs.throttle.fail(request.ipAddress);
  await needs.db.transaction((manager) =>
    recordFailure(manager, { request, sent, attempt, now: needs.now() }),
  );
  throw new Refusal("INVALID_CREDENTIALS");
}

async function isRight(
  needs: PasswordNeeds,
  { account, sent, attempt }: { account: AccountEntity | null; sent: SentPassword; attempt: Attempt },
): Promise<boolean> {
  const hash = (account?.passwordHash ?? null) as PasswordHash | null;
  try {
    return (await needs.hasher.verify(hash, sent.password)).right;
  } catch (error) {
    await needs.db.transaction((manager) => giveBack(manager, attempt));
    throw error;
  }
}

async function recordFailure(
  manager: EntityManager,
  {
    request,
    sent,
    attempt,
    now,
  }: { request: RequestFacts; sent: SentPassword; attempt: Attempt; now: number },
): Promise<void> {
  const { locked } = await fail(manager, attempt, { at: "password", now });
  const subject = namedAs(attempt.subject, sent.loginName);
  const event: AuditEvent = { action: "credential.failed", failed: true, subject, credential: "PASSWORD" };
  await recordEvent(manager, { request, now }, event);
  if (locked) await recordEvent(manager, { request, now }, { action: "account.locked", subject });
}

function namedAs(subject: Subject, typed: string): { id: string | null; loginName: string } {
  return subject.kind === "account"
    ? subject.account
    : { id: null, loginName: typed.slice(0, 256).replaceAll("\0", "") };
}

function refusalOf(account: AccountEntity, policy: SecurityPolicy, now: number): CredentialRefusal | null {
  const { role, kind } = account;
  const facts = { role, kind, twoFactor: twoFactorState(account), rule: ruleInForce(policy, now) };
  return judgeCredential({ credential: "PASSWORD", ...facts });
}

/** Someone knows the password: that is recorded, and told to its owner at most once a day. */
async function refuse(
  needs: PasswordNeeds,
  {
    request,
    account,
    refusal,
  }: { request: RequestFacts; account: AccountEntity; refusal: CredentialRefusal },
): Promise<never> {
  const now = needs.now();
  const warn = await needs.db.transaction(async (manager) => {
    const event = {
      actor: account,
      subject: account,
      credential: "PASSWORD",
      details: { reason: refusal },
    } as const;
    await recordEvent(manager, { request, now }, { action: "credential.refused", failed: true, ...event });
    return isWarningDue(manager, account, { warning: "warned_password_refused_at", now });
  });
  if (warn) tellAccount(needs, account, (mails, to) => mails.passwordRefused(to));
  throw notAccepted(refusal);
}

function notAccepted(reason: CredentialRefusal): Refusal {
  return new Refusal("CREDENTIAL_NOT_ACCEPTED", { presented: "PASSWORD", accepted: ALTERNATIVES, reason });
}

function secondsUntil(time: number | null, now: number): number | null {
  return time === null ? null : Math.max(1, Math.ceil((time - now) / 1000));
}

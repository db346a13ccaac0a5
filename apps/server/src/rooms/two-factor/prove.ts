import type { EntityManager } from "typeorm";
import type { Assurance, CredentialType } from "../../platform/access.js";
import type { Needs, RequestFacts } from "../../platform/context.js";
import type { PasswordHash } from "../../platform/password-hash.js";
import { refuseThrottled } from "../../platform/refuse-throttled.js";
import { type Attempt, fail, giveBack, type Subject, settle, takeAttempt } from "../accounts/attempts.js";
import { isWarningDue, tellAccount } from "../accounts/tell-account.js";
import type { AuditAction } from "../audit/actions.js";
import { type AuditEvent, recordEvent } from "../audit/record-event.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import { checkProof } from "./check-proof.js";
import type { Checked, Proof } from "./factor.js";
import { countRecoveryCodes } from "./recovery-codes/recovery-code.repository.js";
import type { AuthenticatorEntity } from "./totp/authenticator.entity.js";

/** One attempt: at most one password and, only after a right one, one proof, of one account. */
export interface Asked {
  readonly subject: Subject;
  readonly policy: SecurityPolicy;
  readonly request: RequestFacts;
  /** The name as it was typed, for the audit trail. */
  readonly loginName: string;
  /** Null: no password is asked; `proven`: it was right in an earlier step of this login. */
  readonly password: string | null | "proven in an earlier step";
  /** Null: no proof of the second factor is asked. */
  readonly proof: Proof | null;
  readonly authenticators: readonly AuthenticatorEntity[];
  readonly completes: "login" | "nothing";
  readonly failure: AuditAction;
  readonly credential: CredentialType | null;
}

/** What was proven, as sessions and tokens remember it. */
export interface Proven {
  /** pwd, otp, mfa (RFC 8176); recovery_code is ours. */
  readonly methods: readonly string[];
  readonly assurance: Assurance;
  /** After a recovery code: how many are left. */
  readonly recoveryCodesRemaining: number | null;
}

/** Why nothing was proven. */
export type NotProven =
  | { readonly state: "wrong-password" }
  | { readonly state: "wrong-code" }
  | { readonly state: "locked"; readonly lockedUntil: number | null }
  | { readonly state: "unreadable" }
  /** The account changed while it was being compared. */
  | { readonly state: "changed" };

export type ProveNeeds = Needs<"db" | "now" | "vault" | "hasher" | "mailer" | "config" | "throttle">;

/**
 * Proves a password, a second factor or both, and does `work` in the transaction that uses the proof up.
 *
 * The one place where a password or a code is compared for a person: it takes the attempt first, compares outside of
 * any transaction, and counts, records and warns of what was wrong. Of two uses of one code at once, one succeeds.
 *
 * @throws Refusal RATE_LIMITED where the address or the account had too many attempts, or too many hashes wait
 */
export async function prove<Result>(
  needs: ProveNeeds,
  asked: Asked,
  work: (manager: EntityManager, proven: Proven) => Promise<Result>,
): Promise<{ readonly state: "proven"; readonly result: Result } | NotProven> {
  await refuseThrottled(needs, asked.request);
  const code = asked.proof?.method === "TOTP" ? "code" : "no code";
  const taken = await takeAttempt(needs, asked.subject, { policy: asked.policy, code });
  if (taken.state === "locked") return taken;
  const { attempt } = taken;
  const password = await comparePassword(needs, asked, attempt);
  if (!password.right) return failed(needs, asked, { attempt, at: "password" });
  const checked = compareProof(needs, asked, attempt);
  if (checked?.state === "wrong") return failed(needs, asked, { attempt, at: "code" });
  if (checked?.state === "unreadable") {
    await needs.db.transaction((manager) => giveBack(manager, attempt));
    return checked;
  }
  return succeed(needs, { asked, attempt, checked, renewedHash: password.renewedHash }, work);
}

interface Success {
  readonly asked: Asked;
  readonly attempt: Attempt;
  readonly checked: Extract<Checked, { state: "right" }> | null;
  readonly renewedHash: PasswordHash | null;
}

async function succeed<Result>(
  needs: ProveNeeds,
  { asked, attempt, checked, renewedHash }: Success,
  work: (manager: EntityManager, proven: Proven) => Promise<Result>,
): Promise<{ state: "proven"; result: Result } | NotProven> {
  const now = needs.now();
  const outcome = await needs.db.transaction(async (manager) => {
    if (checked !== null && !(await checked.redeem(manager, now))) return "too late";
    const codeWasRight = checked !== null;
    const settled = await settle(manager, attempt, {
      completes: asked.completes,
      codeWasRight,
      renewedHash,
      now,
    });
    if (!settled) return "changed";
    const proven = await whatWasProven(manager, asked);
    if (asked.proof?.method === "RECOVERY_CODE")
      await recordEvent(manager, { ...asked, now }, recoveryCodeUsed(asked, proven));
    return { proven, result: await work(manager, proven) };
  });
  if (outcome === "too late") return failed(needs, asked, { attempt, at: "code" });
  if (outcome === "changed") return { state: "changed" };
  const remaining = outcome.proven.recoveryCodesRemaining;
  const { subject } = asked;
  if (remaining !== null && subject.kind === "account")
    tellAccount(needs, subject.account, (mails, to) => mails.recoveryCodeUsed(to, remaining));
  return { state: "proven", result: outcome.result };
}

async function comparePassword(
  needs: ProveNeeds,
  { subject, password }: Asked,
  attempt: Attempt,
): Promise<{ right: boolean; renewedHash: PasswordHash | null }> {
  if (password === null || password === "proven in an earlier step")
    return { right: true, renewedHash: null };
  const account = subject.kind === "account" ? subject.account : null;
  try {
    const { right, renew } = await needs.hasher.verify(
      (account?.passwordHash ?? null) as PasswordHash | null,
      password,
    );
    const admitted = right && account?.suspendedAt === null;
    return { right: admitted, renewedHash: admitted && renew ? await needs.hasher.hash(password) : null };
  } catch (error) {
    await needs.db.transaction((manager) => giveBack(manager, attempt));
    throw error;
  }
}

function compareProof(needs: ProveNeeds, asked: Asked, attempt: Attempt): Checked | null {
  const { subject, proof, authenticators } = asked;
  if (proof === null || subject.kind === "unknown") return null;
  // The budget of wrong codes is spent: none is compared any more.
  if (proof.method === "TOTP" && !attempt.codeCharged) return { state: "wrong" };
  return checkProof(needs, { accountId: subject.account.id, authenticators }, proof);
}

async function failed(
  needs: ProveNeeds,
  asked: Asked,
  { attempt, at }: { attempt: Attempt; at: "password" | "code" },
): Promise<NotProven> {
  const now = needs.now();
  const { subject } = asked;
  needs.throttle.fail(asked.request.ipAddress);
  const warn = await needs.db.transaction(async (manager) => {
    const { locked } = await fail(manager, attempt, { at, now });
    await recordEvent(manager, { ...asked, now }, failureOf(asked, at));
    if (locked)
      await recordEvent(manager, { ...asked, now }, { action: "account.locked", subject: named(asked) });
    if (at !== "code" || asked.password === null || subject.kind === "unknown") return false;
    return isWarningDue(manager, subject.account, { warning: "warned_wrong_code_at", now });
  });
  if (warn && subject.kind === "account")
    tellAccount(needs, subject.account, (mails, to) => mails.wrongCode(to));
  return { state: at === "code" ? "wrong-code" : "wrong-password" };
}

async function whatWasProven(manager: EntityManager, { subject, proof, password }: Asked): Promise<Proven> {
  const methods = password === null ? [] : ["pwd"];
  if (proof === null || subject.kind === "unknown")
    return { methods, assurance: "ONE_FACTOR", recoveryCodesRemaining: null };
  if (proof.method === "TOTP")
    return { methods: [...methods, "otp", "mfa"], assurance: "TWO_FACTOR", recoveryCodesRemaining: null };
  const recoveryCodesRemaining = await countRecoveryCodes(manager, subject.account.id);
  return { methods: [...methods, "recovery_code", "mfa"], assurance: "TWO_FACTOR", recoveryCodesRemaining };
}

function failureOf(asked: Asked, at: "password" | "code"): AuditEvent {
  const details = { at: at === "code" ? (asked.proof?.method ?? null) : "PASSWORD" };
  return { action: asked.failure, failed: true, ...who(asked), credential: asked.credential, details };
}

function recoveryCodeUsed(asked: Asked, { recoveryCodesRemaining }: Proven): AuditEvent {
  return {
    action: "recovery-code.used",
    ...who(asked),
    credential: asked.credential,
    details: { remaining: recoveryCodesRemaining },
  };
}

/** Unknown names appear as typed, with no actor. */
function who(asked: Asked): Pick<AuditEvent, "actor" | "subject"> {
  return asked.subject.kind === "account"
    ? { actor: named(asked), subject: named(asked) }
    : { subject: named(asked) };
}

function named({ subject, loginName }: Asked): { id: string | null; loginName: string } {
  return subject.kind === "account" ? subject.account : { id: null, loginName };
}

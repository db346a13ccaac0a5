import type { Needs, RequestFacts } from "../../platform/context.js";
import { Refusal, unreachable } from "../../platform/problem.js";
import { refuseThrottled } from "../../platform/refuse-throttled.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { findSubject } from "../accounts/account.repository.js";
import { isLoginName, loginNameKey } from "../accounts/login-name.js";
import { isWarningDue, tellAccount } from "../accounts/tell-account.js";
import { recordEvent } from "../audit/record-event.js";
import { ruleInForce, type SecurityPolicy } from "../policy/policy.policy.js";
import type { Asked } from "../two-factor/asked.js";
import { attemptRefused } from "../two-factor/failed-attempt.js";
import { type NotProven, type ProveNeeds, prove } from "../two-factor/prove.js";
import { twoFactorState } from "../two-factor/two-factor.policy.js";
import { ALTERNATIVES, type CredentialRefusal, judgeCredential } from "./credential.policy.js";
import { notePasswordCall } from "./password-callers.js";
import type { Viewer } from "./viewer.js";

const HOUR = 60 * 60_000;

/** A login name and a password that came with a request. */
export interface SentPassword {
  readonly loginName: string;
  readonly password: string;
}

/**
 * Authenticates a request by the password that it carries: one attempt, which a right password gives back.
 *
 * @throws Refusal INVALID_CREDENTIALS; CREDENTIAL_NOT_ACCEPTED where two-factor rules a right password out (and, where
 *   it is required of everyone, before any is compared); RATE_LIMITED where the account is locked
 */
export async function authenticatePassword(
  needs: ProveNeeds & Needs<"later">,
  request: RequestFacts,
  sent: SentPassword,
): Promise<Viewer> {
  await refuseThrottled(needs, request);
  const asked = await readAttempt(needs, request, sent);
  const { policy } = asked;
  if (ruleInForce(policy, needs.now()) === "REQUIRED") {
    await attemptRefused(needs, { ...asked, failure: "credential.refused" }, "TWO_FACTOR_REQUIRED");
    throw notAccepted("TWO_FACTOR_REQUIRED");
  }
  const outcome = await prove(needs, asked, async () => undefined);
  if (outcome.state !== "proven") throw refusalOf(outcome, needs.now());
  if (asked.subject.kind === "unknown") throw new Error("a name that no account bears was right");
  const { account } = asked.subject;
  const refusal = judgeAccount(account, policy, needs.now());
  if (refusal !== null) await refuse(needs, { request, account, refusal });
  noteCall(needs, account);
  return {
    ...{ account, policy, credential: "PASSWORD", assurance: "ONE_FACTOR", methods: ["pwd"] },
    ...{ authenticatedAt: needs.now(), scopes: null, session: null, tokenHash: null },
  };
}

/** Written after the answer, at most once an hour: who still calls with a password is asked for days. */
function noteCall(needs: Needs<"db" | "now" | "later">, { id, lastPasswordCallAt }: AccountEntity): void {
  const now = needs.now();
  if (now - (lastPasswordCallAt ?? 0) < HOUR) return;
  needs.later(() => needs.db.transaction((manager) => notePasswordCall(manager, id, now)));
}

/** What cannot be a login name is counted like a name that no account bears. */
async function readAttempt(
  needs: Needs<"db" | "vault">,
  request: RequestFacts,
  { loginName, password }: SentPassword,
): Promise<Asked> {
  const name = isLoginName(loginName.trim()) ? loginName : "";
  const unknownKey = needs.vault.digest("login-name", loginNameKey(name));
  const { subject, policy } = await findSubject(needs.db.read, name, unknownKey);
  const typed = { kind: "typed", text: password } as const;
  const asked = {
    subject,
    policy,
    request,
    password: typed,
    loginName: name,
    proof: null,
    authenticators: null,
  };
  return { ...asked, completes: "nothing", failure: "credential.failed", credential: "PASSWORD" };
}

function refusalOf(outcome: NotProven, now: number): Refusal {
  switch (outcome.state) {
    case "locked":
      return new Refusal("RATE_LIMITED", { retryAfterSeconds: secondsUntil(outcome.lockedUntil, now) });
    case "wrong-password":
    case "wrong-code":
    case "unreadable":
    case "changed":
      return new Refusal("INVALID_CREDENTIALS");
    default:
      return unreachable(outcome);
  }
}

function judgeAccount(account: AccountEntity, policy: SecurityPolicy, now: number): CredentialRefusal | null {
  const { role, kind } = account;
  const facts = { role, kind, twoFactor: twoFactorState(account), rule: ruleInForce(policy, now) };
  return judgeCredential({ credential: "PASSWORD", ...facts });
}

/** Someone knows the password: that is recorded, and told to its owner at most once a day. */
async function refuse(
  needs: ProveNeeds,
  {
    request,
    account,
    refusal,
  }: { request: RequestFacts; account: AccountEntity; refusal: CredentialRefusal },
): Promise<never> {
  const now = needs.now();
  needs.throttle.fail(request.ipAddress);
  const warn = await needs.db.transaction(async (manager) => {
    const event = {
      actor: account,
      subject: account,
      credential: "PASSWORD",
      details: { at: refusal },
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

import { readPassword } from "../../platform/input.js";
import { Refusal } from "../../platform/problem.js";
import { refuseThrottled } from "../../platform/refuse-throttled.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { isLocked } from "../accounts/account.policy.js";
import { endAccess } from "../accounts/end-access.js";
import { judgeNewPassword, setPassword, type WeakPasswordFailure } from "../accounts/new-password.js";
import { tellAccount } from "../accounts/tell-account.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { deliverToken } from "../sessions/deliver-token.js";
import { proveInSession } from "../sessions/prove-in-session.js";
import { renewSession } from "../sessions/session.repository.js";
import { type ProofInput, readProof, requireProof } from "../two-factor/factor.js";
import { type ProofFailure, proofFailure } from "../two-factor/failures.js";
import type { ProveNeeds } from "../two-factor/prove.js";
import { isTwoFactorActive } from "../two-factor/two-factor.policy.js";
import { listGoingOn } from "./list-going-on.js";

export interface ChangePasswordInput {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly proof?: ProofInput | null;
}

export interface PasswordChangedAnswer {
  readonly __typename: "PasswordChanged";
  readonly account: Account;
  readonly sessionsRevoked: number;
  readonly sessionToken: string | null;
}

export type ChangePasswordAnswer =
  | PasswordChangedAnswer
  | WeakPasswordFailure
  | ProofFailure<Failure<"WRONG_PASSWORD">>;

/**
 * Changes one's own password by the current one and, with two-factor, a proof of it. Every other session ends, this
 * one gets a new token; API tokens and applications go on, and the mail lists them.
 */
export async function changePassword(
  needs: ProveNeeds,
  caller: Caller,
  input: ChangePasswordInput,
): Promise<ChangePasswordAnswer> {
  const { account, policy, session } = sessionOf(caller);
  const locale = localeOf(caller);
  const typed = readPassword(input.currentPassword, ["input", "currentPassword"]);
  const password = { kind: "typed", text: typed } as const;
  const proof = isTwoFactorActive(account, policy) ? requireProof(readProof(input.proof)) : null;
  const judging = { owner: account, policy, locale, path: ["input", "newPassword"] };
  const weak = await judgeNewPassword(needs, input.newPassword, judging);
  if (weak !== null) return weak;
  await refuseThrottled(needs, caller.request);
  // Nothing is hashed for whom nothing will be compared.
  const locked = isLocked(account, account.role, needs.now());
  const passwordHash = locked ? null : await needs.hasher.hash(input.newPassword);
  const outcome = await proveInSession(needs, { caller, password, proof }, async (manager, proven) => {
    // The lock ended in this very moment.
    if (passwordHash === null) throw new Refusal("RATE_LIMITED", { retryAfterSeconds: 1 });
    const now = needs.now();
    if (!(await setPassword(manager, account, { passwordHash, now })))
      throw new Refusal("INVALID_CREDENTIALS");
    const spared = { session: session.id, apiTokens: true, applications: true };
    const { sessionsRevoked } = await endAccess(manager, { accountId: account.id, now }, spared);
    const token = await renewSession(manager, { id: session.id, proven, authenticatedAt: now });
    if (token === null) throw new Refusal("INVALID_CREDENTIALS");
    const event = {
      actor: account,
      subject: account,
      credential: "SESSION",
      details: { sessionsRevoked },
    } as const;
    await recordEvent(manager, { ...caller, now }, { action: "password.changed", ...event });
    const goingOn = await listGoingOn(manager, account.id);
    return { sessionsRevoked, token, goingOn, now };
  });
  const otherwise = failure("WRONG_PASSWORD", locale);
  if (outcome.state !== "proven") return proofFailure(outcome, { policy, locale, otherwise });
  const { sessionsRevoked, token, goingOn, now } = outcome.result;
  tellAccount(needs, account, (mails, to) => mails.passwordChanged(to, goingOn));
  return {
    __typename: "PasswordChanged",
    account: toAccount({ account: { ...account, lockedAt: null, lockedUntil: null }, policy }, now),
    sessionsRevoked,
    sessionToken: deliverToken(caller, { token, useCookie: session.useCookie }),
  };
}

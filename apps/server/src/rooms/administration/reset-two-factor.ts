import type { Needs } from "../../platform/context.js";
import { newId } from "../../platform/id.js";
import { readText } from "../../platform/input.js";
import { type Failure, failure } from "../../platform/user-error.js";
import type { Account } from "../accounts/account.graphql.js";
import type { Ended } from "../accounts/end-access.js";
import { tellAccount } from "../accounts/tell-account.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { administer, type Held } from "./administer.js";
import { performTwoFactorReset, type ResetScope } from "./perform-two-factor-reset.js";
import { REQUEST_LIFETIME } from "./two-factor-reset-request.policy.js";
import { keepResetRequest } from "./two-factor-reset-request.repository.js";

export interface ResetTwoFactorInput {
  readonly accountId: string;
  readonly reason: string;
  readonly revokeAuthorizedApplications?: boolean | null;
  readonly revokeApiTokens?: boolean | null;
}

export interface TwoFactorResetAnswer extends Ended {
  readonly __typename: "TwoFactorReset";
  readonly account: Account;
}

export interface TwoFactorResetPendingAnswer {
  readonly __typename: "TwoFactorResetPending";
  readonly approvalId: string;
  readonly account: Account;
  readonly expiresAt: number;
}

export type ResetTwoFactorAnswer =
  | TwoFactorResetAnswer
  | TwoFactorResetPendingAnswer
  | Failure<"TWO_FACTOR_NOT_ENABLED">
  | Failure<"SELF_RESET">;

/**
 * Turns another account's second factor off, for a lost device: its secrets and recovery codes are deleted, its
 * sessions end, its applications lose their access unless they are spared, its API tokens end where that is asked,
 * and it is told by mail, with the reason.
 *
 * Where the policy asks for a second administrator, it waits for one, and the owner is told of that.
 */
export async function resetTwoFactor(
  needs: Needs<"db" | "now" | "mailer" | "config">,
  caller: Caller,
  input: ResetTwoFactorInput,
): Promise<ResetTwoFactorAnswer> {
  const scope = readScope(input);
  const done = await administer(needs, { caller, accountId: input.accountId }, async (held) => {
    const { account, administrator, policy } = held;
    if (account.id === administrator.id) return failure("SELF_RESET", localeOf(caller));
    if (account.twoFactorEnabledAt === null) return failure("TWO_FACTOR_NOT_ENABLED", localeOf(caller));
    const answer = policy.resetNeedsApproval ? await request(held, scope) : await reset(held, caller, scope);
    return { answer, owner: account };
  });
  if ("code" in done) return done;
  const { answer, owner } = done;
  const told = { by: sessionOf(caller).account.displayName, reason: scope.reason };
  tellAccount(needs, owner, (mails, to) =>
    answer.__typename === "TwoFactorReset"
      ? mails.twoFactorReset(to, { ...told, applicationsRevoked: answer.applicationsRevoked })
      : mails.twoFactorResetRequested(to, told),
  );
  return answer;
}

function readScope(input: ResetTwoFactorInput): ResetScope {
  return {
    reason: readText(input.reason, { path: ["input", "reason"], maximum: 500 }),
    revokeAuthorizedApplications: input.revokeAuthorizedApplications ?? true,
    revokeApiTokens: input.revokeApiTokens ?? false,
  };
}

async function reset(held: Held, caller: Caller, scope: ResetScope): Promise<TwoFactorResetAnswer> {
  const { manager, account, administrator: actor, now } = held;
  const order = { ...scope, account, actor, credential: "SESSION" } as const;
  const counts = await performTwoFactorReset(manager, order, { ...caller, now });
  if (counts === null) throw new Error("a factor was reset that was off");
  return { __typename: "TwoFactorReset", account: await held.shown(), ...counts };
}

async function request(held: Held, scope: ResetScope): Promise<TwoFactorResetPendingAnswer> {
  const { manager, account, administrator, now } = held;
  const twoFactorEnabledAt = account.twoFactorEnabledAt ?? now;
  const id = newId(now);
  const expiresAt = now + REQUEST_LIFETIME;
  await keepResetRequest(manager, {
    ...{ ...scope, id, accountId: account.id, requestedBy: administrator.id },
    ...{ twoFactorEnabledAt, requestedAt: now, expiresAt },
  });
  const details = { reason: scope.reason, approval: id };
  await held.record({ action: "two-factor.reset-requested", details });
  return { __typename: "TwoFactorResetPending", approvalId: id, account: await held.shown(), expiresAt };
}

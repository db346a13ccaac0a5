import type { Needs } from "../../platform/context.js";
import { readText } from "../../platform/input.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { tellAccount } from "../accounts/tell-account.js";
import { lowerApiTokens, removeApiTokens } from "../api-tokens/api-token.repository.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { endSessions } from "../sessions/session.repository.js";
import { endTwoFactor } from "../two-factor/end-two-factor.js";
import { findForAdministrator } from "./account-for-administrator.js";

export interface ResetTwoFactorInput {
  readonly accountId: string;
  readonly reason: string;
  readonly revokeApiTokens?: boolean | null;
}

export interface TwoFactorResetAnswer {
  readonly __typename: "TwoFactorReset";
  readonly account: Account;
  readonly sessionsRevoked: number;
  readonly apiTokensRevoked: number;
  readonly applicationsRevoked: number;
}

export type ResetTwoFactorAnswer =
  | TwoFactorResetAnswer
  | Failure<"TWO_FACTOR_NOT_ENABLED">
  | Failure<"SELF_RESET">;

/**
 * Turns another account's second factor off, for a lost device: its secrets and recovery codes are deleted, its
 * sessions end, its API tokens where that is asked, and it is told by mail, with the reason.
 */
export async function resetTwoFactor(
  needs: Needs<"db" | "now" | "mailer" | "config">,
  caller: Caller,
  input: ResetTwoFactorInput,
): Promise<ResetTwoFactorAnswer> {
  const { account: administrator } = sessionOf(caller);
  const reason = readText(input.reason, { path: ["input", "reason"], maximum: 500 });
  const { account, policy } = await findForAdministrator(needs.db.read, caller, input.accountId);
  if (account.id === administrator.id) return failure("SELF_RESET", localeOf(caller));
  const notEnabled = failure("TWO_FACTOR_NOT_ENABLED", localeOf(caller));
  if (account.twoFactorEnabledAt === null) return notEnabled;
  const now = needs.now();
  const ended = await needs.db.transaction(async (manager) => {
    if (!(await endTwoFactor(manager, account.id, now))) return null;
    const sessionsRevoked = await endSessions(manager, account.id);
    const apiTokensRevoked = input.revokeApiTokens ? await removeApiTokens(manager, account.id) : 0;
    await lowerApiTokens(manager, account.id);
    const details = { reason, sessionsRevoked, apiTokensRevoked };
    const event = { actor: administrator, subject: account, credential: "SESSION", details } as const;
    await recordEvent(manager, { ...caller, now }, { action: "two-factor.reset", ...event });
    return { sessionsRevoked, apiTokensRevoked, applicationsRevoked: 0 };
  });
  if (ended === null) return notEnabled;
  tellAccount(needs, account, (mails, to) =>
    mails.twoFactorReset(to, { by: administrator.displayName, reason }),
  );
  const after = { ...account, twoFactorEnabledAt: null, wrongCodes: 0 };
  return { __typename: "TwoFactorReset", account: toAccount({ account: after, policy }, now), ...ended };
}

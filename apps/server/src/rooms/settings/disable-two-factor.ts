import { type Failure, failure } from "../../platform/user-error.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { endAccess } from "../accounts/end-access.js";
import { tellAccount } from "../accounts/tell-account.js";
import { lowerApiTokens } from "../api-tokens/api-token.repository.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { proveInSession } from "../sessions/prove-in-session.js";
import { lowerSession } from "../sessions/session.repository.js";
import { endTwoFactor } from "../two-factor/end-two-factor.js";
import { type ProofInput, readProof, requireProof } from "../two-factor/factor.js";
import { type ProofFailure, proofFailure } from "../two-factor/failures.js";
import type { ProveNeeds } from "../two-factor/prove.js";
import { isTwoFactorRequired } from "../two-factor/two-factor.policy.js";

export interface TwoFactorDisabledAnswer {
  readonly __typename: "TwoFactorDisabled";
  readonly account: Account;
  readonly sessionsRevoked: number;
}

export type DisableTwoFactorAnswer =
  | TwoFactorDisabledAnswer
  | ProofFailure<Failure<"TWO_FACTOR_NOT_ENABLED">>
  | Failure<"TWO_FACTOR_REQUIRED_BY_POLICY">;

/**
 * Turns one's second factor off by a proof of it, also where the policy lets it lie dormant. Every other session
 * ends; this one goes on with one factor.
 */
export async function disableTwoFactor(
  needs: ProveNeeds,
  caller: Caller,
  input: { readonly proof: ProofInput },
): Promise<DisableTwoFactorAnswer> {
  const { account, policy, session } = sessionOf(caller);
  const locale = localeOf(caller);
  const notEnabled = failure("TWO_FACTOR_NOT_ENABLED", locale);
  if (account.twoFactorEnabledAt === null) return notEnabled;
  if (isTwoFactorRequired(account, policy, needs.now()))
    return failure("TWO_FACTOR_REQUIRED_BY_POLICY", locale);
  const proof = requireProof(readProof(input.proof));
  const outcome = await proveInSession(
    needs,
    { caller, password: { kind: "not asked" }, proof },
    async (manager, proven) => {
      const now = needs.now();
      await endTwoFactor(manager, account.id, now);
      const spared = { session: session.id, apiTokens: true, applications: true };
      const { sessionsRevoked } = await endAccess(manager, { accountId: account.id, now }, spared);
      await lowerSession(manager, session.id);
      await lowerApiTokens(manager, account.id);
      const details = { methods: proven.methods.join(" "), sessionsRevoked };
      const event = { actor: account, subject: account, credential: "SESSION", details } as const;
      await recordEvent(manager, { ...caller, now }, { action: "two-factor.disabled", ...event });
      return { sessionsRevoked, now };
    },
  );
  if (outcome.state !== "proven") return proofFailure(outcome, { policy, locale, otherwise: notEnabled });
  tellAccount(needs, account, (mails, to) => mails.twoFactorDisabled(to));
  const { sessionsRevoked, now } = outcome.result;
  const after = { ...account, twoFactorEnabledAt: null, wrongCodes: 0 };
  return {
    __typename: "TwoFactorDisabled",
    account: toAccount({ account: after, policy }, now),
    sessionsRevoked,
  };
}

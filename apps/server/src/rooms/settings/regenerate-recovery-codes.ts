import { type Failure, failure } from "../../platform/user-error.js";
import { tellAccount } from "../accounts/tell-account.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { proveInSession } from "../sessions/prove-in-session.js";
import { type ProofInput, readProof, requireProof } from "../two-factor/factor.js";
import { type ProofFailure, proofFailure } from "../two-factor/failures.js";
import type { ProveNeeds } from "../two-factor/prove.js";
import { renewRecoveryCodes } from "../two-factor/recovery-codes/recovery-code.repository.js";

export type RegenerateRecoveryCodesAnswer =
  | { readonly __typename: "RecoveryCodesRegenerated"; readonly recoveryCodes: readonly string[] }
  | ProofFailure<Failure<"TWO_FACTOR_NOT_ENABLED">>;

/** Draws a new set of recovery codes by a proof of the second factor, shown this once; the old set is dead. */
export async function regenerateRecoveryCodes(
  needs: ProveNeeds,
  caller: Caller,
  input: { readonly proof: ProofInput },
): Promise<RegenerateRecoveryCodesAnswer> {
  const { account, policy } = sessionOf(caller);
  const locale = localeOf(caller);
  const notEnabled = failure("TWO_FACTOR_NOT_ENABLED", locale);
  if (account.twoFactorEnabledAt === null) return notEnabled;
  const proof = requireProof(readProof(input.proof));
  const outcome = await proveInSession(
    needs,
    { caller, password: { kind: "not asked" }, proof },
    async (manager) => {
      const event = { actor: account, subject: account, credential: "SESSION" } as const;
      await recordEvent(
        manager,
        { ...caller, now: needs.now() },
        { action: "recovery-codes.regenerated", ...event },
      );
      return await renewRecoveryCodes(manager, account.id);
    },
  );
  if (outcome.state !== "proven") return proofFailure(outcome, { policy, locale, otherwise: notEnabled });
  tellAccount(needs, account, (mails, to) => mails.recoveryCodesRegenerated(to));
  return { __typename: "RecoveryCodesRegenerated", recoveryCodes: outcome.result };
}

import { readToken } from "../../platform/bearer-token.js";
import { messageLocale } from "../../platform/locale.js";
import { failure } from "../../platform/user-error.js";
import type { Caller } from "../credentials/viewer.js";
import { type Proof, type ProofInput, readProof, requireProof } from "../two-factor/factor.js";
import { proofFailure } from "../two-factor/failures.js";
import { type NotProven, type ProveNeeds, prove } from "../two-factor/prove.js";
import { completeEnrollment } from "./complete-enrollment.js";
import type { CompleteLoginAnswer, LoggedInAnswer } from "./logged-in.js";
import {
  chargeChallenge,
  type FoundChallenge,
  findChallenge,
  refundChallenge,
  takeChallenge,
} from "./login-challenge.repository.js";
import { toSessionStep } from "./login-steps.js";

export interface CompleteLoginInput {
  readonly challenge: string;
  readonly proof: ProofInput;
}

/** Completes a login by its challenge and a proof of the second factor, or by the first code of its enrollment. */
export async function completeLogin(
  needs: ProveNeeds,
  caller: Caller,
  input: CompleteLoginInput,
): Promise<CompleteLoginAnswer> {
  const proof = requireProof(readProof(input.proof));
  const token = readToken(input.challenge);
  const found = token?.prefix === "ktc_" ? await findChallenge(needs.db.read, token.hash, needs.now()) : null;
  if (found === null) return failure("CHALLENGE_EXPIRED", caller.request.locale);
  return found.challenge.sealedSecret === null
    ? await completeByProof(needs, { caller, found, proof })
    : await completeEnrollment(needs, { caller, found, proof });
}

interface Completion {
  readonly caller: Caller;
  readonly found: FoundChallenge;
  readonly proof: Proof;
}

async function completeByProof(needs: ProveNeeds, completion: Completion): Promise<CompleteLoginAnswer> {
  const { challenge, account, policy } = completion.found;
  const locale = messageLocale(account.locale);
  const expired = failure("CHALLENGE_EXPIRED", locale);
  if (!(await needs.db.transaction((manager) => chargeChallenge(manager, challenge)))) return expired;
  const outcome = await refundingWhatWasNotCompared(needs, completion);
  if (outcome.state === "proven") return outcome.result?.() ?? expired;
  return proofFailure(outcome, { policy, locale, otherwise: expired });
}

type Outcome = { readonly state: "proven"; readonly result: (() => LoggedInAnswer) | null } | NotProven;

async function refundingWhatWasNotCompared(needs: ProveNeeds, completion: Completion): Promise<Outcome> {
  const { challenge } = completion.found;
  const refund = (): Promise<void> => needs.db.transaction((manager) => refundChallenge(manager, challenge));
  try {
    const outcome = await proveChallenge(needs, completion);
    if (outcome.state === "locked" || outcome.state === "unreadable") await refund();
    return outcome;
  } catch (error) {
    await refund();
    throw error;
  }
}

function proveChallenge(needs: ProveNeeds, { caller, found, proof }: Completion): Promise<Outcome> {
  const { account, policy, challenge, authenticators } = found;
  const step = toSessionStep({ account, policy, caller, useCookie: challenge.useCookie, now: needs.now() });
  const subject = { kind: "account", account } as const;
  const asking = { request: caller.request, loginName: account.loginName, failure: "login.failed" } as const;
  const asked = {
    ...asking,
    subject,
    policy,
    proof,
    authenticators,
    credential: null,
    completes: "login",
  } as const;
  return prove(needs, { ...asked, password: { kind: "not asked" } }, async (manager, compared) => {
    const proven = await takeChallenge(manager, challenge, compared);
    return proven === null ? null : ((await step(manager, proven)) as () => LoggedInAnswer);
  });
}

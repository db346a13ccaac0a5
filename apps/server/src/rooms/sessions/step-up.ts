import { readPassword } from "../../platform/input.js";
import { Refusal } from "../../platform/problem.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { type ProofInput, readProof, requireProof } from "../two-factor/factor.js";
import { type ProofFailure, proofFailure } from "../two-factor/failures.js";
import type { ProveNeeds } from "../two-factor/prove.js";
import { isTwoFactorActive } from "../two-factor/two-factor.policy.js";
import { deliverToken } from "./deliver-token.js";
import { proveInSession } from "./prove-in-session.js";
import { type Session, toSession } from "./session.graphql.js";
import { renewSession } from "./session.repository.js";

export interface StepUpInput {
  readonly password: string;
  readonly proof?: ProofInput | null;
}

export interface SteppedUpAnswer {
  readonly __typename: "SteppedUp";
  readonly session: Session;
  readonly sessionToken: string | null;
}

export type StepUpAnswer = SteppedUpAnswer | ProofFailure<Failure<"WRONG_PASSWORD">>;

/** Proves all factors again within the session, for what asks for a recent proof; the session gets a new token. */
export async function stepUp(needs: ProveNeeds, caller: Caller, input: StepUpInput): Promise<StepUpAnswer> {
  const { account, policy, session } = sessionOf(caller);
  const password = { kind: "typed", text: readPassword(input.password, ["input", "password"]) } as const;
  const proof = isTwoFactorActive(account, policy) ? requireProof(readProof(input.proof)) : null;
  const outcome = await proveInSession(needs, { caller, password, proof }, async (manager, proven) => {
    const now = needs.now();
    const token = await renewSession(manager, { id: session.id, proven, authenticatedAt: now });
    if (token === null) throw new Refusal("INVALID_CREDENTIALS");
    const details = { methods: proven.methods.join(" ") };
    const event = { actor: account, subject: account, credential: "SESSION", details } as const;
    await recordEvent(manager, { ...caller, now }, { action: "session.stepped-up", ...event });
    return {
      token,
      after: { ...session, assurance: proven.assurance, methods: details.methods, authenticatedAt: now },
    };
  });
  const locale = localeOf(caller);
  const otherwise = failure("WRONG_PASSWORD", locale);
  if (outcome.state !== "proven") return proofFailure(outcome, { policy, locale, otherwise });
  const { token, after } = outcome.result;
  const sessionToken = deliverToken(caller, { token, useCookie: session.useCookie });
  return { __typename: "SteppedUp", session: toSession(after, policy, session.id), sessionToken };
}

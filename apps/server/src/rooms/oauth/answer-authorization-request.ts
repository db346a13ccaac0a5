import { Refusal } from "../../platform/problem.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { words } from "../../platform/words/index.js";
import { methodsToProve } from "../credentials/access.policy.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import type { AuthorizationRequestAnswered } from "./authorization-request.graphql.js";
import type { WaitingRequest } from "./authorization-request.repository.js";
import {
  allowRequest,
  DENIED,
  findAuthorizationRequest,
  nextStep,
  refuseRequest,
  UNMET,
} from "./authorize.js";

/**
 * Takes a person's answer to a client's request, once, and returns where to send the browser.
 *
 * @throws Refusal STEP_UP_REQUIRED where the client, or what it asks for, wants a fresh proof first
 */
export async function answerAuthorizationRequest(
  caller: Caller,
  { id, allow }: { readonly id: string; readonly allow: boolean },
): Promise<AuthorizationRequestAnswered | Failure<"CHALLENGE_EXPIRED">> {
  const found = await findAuthorizationRequest(caller.app, caller, id);
  const redirectTo = found === null ? null : await answer(caller, found, allow);
  if (redirectTo === null) {
    const locale = localeOf(caller);
    return { ...failure("CHALLENGE_EXPIRED", locale), message: words(locale).pages.consentGone };
  }
  return { __typename: "AuthorizationRequestAnswered", redirectTo };
}

async function answer(caller: Caller, found: WaitingRequest, allow: boolean): Promise<string | null> {
  if (!allow) return await refuseRequest(caller, found, DENIED);
  const { app } = caller;
  const viewer = sessionOf(caller);
  const step = await nextStep(app, viewer, found);
  if (step.next === "refuse") return await refuseRequest(caller, found, step);
  if (step.next === "set-up-second-factor") return await refuseRequest(caller, found, UNMET);
  if (step.next === "prove-again")
    throw new Refusal("STEP_UP_REQUIRED", {
      maxAge: found.request.maxAge ?? 0,
      methods: methodsToProve(viewer),
    });
  return await allowRequest(caller, found);
}

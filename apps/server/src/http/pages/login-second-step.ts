import { html } from "ghtml";
import { messageLocale } from "../../platform/locale.js";
import { unreachable } from "../../platform/problem.js";
import { failure } from "../../platform/user-error.js";
import type { Words } from "../../platform/words/en.js";
import { words } from "../../platform/words/index.js";
import { completeLogin } from "../../rooms/sessions/complete-login.js";
import { findPendingLogin, type PendingLogin } from "../../rooms/sessions/pending-login.js";
import type { InvalidVerificationCodeFailure } from "../../rooms/two-factor/failures.js";
import { drawProofFields, fieldOf, proofMissing, proofOf } from "./code-fields.js";
import { drawForm, type Fault, faultAt } from "./fields.js";
import { drawEnrollment, drawRecoveryCodes } from "./login-enrollment.js";
import { withNext } from "./next-path.js";
import { type Answer, page, redirect, type Visit } from "./visit.js";

/** The second step of a login: what it waits with, what went wrong so far, and what is shown where it has expired. */
export interface SecondStep {
  readonly challenge: string;
  readonly fault: ((say: Words) => Fault) | null;
  readonly otherwise: (visit: Visit, fault: Fault) => Answer;
}

/** Asks for the second factor of a login, or to set one up: from here on in the account's own language. */
export async function showSecondStep(visit: Visit, step: SecondStep): Promise<Answer> {
  const pending = await findPendingLogin(visit.app, step.challenge);
  if (pending === null) {
    const { message } = failure("CHALLENGE_EXPIRED", visit.caller.request.locale);
    return step.otherwise(visit, { field: null, message });
  }
  const own = { ...visit, say: words(pending.locale) };
  const fault = step.fault?.(own.say) ?? null;
  const { challenge } = step;
  return pending.enrollment === null
    ? drawProof(own, { challenge, fault, methods: pending.methods })
    : await drawEnrollment(own, { challenge, fault, secret: pending.enrollment });
}

/** Completes a login by a code; the recovery codes of one that turned two-factor on are shown once. */
export async function takeSecondStep(visit: Visit, otherwise: SecondStep["otherwise"]): Promise<Answer> {
  const challenge = visit.field("challenge");
  const again = (fault: SecondStep["fault"]): Promise<Answer> =>
    showSecondStep(visit, { challenge, fault, otherwise });
  const proof = proofOf(visit);
  if (proof === null) return await again(proofMissing);
  const answer = await completeLogin(visit.app, visit.caller, { challenge, proof });
  switch (answer.__typename) {
    case "LoggedIn": {
      const say = words(messageLocale(answer.account.locale));
      return answer.recoveryCodes === null
        ? redirect(visit.next)
        : drawRecoveryCodes({ ...visit, say }, answer.recoveryCodes);
    }
    case "InvalidVerificationCode":
      return await again((say) => ({ field: fieldOf(proof), message: wrongCode(say, answer) }));
    case "ChallengeExpired":
      return otherwise(visit, { field: null, message: answer.message });
    case "AccountLocked":
    case "TwoFactorUnreadable":
      return await again(() => ({ field: null, message: answer.message }));
    default:
      return unreachable(answer);
  }
}

function wrongCode({ pages }: Words, { message, clockSkewSeconds }: InvalidVerificationCodeFailure): string {
  return clockSkewSeconds === null ? message : `${message} ${pages.clockOff(clockSkewSeconds)}`;
}

function drawProof(
  visit: Visit,
  { challenge, fault, methods }: Pick<PendingLogin, "methods"> & { challenge: string; fault: Fault | null },
): Answer {
  const { say, next } = visit;
  const { pages } = say;
  const form = drawForm(visit, {
    ...{ action: "/login", submit: pages.logIn, hidden: { challenge }, fault: faultAt(fault, null) },
    fields: drawProofFields(say, fault, { methods, autofocus: fault === null }),
  });
  const content = html`!${form}
<p class="aside"><a href="${withNext("/login", next)}">${pages.startOver}</a></p>`;
  return page({ say, title: pages.secondStep, content, ...(fault && { status: 422 }) });
}

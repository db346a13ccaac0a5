import { html } from "ghtml";
import { unreachable } from "../../platform/problem.js";
import type { Viewer } from "../../rooms/credentials/viewer.js";
import { stepUp } from "../../rooms/sessions/step-up.js";
import { isTwoFactorActive, methodsOf } from "../../rooms/two-factor/two-factor.policy.js";
import { drawProofFields, fieldOf, proofMissing, proofOf } from "./code-fields.js";
import { drawField, drawForm, type Fault, faultAt, MEANT_ACCOUNT } from "./fields.js";
import { withNext } from "./next-path.js";
import { type Answer, page, redirect, type Visit } from "./visit.js";

/** Asks whoever is signed in to prove it again, for what asks for a fresh proof. */
export async function showStepUp(visit: Visit): Promise<Answer> {
  const { viewer } = visit.caller;
  return viewer === null ? toLogin(visit) : drawStepUp(visit, viewer, null);
}

/** Takes a fresh proof: the session goes on under a new token. */
export async function takeStepUp(visit: Visit): Promise<Answer> {
  const { app, caller, field, say } = visit;
  const { viewer } = caller;
  if (viewer === null) return toLogin(visit);
  const again = (fault: Fault): Answer => drawStepUp(visit, viewer, fault);
  const proof = isTwoFactorActive(viewer.account, viewer.policy) ? proofOf(visit) : undefined;
  if (field("password") === "") return again({ field: "password", message: say.pages.fillIn });
  if (proof === null) return again(proofMissing(say));
  const answer = await stepUp(app, caller, { password: field("password"), ...(proof && { proof }) });
  switch (answer.__typename) {
    case "SteppedUp":
      return redirect(visit.next);
    case "WrongPassword":
      return again({ field: "password", message: answer.message });
    case "InvalidVerificationCode":
      return again({ field: fieldOf(proof ?? {}), message: answer.message });
    case "AccountLocked":
    case "TwoFactorUnreadable":
      return again({ field: null, message: answer.message });
    default:
      return unreachable(answer);
  }
}

/** A login is as fresh a proof. */
function toLogin({ next }: Visit): Answer {
  return redirect(withNext("/login", next));
}

function drawStepUp(visit: Visit, { account, policy }: Viewer, fault: Fault | null): Answer {
  const { say } = visit;
  const { pages } = say;
  const password = drawField({
    ...{ name: "password", label: pages.password, type: "password", autocomplete: "current-password" },
    ...{ error: faultAt(fault, "password"), autofocus: fault === null },
  });
  const proof = isTwoFactorActive(account, policy)
    ? drawProofFields(say, fault, { methods: methodsOf(account), autofocus: false })
    : "";
  // Password managers look for a name beside the password.
  const name = html`<input type="text" name="loginName" value="${account.loginName}" autocomplete="username" readonly hidden>`;
  const content = html`<p>${pages.stepUpIntroduction(account.loginName)}</p>
!${drawForm(visit, {
    ...{ action: "/step-up", submit: pages.stepUpSubmit, fault: faultAt(fault, null) },
    fields: name + password + proof,
    hidden: { [MEANT_ACCOUNT]: account.id },
  })}
!${drawWayOut(visit)}`;
  const { formToken } = visit;
  return page({ say, title: pages.stepUp, content, formToken, ...(fault && { status: 422 }) });
}

/** For whoever cannot give the proof: an application's question may be for someone else. */
function drawWayOut({ say: { pages }, next, formToken }: Visit): string {
  const id = /^\/consent\/([\w-]+)/.exec(next)?.[1];
  if (id === undefined) return html`<p class="aside"><a href="/account">${pages.toAccount}</a></p>`;
  return html`<form method="post" action="/consent/${id}">
<input type="hidden" name="form" value="${formToken}">
<p class="aside"><button type="submit" name="answer" value="not-me" class="link-button">${pages.notMe}</button></p>
</form>`;
}

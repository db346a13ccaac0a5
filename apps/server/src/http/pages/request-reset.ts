import { html } from "ghtml";
import { requestPasswordReset } from "../../rooms/settings/reset-password.js";
import { drawField, drawForm, type Fault, faultAt } from "./fields.js";
import { withNext } from "./next-path.js";
import { type Answer, page, redirect, type Visit } from "./visit.js";

/** Asks for whom a link to set a password is to be mailed; says afterwards that one may be on its way. */
export async function showRequestReset(visit: Visit): Promise<Answer> {
  const { say, done } = visit;
  if (done !== "requested") return drawRequestReset(visit, null);
  const content = html`<p class="done" role="status">${say.passwordResetRequested}</p>!${toLogin(visit)}`;
  return page({ say, title: say.pages.requestReset, content, isPlain: true });
}

/** Mails a link to set a password; whether there was anyone to mail it to is never told. */
export async function takeRequestReset(visit: Visit): Promise<Answer> {
  const { app, caller, field, say } = visit;
  const [loginName, emailAddress] = [field("loginName").trim(), field("emailAddress").trim()];
  if (loginName === "" && emailAddress === "")
    return drawRequestReset(visit, { field: "loginName", message: say.pages.oneOfThem });
  await requestPasswordReset(app, caller, loginName === "" ? { emailAddress } : { loginName });
  return redirect(`${withNext("/reset-password", visit.next)}&done=requested`);
}

function drawRequestReset(visit: Visit, fault: Fault | null): Answer {
  const { say } = visit;
  const { pages } = say;
  const name = drawField({
    ...{ name: "loginName", label: pages.loginName, autocomplete: "username" },
    ...{ error: faultAt(fault, "loginName"), autofocus: fault === null },
  });
  const address = drawField({
    ...{ name: "emailAddress", label: pages.emailAddress, type: "email", autocomplete: "email" },
  });
  const content = html`<p>${pages.requestResetIntroduction}</p>
!${drawForm(visit, {
    ...{ action: "/reset-password", submit: pages.requestResetSubmit },
    fields: html`!${name}<p class="or">${pages.or}</p>!${address}`,
  })}
!${toLogin(visit)}`;
  return page({ say, title: pages.requestReset, content, ...(fault && { status: 422 }) });
}

function toLogin({ say, next }: Visit): string {
  return html`<p class="aside"><a href="${withNext("/login", next)}">${say.pages.toLogIn}</a></p>`;
}

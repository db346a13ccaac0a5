import { html } from "ghtml";
import { unreachable } from "../../platform/problem.js";
import { failure } from "../../platform/user-error.js";
import { isMailLinkAlive } from "../../rooms/accounts/mail-link.repository.js";
import { localeOf } from "../../rooms/credentials/viewer.js";
import { resetPassword } from "../../rooms/settings/reset-password.js";
import { drawField, drawForm, type Fault, faultAt } from "./fields.js";
import { type Answer, type Page, page, redirect, type Visit } from "./visit.js";

/** Asks for a new password, behind a mailed link; a dead one says so before anything is typed. */
export async function showResetPassword(visit: Visit): Promise<Answer> {
  const { app, caller, linkToken } = visit;
  const wanted = { confirms: "password", now: app.now() } as const;
  if (await isMailLinkAlive(app.db.read, linkToken, wanted)) return drawResetPassword(visit, null);
  const { message } = failure("INVALID_MAIL_TOKEN", localeOf(caller));
  return page({ ...deadLink(visit, message), isPlain: true });
}

/** Sets the password and sends to the login: a link logs nobody in. */
export async function takeResetPassword(visit: Visit): Promise<Answer> {
  const { app, caller, field, say, linkToken } = visit;
  const newPassword = field("newPassword");
  if (newPassword === "")
    return drawResetPassword(visit, { field: "newPassword", message: say.pages.fillIn });
  if (newPassword !== field("repeated"))
    return drawResetPassword(visit, { field: "repeated", message: say.pages.passwordsDiffer });
  const answer = await resetPassword(app, caller, { token: linkToken, newPassword });
  switch (answer.__typename) {
    case "PasswordReset":
      return redirect("/login?done=password-reset");
    case "WeakPassword":
      return drawResetPassword(visit, { field: "newPassword", message: answer.message });
    case "InvalidMailToken":
      return page({ ...deadLink(visit, answer.message), status: 422 });
    default:
      return unreachable(answer);
  }
}

/** Says that a mailed link is of no use any more, and where another one is to be had. */
function deadLink({ say }: Visit, message: string): Page {
  const { pages } = say;
  const content = html`<p class="error" role="alert">${message}</p>
<p><a class="button" href="/reset-password">${pages.requestNewLink}</a></p>`;
  return { say, title: pages.resetPassword, content };
}

function drawResetPassword(visit: Visit, fault: Fault | null): Answer {
  const { say, linkToken } = visit;
  const { pages } = say;
  const kind = { type: "password", autocomplete: "new-password" } as const;
  const fields = [
    drawField({
      ...{ ...kind, name: "newPassword", label: pages.newPassword, hint: pages.newPasswordHint },
      ...{ error: faultAt(fault, "newPassword"), autofocus: fault === null },
    }),
    drawField({ ...kind, name: "repeated", label: pages.repeatPassword, error: faultAt(fault, "repeated") }),
  ];
  const action = `/reset-password/${encodeURIComponent(linkToken)}`;
  const content = html`<p>${pages.resetPasswordIntroduction}</p>
!${drawForm(visit, { action, submit: pages.resetPasswordSubmit, fields: fields.join("\n") })}`;
  return page({ say, title: pages.resetPassword, content, ...(fault && { status: 422 }) });
}

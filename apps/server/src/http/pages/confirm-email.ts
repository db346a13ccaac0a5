import { html } from "ghtml";
import { unreachable } from "../../platform/problem.js";
import { confirmEmailAddress } from "../../rooms/settings/email-address.js";
import { drawForm } from "./fields.js";
import { type Answer, page, redirect, type Visit } from "./visit.js";

/** Asks to confirm a mail address, behind a mailed link: what follows links to look at them confirms nothing. */
export async function showConfirmEmail(visit: Visit): Promise<Answer> {
  const { say, linkToken, done } = visit;
  const { pages } = say;
  if (done === "confirmed") {
    const content = html`<p class="done" role="status">${say.emailConfirmed}</p>
<p class="aside"><a href="/login">${pages.toLogIn}</a></p>`;
    return page({ say, title: pages.confirmEmail, content, isPlain: true });
  }
  const action = `/confirm-email/${encodeURIComponent(linkToken)}`;
  const content = html`<p>${pages.confirmEmailIntroduction}</p>
!${drawForm(visit, { action, submit: pages.confirmEmailSubmit, fields: "" })}`;
  return page({ say, title: pages.confirmEmail, content });
}

/** Makes the address the account's. */
export async function takeConfirmEmail(visit: Visit): Promise<Answer> {
  const { app, caller, say, linkToken } = visit;
  const answer = await confirmEmailAddress(app, caller, { token: linkToken });
  switch (answer.__typename) {
    case "EmailAddressConfirmed":
      return redirect(`/confirm-email/${encodeURIComponent(linkToken)}?done=confirmed`);
    case "InvalidMailToken": {
      const content = html`<p class="error" role="alert">${answer.message}</p>`;
      return page({ say, title: say.pages.failed, content, status: 422 });
    }
    default:
      return unreachable(answer);
  }
}

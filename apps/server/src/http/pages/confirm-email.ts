import { html } from "ghtml";
import { unreachable } from "../../platform/problem.js";
import { failure } from "../../platform/user-error.js";
import { isMailLinkAlive } from "../../rooms/accounts/mail-link.repository.js";
import { localeOf } from "../../rooms/credentials/viewer.js";
import { confirmEmailAddress } from "../../rooms/settings/email-address.js";
import { drawForm } from "./fields.js";
import { type Answer, type Page, page, redirect, type Visit } from "./visit.js";

/**
 * Asks to confirm a mail address, behind a mailed link: what follows links to look at them confirms nothing. A dead
 * one says so before anything is pressed.
 */
export async function showConfirmEmail(visit: Visit): Promise<Answer> {
  const { app, caller, say, linkToken, done } = visit;
  const { pages } = say;
  if (done === "confirmed") {
    const content = html`<p class="done" role="status">${say.emailConfirmed}</p>
<p class="aside"><a href="/login">${pages.toLogIn}</a></p>`;
    return page({ say, title: pages.confirmEmail, content, isPlain: true });
  }
  const wanted = { confirms: "email", now: app.now() } as const;
  if (!(await isMailLinkAlive(app.db.read, linkToken, wanted))) {
    const { message } = failure("INVALID_MAIL_TOKEN", localeOf(caller));
    return page({ ...deadLink(visit, message), isPlain: true });
  }
  const action = `/confirm-email/${encodeURIComponent(linkToken)}`;
  const content = html`<p>${pages.confirmEmailIntroduction}</p>
!${drawForm(visit, { action, submit: pages.confirmEmailSubmit, fields: "" })}`;
  return page({ say, title: pages.confirmEmail, content });
}

/** Makes the address the account's. */
export async function takeConfirmEmail(visit: Visit): Promise<Answer> {
  const { app, caller, linkToken } = visit;
  const answer = await confirmEmailAddress(app, caller, { token: linkToken });
  switch (answer.__typename) {
    case "EmailAddressConfirmed":
      return redirect(`/confirm-email/${encodeURIComponent(linkToken)}?done=confirmed`);
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
<p>${pages.confirmEmailAgain}</p>
<p><a class="button" href="/account">${pages.toAccount}</a></p>`;
  return { say, title: pages.confirmEmail, content };
}

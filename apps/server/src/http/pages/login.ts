import { html } from "ghtml";
import { unreachable } from "../../platform/problem.js";
import { login } from "../../rooms/sessions/login.js";
import { drawField, drawForm, type Fault, faultAt } from "./fields.js";
import { showSecondStep, takeSecondStep } from "./login-second-step.js";
import { withNext } from "./next-path.js";
import { type Answer, page, redirect, type Visit } from "./visit.js";

/** Asks for login name and password; whoever is signed in goes straight on. */
export async function showLogin(visit: Visit): Promise<Answer> {
  const goesOn = visit.caller.viewer !== null && visit.done === "";
  return goesOn ? redirect(visit.next) : drawLogin(visit, null);
}

/** Takes a login as far as it goes: by login name and password, and by the code of a login that waits for one. */
export async function takeLogin(visit: Visit): Promise<Answer> {
  if (visit.field("challenge") !== "") return await takeSecondStep(visit, drawLogin);
  const { app, caller, field, say } = visit;
  const [loginName, password] = [field("loginName"), field("password")];
  const empty = [loginName.trim() === "" && "loginName", password === "" && "password"].find(
    (name) => name !== false,
  );
  if (empty !== undefined) return drawLogin(visit, { field: empty, message: say.pages.fillIn });
  const answer = await login(app, caller, { loginName, password, useCookie: true });
  switch (answer.__typename) {
    case "LoggedIn":
      return redirect(visit.next);
    case "TwoFactorChallenge":
    case "TwoFactorEnrollmentRequired":
      return await showSecondStep(visit, { challenge: answer.challenge, fault: null, otherwise: drawLogin });
    case "InvalidLogin":
      return drawLogin(visit, { field: EITHER, message: answer.message });
    case "AccountLocked":
    case "InvalidVerificationCode":
    case "TwoFactorUnreadable":
      return drawLogin(visit, { field: null, message: answer.message });
    default:
      return unreachable(answer);
  }
}

/** It is not told which of the two is wrong. */
const EITHER = "loginName or password";

function drawLogin(visit: Visit, fault: Fault | null): Answer {
  const { say, next } = visit;
  const form = drawForm(visit, {
    ...{ action: "/login", submit: say.pages.logIn, fields: fieldsOf(visit, fault) },
    fault: faultAt(fault, null) ?? faultAt(fault, EITHER),
  });
  const content = html`!${tellDone(visit)}
!${form}
<p class="aside"><a href="${withNext("/reset-password", next)}">${say.pages.forgotPassword}</a></p>`;
  return page({ say, title: say.pages.logIn, content, ...(fault && { status: 422 }) });
}

function fieldsOf({ say: { pages }, field, loginHint }: Visit, fault: Fault | null): string {
  const loginName = field("loginName") || loginHint;
  const blamed = faultAt(fault, EITHER) !== undefined;
  return [
    drawField({
      ...{ name: "loginName", label: pages.loginName, autocomplete: "username", value: loginName },
      ...{ error: faultAt(fault, "loginName"), blamed, autofocus: fault === null },
    }),
    drawField({
      ...{ name: "password", label: pages.password, type: "password", autocomplete: "current-password" },
      ...{
        error: faultAt(fault, "password"),
        blamed,
        autofocus: loginName !== "" && fault?.field !== "loginName",
      },
    }),
  ].join("\n");
}

function tellDone({ done, say }: Visit): string {
  return done === "password-reset" ? html`<p class="done" role="status">${say.passwordReset}</p>` : "";
}

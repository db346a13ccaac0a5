import type { AuthorizationRequest } from "@keyturn/oauth2";
import { html } from "ghtml";
import { unreachable } from "../../platform/problem.js";
import { viewerOf } from "../../rooms/credentials/viewer.js";
import { accessLifetime } from "../../rooms/oauth/access-lifetime.js";
import type { WaitingRequest } from "../../rooms/oauth/authorization-request.repository.js";
import {
  allowRequest,
  DENIED,
  findAuthorizationRequest,
  nextStep,
  refuseRequest,
  restartRequest,
  UNMET,
} from "../../rooms/oauth/authorize.js";
import { resumeAuthorization } from "../../rooms/oauth/begin-authorization.js";
import { policySource, shownTarget } from "../../rooms/oauth/redirect-target.js";
import { meaningOf } from "../../rooms/oauth/scope-meaning.js";
import { logOut } from "../../rooms/sessions/end-session.js";
import { withNext } from "./next-path.js";
import { type Answer, page, redirect, type Visit } from "./visit.js";

/** Goes on with a client's request: to the login, to a new proof, to the question, or back to the client. */
export async function showConsent(visit: Visit): Promise<Answer> {
  const { app, caller, id } = visit;
  const found = await findAuthorizationRequest(app, caller, id);
  if (found === null) return gone(visit);
  const step = await nextStep(app, caller.viewer, found);
  switch (step.next) {
    case "login":
      return redirect(toLogin(here(visit), found.request));
    case "prove-again":
      return redirect(withNext("/step-up", here(visit)));
    case "set-up-second-factor":
      return drawSecondFactorMissing(visit, found);
    case "consent":
      return await drawConsent(visit, found);
    case "grant":
      return goBack(visit, await allowRequest(caller, found));
    case "refuse":
      return goBack(visit, await refuseRequest(caller, found, step));
    default:
      return unreachable(step);
  }
}

/** Takes the person's answer. */
export async function takeConsent(visit: Visit): Promise<Answer> {
  const { app, caller, id, field } = visit;
  const found = await findAuthorizationRequest(app, caller, id);
  if (found === null) return gone(visit);
  if (field("answer") === "deny") return back(visit, await refuseRequest(caller, found, DENIED));
  if (field("answer") === "not-me") return await startAgain(visit, found);
  const step = await nextStep(app, caller.viewer, found);
  if (field("answer") === "turn-back" && step.next === "set-up-second-factor")
    return back(visit, await refuseRequest(caller, found, UNMET));
  const isAnswer = field("answer") === "allow" && step.next === "consent";
  return isAnswer ? back(visit, await allowRequest(caller, found)) : await showConsent(visit);
}

/** Lets someone else log in and answer, in this browser. */
async function startAgain(visit: Visit, found: WaitingRequest): Promise<Answer> {
  const { app, caller } = visit;
  const sealed = await restartRequest(caller, found);
  if (sealed === null) return gone(visit);
  if (caller.viewer !== null) await logOut(app, caller);
  return redirect(withNext("/login", resumeAddress(sealed)));
}

/** Where the browser of a person whom nobody knows yet comes back to. */
export const RESUME_ADDRESS = "/consent";

/** The address that carries a sealed request; that a form leads there, a browser's policy must know. */
export function resumeAddress(sealed: string): string {
  return `${RESUME_ADDRESS}?${new URLSearchParams({ request: sealed, done: "form" })}`;
}

/** Where whoever has to log in for a request goes first. */
export function toLogin(next: string, { loginHint }: Pick<AuthorizationRequest, "loginHint">): string {
  const address = withNext("/login", next);
  // No login name and no address is longer: what is no hint to us stays in the request.
  return loginHint === null || loginHint.length > LONGEST_HINT
    ? address
    : `${address}&${new URLSearchParams({ login_hint: loginHint })}`;
}

const LONGEST_HINT = 254;

/** Goes on with a request that was sealed for this browser: to the login, or to the question of who is logged in. */
export async function resumeConsent(visit: Visit): Promise<Answer> {
  const { caller, sealed } = visit;
  const resumed = await resumeAuthorization(caller, sealed);
  if (resumed === null) return gone(visit);
  const { request, id } = resumed;
  return redirect(id === null ? toLogin(resumeAddress(sealed), request) : here({ id }));
}

/** Where the step-up comes back to; that it was a form, a browser's policy must know. */
function here({ id }: Pick<Visit, "id">): string {
  return `/consent/${id}?done=form`;
}

function back(visit: Visit, address: string | null): Answer {
  return address === null ? gone(visit) : redirect(address);
}

/** After a form a redirect to another origin would break the form's policy, so the page goes on by itself. */
function goBack(visit: Visit, address: string | null): Answer {
  if (address === null || visit.done === "") return back(visit, address);
  const { say } = visit;
  const content = html`<p><a class="button" href="${address}">${say.pages.goOn}</a></p>`;
  return page({ say, title: say.pages.goingOn, content, goOn: address });
}

function gone({ say }: Visit): Answer {
  const content = html`<p class="error" role="alert">${say.pages.consentGone}</p>`;
  return page({ say, title: say.pages.failed, content, status: 404 });
}

async function drawConsent(visit: Visit, { client, request }: WaitingRequest): Promise<Answer> {
  const { say, app } = visit;
  const { account } = viewerOf(visit.caller);
  const { redirectUri } = request;
  const scopes = request.scopes.map((scope) => html`<li>${meaningOf(scope, visit.caller)}</li>`);
  const content = html`<p>${say.pages.consentAsks(client.name, shownTarget(redirectUri))}</p>
<ul>!${scopes}</ul>
<p class="hint">${say.pages.consentLasts(await accessLifetime(client))}</p>
<p class="hint">${say.pages.consentAs(account.displayName, account.loginName)}</p>
<form method="post" action="/consent/${visit.id}">
<input type="hidden" name="form" value="${visit.formToken}">
<button type="submit" name="answer" value="allow">${say.pages.allow}</button>
<button type="submit" name="answer" value="deny" class="quiet-button">${say.pages.deny}</button>
<p class="aside"><button type="submit" name="answer" value="not-me" class="link-button">${say.pages.notMe}</button></p>
</form>`;
  const title = say.pages.consentTitle(app.config.issuerName);
  return page({ say, title, content, formOrigin: policySource(redirectUri), formToken: visit.formToken });
}

function drawSecondFactorMissing(visit: Visit, { client, request }: WaitingRequest): Answer {
  const { say } = visit;
  const content = html`<p>${say.pages.secondFactorAsked(client.name)}</p>
<p><a class="button" href="/account/login-name-and-password">${say.pages.toTwoFactor}</a></p>
<form method="post" action="/consent/${visit.id}">
<input type="hidden" name="form" value="${visit.formToken}">
<button type="submit" name="answer" value="turn-back" class="quiet-button">${say.pages.turnBack(client.name)}</button>
</form>`;
  const formOrigin = policySource(request.redirectUri);
  return page({ say, title: say.pages.secondFactorMissing, content, formOrigin, isPlain: true });
}

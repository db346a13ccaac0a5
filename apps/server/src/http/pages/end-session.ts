import type { EndSessionRequest } from "@keyturn/oauth2";
import { html } from "ghtml";
import { unreachable } from "../../platform/problem.js";
import { viewerOf } from "../../rooms/credentials/viewer.js";
import { providerFor } from "../../rooms/oauth/provider.js";
import { policySource } from "../../rooms/oauth/redirect-target.js";
import { logOut } from "../../rooms/sessions/end-session.js";
import { MEANT_ACCOUNT } from "./fields.js";
import { LONGEST_ADDRESS } from "./next-path.js";
import { type Answer, page, redirect, type Visit } from "./visit.js";

/** Where an application sends the browser to log a person out (OpenID Connect RP-Initiated Logout, section 2). */
export const END_SESSION_ADDRESS = "/oauth2/end-session";

/** What an application sends (section 2 of the same). */
const PARAMETERS = ["id_token_hint", "logout_hint", "client_id", "post_logout_redirect_uri", "state"];

/**
 * Sends an application's form round as an address: browsers leave the session's cookie out of a form of another site's.
 * What no address takes is left out, and the person logs out without it.
 */
export function arriveAtEndSession({ field }: Visit): Answer {
  const sent = PARAMETERS.map((name): [string, string] => [name, field(name)]).filter(
    ([, value]) => value !== "",
  );
  const address = `${END_SESSION_ADDRESS}?${new URLSearchParams(sent)}`;
  return redirect(sent.length > 0 && address.length <= LONGEST_ADDRESS ? address : END_SESSION_ADDRESS);
}

/** Logs out at once whom a right hint names, and asks anyone else. */
export async function showEndSession(visit: Visit): Promise<Answer> {
  const request = await read(visit);
  const { viewer } = visit.caller;
  if (viewer === null) return leave(visit, request);
  const { hint } = request;
  switch (hint.kind) {
    case "person":
      return hint.subject === viewer.account.id ? await end(visit, request) : drawQuestion(visit, request);
    case "none":
    case "unreadable":
      return drawQuestion(visit, request);
    default:
      return unreachable(hint);
  }
}

/** Takes the person's answer. */
export async function takeEndSession(visit: Visit): Promise<Answer> {
  const request = await read(visit);
  return visit.caller.viewer === null ? leave(visit, request) : await end(visit, request);
}

/** The question's form is sent to the address that asked it, so both are read alike. */
async function read({ app, caller, address }: Visit): Promise<EndSessionRequest> {
  const provider = await providerFor({ app, request: caller.request });
  return await provider.readEndSession({ method: "GET", url: address, headers: {}, body: "" });
}

async function end(visit: Visit, request: EndSessionRequest): Promise<Answer> {
  await logOut(visit.app, visit.caller);
  return leave(visit, request);
}

function leave({ say }: Visit, { redirectTo }: EndSessionRequest): Answer {
  if (redirectTo !== null) return redirect(redirectTo);
  const content = html`<p class="done" role="status">${say.pages.loggedOut}</p>
<p><a class="button" href="/login">${say.pages.logIn}</a></p>`;
  return page({ say, title: say.pages.logOut, content });
}

function drawQuestion(visit: Visit, { redirectTo }: EndSessionRequest): Answer {
  const { say, address, formToken, caller } = visit;
  const content = html`<p>${say.pages.logOutAsked}</p>
<form method="post" action="${address}">
<input type="hidden" name="form" value="${formToken}">
<input type="hidden" name="${MEANT_ACCOUNT}" value="${viewerOf(caller).account.id}">
<button type="submit">${say.pages.logOut}</button>
</form>
<p class="aside"><a href="/account">${say.pages.toAccount}</a></p>`;
  const leadsTo = redirectTo === null ? {} : { formOrigin: policySource(redirectTo) };
  return page({ say, title: say.pages.logOut, content, ...leadsTo });
}

import type { EndSessionRequest, OAuthRefusal } from "@keyturn/oauth2";
import { html } from "ghtml";
import { viewerOf } from "../../rooms/credentials/viewer.js";
import { providerFor } from "../../rooms/oauth/provider.js";
import { logOut } from "../../rooms/sessions/end-session.js";
import { MEANT_ACCOUNT } from "./fields.js";
import { refusedAuthorization } from "./refused-authorization.js";
import { type Answer, page, redirect, type Visit } from "./visit.js";

/** Where an application sends the browser to log a person out (OpenID Connect RP-Initiated Logout, section 2). */
export const END_SESSION_ADDRESS = "/oauth2/end-session";

/** Logs out at once whom a right hint names, and asks anyone else. */
export async function showEndSession(visit: Visit): Promise<Answer> {
  const asked = await read(visit);
  if (asked.kind === "refused") return page(refusedAuthorization(visit.say, asked.refusal));
  const { viewer } = visit.caller;
  if (viewer === null) return leave(visit, asked.request);
  return asked.request.subject === viewer.account.id
    ? await end(visit, asked.request)
    : drawQuestion(visit, asked.request);
}

/** Takes the person's answer. */
export async function takeEndSession(visit: Visit): Promise<Answer> {
  const asked = await read(visit);
  if (asked.kind === "refused") return page(refusedAuthorization(visit.say, asked.refusal));
  return visit.caller.viewer === null ? leave(visit, asked.request) : await end(visit, asked.request);
}

type Asked =
  | { readonly kind: "asked"; readonly request: EndSessionRequest }
  | { readonly kind: "refused"; readonly refusal: OAuthRefusal };

/** The question's form is sent to the address that asked it, so both are read alike. */
async function read({ app, caller, address }: Visit): Promise<Asked> {
  const { OAuthRefusal: Refused } = await import("@keyturn/oauth2");
  const provider = await providerFor({ app, request: caller.request });
  try {
    const request = { method: "GET", url: address, headers: {}, body: "" };
    return { kind: "asked", request: await provider.readEndSession(request) };
  } catch (error) {
    if (error instanceof Refused) return { kind: "refused", refusal: error };
    throw error;
  }
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
  const leadsTo = redirectTo === null ? {} : { formOrigin: new URL(redirectTo).origin };
  return page({ say, title: say.pages.logOut, content, ...leadsTo });
}

import type { AuthorizationRequest } from "@keyturn/oauth2";
import type { Caller } from "../credentials/viewer.js";
import {
  type Asked,
  allowRequest,
  askOf,
  keepAuthorizationRequest,
  nextStep,
  refuseRequest,
} from "./authorize.js";
import { openRequest } from "./sealed-request.js";

/** What becomes of a request that has just come. */
export type Begun =
  /** It needed nobody: the browser goes back to the client. */
  | { readonly kind: "answered"; readonly address: string }
  /** Its person is asked. */
  | { readonly kind: "kept"; readonly id: string }
  /** Nobody is logged in. */
  | { readonly kind: "unknown" };

/**
 * Begins with a request. What can be answered without asking anyone is answered right there, by `prompt=none` in a
 * hidden frame too; what an account has to be asked is kept for it, and for nobody else anything.
 */
export async function beginAuthorization(
  caller: Pick<Caller, "app" | "request" | "viewer">,
  { request, client }: Asked,
): Promise<Begun> {
  const { app, viewer } = caller;
  const asked = { client, request: viewer === null ? request : askOf(request, viewer) };
  const step = await nextStep(app, viewer, asked);
  const address = await answerAtOnce(caller, asked, step);
  if (address !== null) return { kind: "answered", address };
  if (viewer === null) return { kind: "unknown" };
  return { kind: "kept", id: await keepAuthorizationRequest(app, { viewer, browser: null }, request) };
}

async function answerAtOnce(
  caller: Pick<Caller, "app" | "request" | "viewer">,
  asked: Asked,
  step: Awaited<ReturnType<typeof nextStep>>,
): Promise<string | null> {
  if (step.next === "refuse") return await refuseRequest(caller, asked, { ...step, isUnkept: true });
  return step.next === "grant" ? await allowRequest(caller, asked, { isUnkept: true }) : null;
}

/** Goes on with a sealed request in the browser that it was sealed for; null where it does not open there, or too late. */
export async function resumeAuthorization(
  { app, viewer, browser }: Pick<Caller, "app" | "viewer" | "browser">,
  sealed: string,
): Promise<{ request: AuthorizationRequest; id: string | null } | null> {
  const request = browser === null ? null : openRequest(app, browser, sealed);
  if (request === null) return null;
  const id = viewer === null ? null : await keepAuthorizationRequest(app, { viewer, browser }, request);
  return { request, id };
}

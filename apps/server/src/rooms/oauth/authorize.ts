import type { AuthorizationRequest, AuthorizationStep, Person } from "@keyturn/oauth2";
import type { Needs } from "../../platform/context.js";
import { isId, newId } from "../../platform/id.js";
import { recordEvent } from "../audit/record-event.js";
import { isAdminScope, usableScopes } from "../credentials/usable-scopes.js";
import { type Caller, sessionOf, type Viewer } from "../credentials/viewer.js";
import { holdSession } from "../sessions/hold-session.js";
import { isTwoFactorActive } from "../two-factor/two-factor.policy.js";
import type { AuthorizationRequestEntity } from "./authorization-request.entity.js";
import {
  addAuthorizationRequest,
  closeRequest,
  findAllowance,
  findWaitingRequest,
  requestOf,
  type WaitingRequest,
} from "./authorization-request.repository.js";
import type { OAuthClientEntity } from "./client.entity.js";
import { toProvidersClient } from "./oauth-stores.js";
import { providerFor } from "./provider.js";
import { sealRequest } from "./sealed-request.js";

/** How recent a proof must be for whatever gives an administrator's rights away, in seconds. */
const ADMIN_MAX_AGE = 900;

/** Keeps a request that an account sees, bound to it and to its browser. Returns its id. */
export async function keepAuthorizationRequest(
  needs: Needs<"db" | "vault">,
  { viewer, browser }: { viewer: Viewer; browser: string | null },
  request: AuthorizationRequest,
): Promise<string> {
  const { id, clientId, expiresAt } = request;
  const row = {
    ...{ id, clientId, request: JSON.stringify(request), accountId: viewer.account.id },
    ...{ browserHash: browser ?? browserHashOf(needs, viewer) ?? "", expiresAt, closed: false },
  };
  await needs.db.transaction((manager) => addAuthorizationRequest(manager, row));
  return id;
}

/**
 * Lets a request begin anew for whoever logs in next in this browser, as if its client had asked once more. Returns it
 * sealed; null where it was answered meanwhile.
 */
export async function restartRequest(
  { app, browser }: Pick<Caller, "app" | "browser">,
  { waiting }: Pick<WaitingRequest, "waiting">,
): Promise<string | null> {
  if (browser === null) return null;
  const isFirst = await app.db.transaction((manager) => closeRequest(manager, waiting.id));
  return isFirst ? sealRequest(app, browser, renewed(app, waiting)) : null;
}

function renewed({ now }: Needs<"now">, waiting: AuthorizationRequestEntity): AuthorizationRequest {
  const request = requestOf(waiting);
  const createdAt = now();
  return {
    ...request,
    id: newId(createdAt),
    createdAt,
    expiresAt: createdAt + request.expiresAt - request.createdAt,
  };
}

/** A session is known by itself: a browser that signed in before needs no other mark. */
function browserHashOf({ vault }: Needs<"vault">, viewer: Viewer | null): string | null {
  return viewer?.session ? vault.digest("browser", viewer.session.id) : null;
}

/**
 * Finds a request in the browser that brought it, for the account that saw it first; null where it has expired, was
 * answered, is another's, or its client may not ask it any more.
 */
export async function findAuthorizationRequest(
  needs: Needs<"db" | "now" | "vault">,
  { viewer, browser }: Pick<Caller, "viewer" | "browser">,
  id: string,
): Promise<WaitingRequest | null> {
  const found = isId(id) ? await findWaitingRequest(needs.db.read, id.toLowerCase(), needs.now()) : null;
  if (found === null) return null;
  const { browserHash, accountId } = found.waiting;
  if (browserHash !== browser && browserHash !== browserHashOf(needs, viewer)) return null;
  const { mayStillAsk } = await import("@keyturn/oauth2");
  if (!mayStillAsk(toProvidersClient(found.client), found.request)) return null;
  if (viewer === null) return found;
  return accountId === viewer.account.id ? { ...found, request: askOf(found.request, viewer) } : null;
}

/**
 * What a request asks of an account. What the account has not to give is left out: the rights of an administrator, which
 * would come to life if it ever became one (RFC 6749, section 3.3: the server may ignore a part of the scope). Whoever
 * gives such rights away, by a consent that is remembered too, has proven every factor of the account just before.
 */
export function askOf(request: AuthorizationRequest, { account, policy }: Viewer): AuthorizationRequest {
  const scopes = usableScopes({ granted: request.scopes.join(" "), client: null, role: account.role });
  if (!scopes.some(isAdminScope)) return { ...request, scopes };
  return {
    ...request,
    scopes,
    maxAge: Math.min(request.maxAge ?? ADMIN_MAX_AGE, ADMIN_MAX_AGE),
    twoFactor: request.twoFactor || isTwoFactorActive(account, policy),
  };
}

/** A request of a client, kept or not. */
export interface Asked {
  readonly request: AuthorizationRequest;
  readonly client: Pick<OAuthClientEntity, "id" | "secretHash">;
}

/** Judges what comes next with a request. */
export async function nextStep(
  needs: Needs<"db" | "now">,
  viewer: Viewer | null,
  { request, client }: Asked,
): Promise<AuthorizationStep> {
  const { judgeAuthorization } = await import("@keyturn/oauth2");
  if (viewer === null) return judgeAuthorization(request, null, needs.now());
  if (request.scopes.length === 0) return { next: "refuse", ...NOTHING_TO_GIVE };
  return judgeAuthorization(request, await personOf(needs, viewer, client), needs.now());
}

async function personOf(
  { db }: Needs<"db">,
  viewer: Viewer,
  { id, secretHash }: Asked["client"],
): Promise<Person> {
  const { account, policy, authenticatedAt, methods, assurance } = viewer;
  const { mayUse, scopes } = await findAllowance(db.read, id, account.id);
  return {
    ...{ subject: account.id, mayUse, hasSecondFactor: isTwoFactorActive(account, policy) },
    authentication: { at: authenticatedAt, methods, twoFactor: assurance === "TWO_FACTOR" },
    rememberedScopes: secretHash === null ? null : scopes,
  };
}

/** Allows a request, once, and returns the address to which the browser goes with the code. */
export async function allowRequest(
  caller: Pick<Caller, "app" | "request" | "viewer">,
  { request, client }: Asked,
  { isUnkept = false }: { isUnkept?: boolean } = {},
): Promise<string | null> {
  const { app } = caller;
  const person = await personOf(app, sessionOf(caller), client);
  const provider = await providerFor({
    ...{ app, request: caller.request, isUnkept },
    holdPerson: (manager) => holdSession(manager, caller),
  });
  const given = await provider.grantAuthorization({ request, person });
  return given.kind === "answer" ? locationOf(given.answer) : null;
}

/** Answers a request with an error, once, and returns the address to which the browser goes with it. */
export async function refuseRequest(
  caller: Pick<Caller, "app" | "request" | "viewer">,
  { request }: Pick<Asked, "request">,
  refusal: AuthorizationRefusal & { readonly isUnkept?: boolean },
): Promise<string | null> {
  const { app, viewer } = caller;
  const isFirst = await app.db.transaction(async (manager) => {
    const closed = refusal.isUnkept === true || (await closeRequest(manager, request.id));
    if (closed && viewer !== null) {
      const details = { client: request.clientId, error: refusal.error };
      const people = { actor: viewer.account, subject: viewer.account, credential: viewer.credential };
      const event = { action: "application.denied", failed: true, ...people, details } as const;
      await recordEvent(manager, { ...caller, now: app.now() }, event);
    }
    return closed;
  });
  if (!isFirst) return null;
  const provider = await providerFor(caller);
  return locationOf(provider.refuseAuthorization(request, refusal));
}

type AuthorizationRefusal = Omit<Extract<AuthorizationStep, { next: "refuse" }>, "next">;

/** What a person is told to have refused. */
export const DENIED = { error: "access_denied", description: "The person did not allow it." } as const;

/** What is answered where a person has nothing of what is asked for. */
const NOTHING_TO_GIVE = {
  error: "access_denied",
  description: "The account is not an administrator.",
} as const;

/** What a person who has no second factor, and is asked for one, tells by going back. */
export const UNMET = {
  error: "unmet_authentication_requirements",
  description: "The account has no second factor.",
} as const;

function locationOf({ headers }: { headers: Readonly<Record<string, string>> }): string {
  const { location } = headers;
  if (location === undefined) throw new Error("the provider answered without an address");
  return location;
}

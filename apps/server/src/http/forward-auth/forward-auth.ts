import { type IncomingMessage, METHODS } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../../platform/context.js";
import { type Caller, localeOf, type Viewer, viewerOf } from "../../rooms/credentials/viewer.js";
import { authenticate } from "../credentials/authenticate.js";
import { readCredential, type SentCredential } from "../credentials/read-credential.js";
import { sessionCookieName } from "../credentials/session-cookie.js";
import { noteRefusal } from "../note-refusal.js";
import { refusalOf } from "../present-error.js";
import { factsOf } from "../request-facts.js";
import type { ProxyTrust } from "../trusted-proxies.js";
import { letPass, refuse } from "./answer.js";
import { judgeCookie } from "./cookie.policy.js";
import { judgeRequirements } from "./judge-requirements.policy.js";
import { type RequirementSources, type Requirements, readRequirements } from "./requirements.policy.js";

const ADDRESS = "/forward-auth";

/** Adds `/forward-auth` and all below it, by every method: may this request pass? No body is ever read. */
export function addForwardAuth(server: FastifyInstance, app: Context, trusts: ProxyTrust): void {
  const known = new Set(server.supportedMethods);
  for (const method of METHODS)
    if (method !== "CONNECT" && !known.has(method)) server.addHttpMethod(method, { hasBody: true });
  // Answered before a body is looked at, whatever it is.
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const peer = trusts(request.raw.socket.remoteAddress) ? "trusted" : "untrusted";
    const asking = askingOf(app, request, peer);
    try {
      letPass(reply, await admit(asking));
    } catch (error) {
      refuseFor(error, asking, reply);
    }
    return reply;
  };
  const handler = (): never => {
    throw new Error("a request passed by its own answer");
  };
  const method = server.supportedMethods;
  for (const url of [ADDRESS, `${ADDRESS}/*`])
    server.route({ method, url, exposeHeadRoute: false, onRequest, handler });
}

/** Takes what is below the address, a client's own path, off before the router reads it: it need not even be UTF-8. */
export function withoutClientPath({ url = "/" }: Pick<IncomingMessage, "url">): string {
  return url.replace(/^\/forward-auth\/[^?]*/, `${ADDRESS}/`);
}

/** One request to the address; the viewer is known once the credential was checked. */
interface Asking extends Pick<Caller, "app" | "request"> {
  viewer: Viewer | null;
  readonly raw: FastifyRequest["raw"];
  readonly place: RequirementSources["place"];
  readonly peer: RequirementSources["peer"];
  readonly sent: SentCredential | null;
}

function askingOf(app: Context, request: FastifyRequest, peer: Asking["peer"]): Asking {
  const { raw } = request;
  return {
    ...{ app, request: factsOf(request), viewer: null, raw, peer },
    place: request.routeOptions.url === ADDRESS ? "at the address" : "below it",
    sent: readCredential(raw.headersDistinct, sessionCookieName(app.config.publicUrl)),
  };
}

/** The one way to a pass. What is required is read first: where it cannot be, nothing is compared. */
async function admit(asking: Asking): Promise<Viewer> {
  const requirements = requirementsOf(asking);
  asking.viewer = await authenticated(asking);
  const refusal = judgeRequirements(requirements, asking.viewer, asking.app.now());
  if (refusal !== null) throw refusal;
  return viewerOf(asking);
}

function requirementsOf({ raw, place, peer }: Asking): Requirements {
  const [, query] = (raw.url ?? "").split(/\?(.*)/s);
  const header = raw.headersDistinct["x-keyturn-require"];
  return readRequirements({ place, peer, query: new URLSearchParams(query), header });
}

async function authenticated({ app, request, raw, peer, sent }: Asking): Promise<Viewer | null> {
  if (sent === null) return null;
  if (sent.carrier === "cookie") {
    const { headersDistinct: headers, method = "" } = raw;
    const refusal = judgeCookie({ headers, method, peer, publicUrl: app.config.publicUrl });
    if (refusal !== null) throw refusal;
  }
  return await authenticate(app, request, sent);
}

function refuseFor(error: unknown, asking: Asking, reply: FastifyReply): void {
  const { app, request, sent, raw } = asking;
  const { id } = request;
  const refusal = refusalOf(error, { requestId: id, log: app.log });
  noteRefusal(asking, [refusal]);
  if (refusal.code === "BAD_USER_INPUT")
    app.log.warn({ requestId: id, ...refusal.details }, "a gateway asks for what is not understood");
  refuse(reply, refusal, { id, headers: raw.headersDistinct, sent, locale: localeOf(asking) });
}

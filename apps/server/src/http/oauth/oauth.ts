import type {
  AuthorizationRequest,
  OAuthAnswer,
  OAuthProvider,
  OAuthRefusal,
  OAuthRequest,
} from "@keyturn/oauth2";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../../platform/context.js";
import { unreachable } from "../../platform/problem.js";
import { words } from "../../platform/words/index.js";
import { recordEvent } from "../../rooms/audit/record-event.js";
import { beginAuthorization } from "../../rooms/oauth/begin-authorization.js";
import { providerFor } from "../../rooms/oauth/provider.js";
import { sealRequest } from "../../rooms/oauth/sealed-request.js";
import { openToOrigins } from "../cors.js";
import { findSignedIn } from "../credentials/signed-in.js";
import { resumeAddress, toLogin } from "../pages/consent.js";
import { knownBrowser } from "../pages/form-token.js";
import { LONGEST_ADDRESS } from "../pages/next-path.js";
import { answerFaultsByPages, sendPage } from "../pages/pages.js";
import { refusedAuthorization } from "../pages/refused-authorization.js";
import { factsOf } from "../request-facts.js";

interface Endpoint {
  readonly url: string;
  readonly methods: readonly ("GET" | "HEAD" | "POST")[];
  readonly answer: (provider: OAuthProvider, request: OAuthRequest) => OAuthAnswer | Promise<OAuthAnswer>;
  /** Whether it authenticates a client: a secret can be guessed at. */
  readonly takesSecrets?: true;
}

const AUTHORIZE = "/oauth2/authorize";

/** GET at an endpoint that takes POST alone is answered in its RFC's words. */
const ENDPOINTS: readonly Endpoint[] = [
  ...(["token", "introspect", "revoke"] as const).map(
    (name): Endpoint => ({
      ...{ url: `/oauth2/${name}`, methods: ["GET", "POST"], takesSecrets: true },
      answer: (provider, request) => provider[name](request),
    }),
  ),
  {
    url: "/oauth2/userinfo",
    methods: ["GET", "HEAD", "POST"],
    answer: (provider, request) => provider.userinfo(request),
  },
  { url: "/oauth2/jwks", methods: ["GET", "HEAD"], answer: (provider) => provider.jwks() },
  {
    ...{ url: "/.well-known/oauth-authorization-server", methods: ["GET", "HEAD"] },
    answer: (provider) => provider.authorizationServerMetadata(),
  },
  {
    ...{ url: "/.well-known/openid-configuration", methods: ["GET", "HEAD"] },
    answer: (provider) => provider.openIdConfiguration(),
  },
];

/** Adds OAuth's endpoints. Bodies are read as they come: what is no form is refused in the RFC's words. */
export async function addOAuth(server: FastifyInstance, app: Context): Promise<void> {
  for (const endpoint of ENDPOINTS) {
    const { url, methods } = endpoint;
    await server.register(
      (scope, _options, done) => {
        readBodiesAsText(scope);
        openToOrigins(scope, { address: url, origins: app.config.allowedOrigins });
        scope.route({
          ...{ method: [...methods], url: "", exposeHeadRoute: false },
          handler: (request, reply) => serve(app, endpoint, { request, reply }),
        });
        done();
      },
      { prefix: url },
    );
  }
  await server.register((scope, _options, done) => {
    readBodiesAsText(scope);
    answerFaultsByPages(scope, app);
    scope.route({
      ...{ method: ["GET", "HEAD", "POST"], url: AUTHORIZE, exposeHeadRoute: false },
      handler: (request, reply) => authorize(app, request, reply),
    });
    done();
  });
}

function readBodiesAsText(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function serve(
  app: Context,
  { answer, takesSecrets }: Endpoint,
  exchange: Exchange,
): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const facts = factsOf(request);
  const wait = takesSecrets ? await app.throttle.retryAfterSeconds(facts.ipAddress) : null;
  if (wait !== null) return tooMany(reply, wait);
  let refused: string | null = null;
  const onRefusedClient = (id: string): void => {
    refused = id;
  };
  const provider = await providerFor({ app, request: facts, onRefusedClient });
  const given = await answer(provider, plainRequest(request));
  if (takesSecrets && given.status === 401) noteRefusedClient(app, request, refused);
  return reply.status(given.status).headers(given.headers).send(given.body);
}

function tooMany(reply: FastifyReply, seconds: number): FastifyReply {
  const body = {
    error: "temporarily_unavailable",
    error_description: "Too many wrong secrets. Try again later.",
  };
  return reply.status(429).header("retry-after", seconds).send(body);
}

/** A wrong secret counts against its address, like any other wrong credential. The client is named where there is one. */
function noteRefusedClient(app: Context, request: FastifyRequest, client: string | null): void {
  const facts = factsOf(request);
  app.throttle.fail(facts.ipAddress);
  const details = client === null ? {} : { client };
  const event = { action: "oauth-client.refused", failed: true, details } as const;
  app.later(() =>
    app.db.transaction((manager) => recordEvent(manager, { request: facts, now: app.now() }, event)),
  );
}

function plainRequest(request: FastifyRequest): OAuthRequest {
  const headers: Record<string, string | undefined> = {};
  for (const [name, values] of Object.entries(request.raw.headersDistinct))
    headers[name] = values?.join(", ");
  const body = typeof request.body === "string" ? request.body : "";
  // A HEAD is answered as the GET would be; its body stays here (RFC 9110, section 9.3.2).
  const method = request.method === "HEAD" ? "GET" : request.method;
  return { method, url: request.url, headers, body };
}

/** Takes a client's request; its person is asked on a page of its own, which logs them in first where needed. */
async function authorize(app: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const facts = factsOf(request);
  const say = words(facts.locale);
  const refuse = (refusal: OAuthRefusal): FastifyReply =>
    sendPage(app, reply, refusedAuthorization(say, refusal));
  const provider = await providerFor({ app, request: facts });
  const outcome = await provider.readAuthorization(plainRequest(request));
  if (outcome.kind === "page") return refuse(outcome.refusal);
  if (outcome.kind === "answer") return reply.status(303).headers(outcome.answer.headers).send("");
  if (request.method === "POST") return await sendRound(request, reply, refuse);
  const caller = { app, request: facts, viewer: await findSignedIn(app, request) };
  const { id, secretDigest: secretHash } = outcome.client;
  const begun = await beginAuthorization(caller, { request: outcome.request, client: { id, secretHash } });
  switch (begun.kind) {
    case "answered":
      return reply.header("pragma", "no-cache").redirect(begun.address, 303);
    case "kept":
      return reply.redirect(`/consent/${begun.id}`, 303);
    case "unknown":
      return await seal(app, outcome.request, { request, reply, provider });
    default:
      return unreachable(begun);
  }
}

/**
 * Sends a form round as an address. Browsers leave our cookies out of a form of another site's: answered as it came, it
 * would find nobody logged in, and write over the mark of the browser.
 */
async function sendRound(
  request: FastifyRequest,
  reply: FastifyReply,
  refuse: (refusal: OAuthRefusal) => FastifyReply,
): Promise<FastifyReply> {
  const address = `${AUTHORIZE}?${new URLSearchParams(plainRequest(request).body)}`;
  if (address.length <= LONGEST_ADDRESS) return reply.redirect(address, 303);
  const { OAuthRefusal: Refused } = await import("@keyturn/oauth2");
  return refuse(new Refused("invalid_request", TOO_LONG));
}

const TOO_LONG = "Send less: the next address would be longer than proxies take.";

/** Nothing is kept for whom nobody knows: the request travels with its browser until an account sees it. */
async function seal(
  app: Context,
  asked: AuthorizationRequest,
  { request, reply, provider }: Exchange & { readonly provider: OAuthProvider },
): Promise<FastifyReply> {
  const sealed = sealRequest(app, knownBrowser(app, request, reply), asked);
  const address = resumeAddress(sealed);
  if (toLogin(address, asked).length <= LONGEST_ADDRESS) return reply.redirect(address, 303);
  const refusal = { error: "invalid_request", description: TOO_LONG } as const;
  return reply.status(303).headers(provider.refuseAuthorization(asked, refusal).headers).send("");
}

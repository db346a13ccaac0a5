import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyPluginCallback,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Context } from "../platform/context.js";
import { newId } from "../platform/id.js";
import type { LoggedRequest } from "../platform/log.js";
import { words } from "../platform/words/index.js";
import { answer, type Exchange, stamp } from "./answer.js";
import { answerUnreadable } from "./answer-unreadable.js";
import { openToOrigins } from "./cors.js";
import { readCredential } from "./credentials/read-credential.js";
import { readMeantAccount } from "./credentials/refuse-other-account.js";
import { sessionCookieName, sessionCookies } from "./credentials/session-cookie.js";
import { drainOnClose } from "./drain-on-close.js";
import { addForwardAuth } from "./forward-auth/forward-auth.js";
import { createApollo, type GraphQLCaller } from "./graphql.js";
import { addHealth } from "./health.js";
import { addOAuth } from "./oauth/oauth.js";
import { browserOf } from "./pages/form-token.js";
import { notFound } from "./pages/not-found.js";
import { addPages, sendPage } from "./pages/pages.js";
import { addPlayground } from "./playground.js";
import { refuseEncoded } from "./refuse-encoded.js";
import { factsOf } from "./request-facts.js";
import { rewriteAddress } from "./rewrite-address.js";
import { createProxyTrust } from "./trusted-proxies.js";

const BODY_LIMIT = 102_400;
/** How long a request, and its headers alone, may take to come, and how often that is looked at, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;
const HEADERS_TIMEOUT = 10_000;
const CHECKING_INTERVAL = 2_000;
const GRAPHQL = "/graphql";
const PAGE_METHODS = "GET, HEAD, POST";
const METHODS: Readonly<Record<string, string>> = {
  [GRAPHQL]: PAGE_METHODS,
  "/livez": "GET, HEAD",
  "/readyz": "GET, HEAD",
  "/": "GET, HEAD",
  "/playground": "GET, HEAD",
  "/login": PAGE_METHODS,
  "/step-up": PAGE_METHODS,
  "/oauth2/end-session": PAGE_METHODS,
  "/oauth2/authorize": PAGE_METHODS,
  "/oauth2/token": "POST",
  "/oauth2/introspect": "POST",
  "/oauth2/revoke": "POST",
  "/oauth2/userinfo": PAGE_METHODS,
  "/oauth2/jwks": "GET, HEAD",
  "/.well-known/oauth-authorization-server": "GET, HEAD",
  "/.well-known/openid-configuration": "GET, HEAD",
  "/.well-known/change-password": "GET, HEAD",
  "/reset-password": PAGE_METHODS,
  "/consent": PAGE_METHODS,
};

/** Opens the door: GraphQL and health on one Fastify server that does not listen yet. */
export async function openDoor(app: Context, schema: GraphQLSchema): Promise<FastifyInstance> {
  const trusts = createProxyTrust(app.config.trustedProxies);
  const server = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    http: { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: CHECKING_INTERVAL },
    trustProxy: app.config.trustedProxies.length === 0 ? false : trusts,
    genReqId: () => newId(Date.now()),
    rewriteUrl: rewriteAddress,
    frameworkErrors: (error, request, reply) =>
      void answerError(error, { app, request, reply: reply as FastifyReply }),
    clientErrorHandler: (error, socket) => answerUnreadable(app.config.publicUrl, error, socket),
    return503OnClosing: false,
  });
  parseJsonAlone(server);
  drainOnClose(server);
  logRequests(server, app);
  server.setErrorHandler((error: FastifyError, request, reply) =>
    answerError(error, { app, request, reply }),
  );
  server.setNotFoundHandler((request, reply) => answerUnknown({ app, request, reply }));
  refuseUnknownUnread(server, app);
  refuseEncoded(server, app);
  addHealth(server, app);
  addForwardAuth(server, app, trusts);
  await addGraphQL(server, app, schema);
  await addOAuth(server, app);
  await addPages(server, app);
  await addPlayground(server, app);
  return server;
}

async function addGraphQL(server: FastifyInstance, app: Context, schema: GraphQLSchema): Promise<void> {
  const apollo: ApolloServer<GraphQLCaller> = createApollo(schema);
  await apollo.start();
  server.addHook("onClose", () => apollo.stop());
  const cookieName = sessionCookieName(app.config.publicUrl);
  const handler = fastifyApolloHandler(apollo, {
    context: async (request, reply): Promise<GraphQLCaller> => ({
      app,
      request: factsOf(request),
      viewer: null,
      cookies: sessionCookies(request, reply, app.config.publicUrl),
      browser: browserOf(app, request),
      sent: readCredential(request.raw.headersDistinct, cookieName),
      meant: readMeantAccount(request.raw.headersDistinct),
    }),
  });
  // Apollo has rules of its own for what a cache may keep.
  const onSend = async (_request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.header("cache-control", "no-store");
  };
  // Apollo knows no HEAD. Node leaves the body out by the method that came.
  const preHandler = async ({ method, raw }: FastifyRequest): Promise<void> => {
    if (method === "HEAD") raw.method = "GET";
  };
  const open: FastifyPluginCallback = (scope, _options, done) => {
    openToOrigins(scope, { address: GRAPHQL, origins: app.config.allowedOrigins });
    const method = ["GET", "HEAD", "POST"];
    scope.route({ method, url: "", exposeHeadRoute: false, preHandler, handler, onSend });
    done();
  };
  await server.register(open, { prefix: GRAPHQL });
}

function parseJsonAlone(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  const parser = server.getDefaultJsonParser("error", "error");
  server.addContentTypeParser("application/json", { parseAs: "string" }, parser);
}

/** One line a request, with its id; every answer carries the id, and none is kept by a cache. */
function logRequests(server: FastifyInstance, app: Context): void {
  server.addHook("onRequest", async (request, reply) => {
    stamp({ app, request, reply });
  });
  server.addHook("onResponse", async (request, reply) => {
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    app.log.info({ requestId: request.id, req: describe(request), res: reply, milliseconds }, "request");
  });
}

/** The pattern of the route that took it, and not its address: that can hold the token of a mailed link. */
function describe(request: FastifyRequest): LoggedRequest {
  const route = request.is404 ? null : (request.routeOptions.url ?? null);
  return { method: request.method, route, ip: factsOf(request).ipAddress };
}

/** What no route takes is answered before its body is read, and whatever that is. */
function refuseUnknownUnread(server: FastifyInstance, app: Context): void {
  server.addHook("onRequest", async (request, reply) => {
    if (!request.is404) return undefined;
    answerUnknown({ app, request, reply });
    return reply;
  });
}

const ERRORS: Readonly<Record<number, { code: string; message: string }>> = {
  413: { code: "BODY_TOO_LARGE", message: "The body is too large: at most 100 kB are read." },
  414: { code: "ADDRESS_TOO_LONG", message: "The address is too long." },
  415: { code: "UNSUPPORTED_MEDIA_TYPE", message: "Send the body as application/json." },
  400: { code: "BAD_USER_INPUT", message: "The request is not well formed: expected one JSON object." },
};

function answerError(error: FastifyError, exchange: Exchange): void {
  const { app, request } = exchange;
  const known = ERRORS[error.statusCode ?? 500];
  if (known === undefined) app.log.error({ err: error, requestId: request.id }, "a fault");
  const status = known === undefined ? 500 : (error.statusCode ?? 500);
  answer(
    exchange,
    status,
    known ?? { code: "INTERNAL", message: `Something went wrong on the server. Request id: ${request.id}` },
  );
}

function answerUnknown(exchange: Exchange): void {
  const { app, request, reply } = exchange;
  const allowed = methodsAt(request.url.split("?")[0] ?? "");
  if (allowed !== undefined) {
    reply.header("allow", allowed);
    answer(exchange, 405, { code: "METHOD_NOT_ALLOWED", message: `Use ${allowed}.` });
  } else if (isLookedAt(request)) {
    stamp(exchange);
    sendPage(app, reply, notFound(words(factsOf(request).locale)));
  } else {
    answer(exchange, 404, { code: "NOT_FOUND", message: nothingAt(request.url) });
  }
}

/** An issuer that was written with a slash at its end makes two of them. */
function nothingAt(url: string): string {
  return url.startsWith("//")
    ? "There is nothing at this address: it begins with two slashes. Write the issuer without a slash at its end."
    : "There is nothing at this address.";
}

/** Whether a person in a browser asks, and no program. */
function isLookedAt({ method, headers }: FastifyRequest): boolean {
  return ["GET", "HEAD"].includes(method) && /\btext[/]html\b/.test(headers.accept ?? "");
}

function methodsAt(path: string): string | undefined {
  return (
    METHODS[path] ??
    (/^[/](reset-password|confirm-email|consent)[/][^/]+$/.test(path) ? PAGE_METHODS : undefined) ??
    (/^[/](account|admin)([/]|$)/.test(path) ? "GET, HEAD" : undefined)
  );
}

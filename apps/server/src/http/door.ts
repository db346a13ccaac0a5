import type { Socket } from "node:net";
import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Context, RequestFacts } from "../platform/context.js";
import { newId } from "../platform/id.js";
import { negotiateLocale } from "../platform/locale.js";
import { answerUnreadable } from "./answer-unreadable.js";
import { readCredential } from "./credentials/read-credential.js";
import { sessionCookieName, sessionCookies } from "./credentials/session-cookie.js";
import { createApollo, type GraphQLCaller } from "./graphql.js";
import { addHealth } from "./health.js";

const BODY_LIMIT = 102_400;
const METHODS: Readonly<Record<string, string>> = {
  "/graphql": "GET, POST",
  "/livez": "GET, HEAD",
  "/readyz": "GET, HEAD",
};

/** Opens the door: GraphQL and health on one Fastify server that does not listen yet. */
export async function openDoor(app: Context, schema: GraphQLSchema): Promise<FastifyInstance> {
  const server = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    trustProxy: app.config.trustedProxies.length === 0 ? false : [...app.config.trustedProxies],
    genReqId: () => newId(Date.now()),
    frameworkErrors: (error, request, reply) =>
      void answerError(app, error, { request, reply: reply as FastifyReply }),
    clientErrorHandler: answerUnreadable,
    return503OnClosing: false,
  });
  parseJsonAlone(server);
  drainOnClose(server);
  logRequests(server, app);
  server.setErrorHandler((error: FastifyError, request, reply) =>
    answerError(app, error, { request, reply }),
  );
  server.setNotFoundHandler(answerUnknown);
  refuseUnknownUnread(server);
  addHealth(server, app);
  await addGraphQL(server, app, schema);
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
      sent: readCredential(request.raw.headersDistinct, cookieName),
    }),
  });
  // Apollo has rules of its own for what a cache may keep.
  const onSend = async (_request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.header("cache-control", "no-store");
  };
  server.route({ method: ["GET", "POST"], url: "/graphql", exposeHeadRoute: false, handler, onSend });
}

/** What is known of a request before anyone is known to have sent it. */
function factsOf(request: FastifyRequest): RequestFacts {
  return {
    id: request.id,
    ipAddress: request.ip,
    userAgent: request.headers["user-agent"]?.slice(0, 500) ?? null,
    // Most answers have no words: it is worked out where one has.
    get locale() {
      return negotiateLocale(request.headers["accept-language"]);
    },
  };
}

function parseJsonAlone(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  const parser = server.getDefaultJsonParser("error", "error");
  server.addContentTypeParser("application/json", { parseAs: "string" }, parser);
}

/** Without this a client that keeps its connection alive, or has sent nothing over it yet, holds the stop. */
function drainOnClose(server: FastifyInstance): void {
  let closing = false;
  const connections = new Set<Socket>();
  server.server.on("connection", (socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  server.addHook("preClose", async () => {
    closing = true;
    // Node takes one that is new for one that is busy.
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  });
  server.addHook("onSend", async (_request, reply) => {
    if (closing) reply.header("connection", "close");
  });
}

/** One line a request, with its id; every answer carries the id, and none is kept by a cache. */
function logRequests(server: FastifyInstance, { log }: Context): void {
  server.addHook("onRequest", async (request, reply) => {
    stamp({ request, reply });
  });
  server.addHook("onResponse", async (request, reply) => {
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    log.info({ requestId: request.id, req: request, res: reply, milliseconds }, "request");
  });
}

/** What no route takes is answered before its body is read, and whatever that is. */
function refuseUnknownUnread(server: FastifyInstance): void {
  server.addHook("onRequest", async (request, reply) => {
    if (!request.is404) return undefined;
    answerUnknown(request, reply);
    return reply;
  });
}

function stamp({ request, reply }: Exchange): void {
  reply.header("x-request-id", request.id);
  reply.header("cache-control", "no-store");
  reply.header("x-content-type-options", "nosniff");
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const ERRORS: Readonly<Record<number, { code: string; message: string }>> = {
  413: { code: "BODY_TOO_LARGE", message: "The body is too large: at most 100 kB are read." },
  415: { code: "UNSUPPORTED_MEDIA_TYPE", message: "Send the body as application/json." },
  400: { code: "BAD_USER_INPUT", message: "The request is not well formed: expected one JSON object." },
};

function answerError(app: Context, error: FastifyError, { request, reply }: Exchange): void {
  const known = ERRORS[error.statusCode ?? 500];
  if (known === undefined) app.log.error({ err: error, requestId: request.id }, "a fault");
  const status = known === undefined ? 500 : (error.statusCode ?? 500);
  answer(
    { request, reply },
    status,
    known ?? { code: "INTERNAL", message: `Something went wrong on the server. Request id: ${request.id}` },
  );
}

function answerUnknown(request: FastifyRequest, reply: FastifyReply): void {
  const allowed = METHODS[request.url.split("?")[0] ?? ""];
  if (allowed === undefined) {
    answer({ request, reply }, 404, { code: "NOT_FOUND", message: "There is nothing at this address." });
    return;
  }
  reply.header("allow", allowed);
  answer({ request, reply }, 405, { code: "METHOD_NOT_ALLOWED", message: `Use ${allowed}.` });
}

/** Outside GraphQL an error is its message and its code; at GraphQL's address its clients find it under `errors` too. */
function answer(
  { request, reply }: Exchange,
  status: number,
  { code, message }: { code: string; message: string },
): void {
  // An address that cannot be read never passes the hooks.
  stamp({ request, reply });
  const errors = request.url.startsWith("/graphql") ? { errors: [{ message, extensions: { code } }] } : {};
  reply
    .status(status)
    .header("content-type", "application/json; charset=utf-8")
    .send(JSON.stringify({ message, code, ...errors }));
}

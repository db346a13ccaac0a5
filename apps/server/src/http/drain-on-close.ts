import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** How long a stop waits for the rest of a body that has only half arrived, in milliseconds. */
const PATIENCE = 3_000;

/**
 * Lets a stop wait for requests, and for nothing else: without this a client holds it that keeps its connection alive,
 * has sent nothing over it yet, or has stopped in the middle of a request.
 */
export function drainOnClose(server: FastifyInstance): void {
  let closing = false;
  const connections = new Set<Socket>();
  const requests = new Map<Socket, IncomingMessage>();
  server.server.on("connection", (socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  server.server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    requests.set(socket, request);
    response.once("close", () => {
      if (requests.get(socket) === request) requests.delete(socket);
    });
  });
  server.addHook("preClose", async () => {
    closing = true;
    // Node takes one that is new, or whose headers have only half arrived, for one that is busy.
    for (const socket of connections) if (!requests.has(socket)) socket.destroy();
    const hangUp = (): void => {
      for (const [socket, { complete }] of requests) if (!complete) socket.destroy();
    };
    const late = setTimeout(hangUp, PATIENCE);
    server.server.once("close", () => clearTimeout(late));
  });
  server.addHook("onSend", async (_request, reply) => {
    if (closing) reply.header("connection", "close");
  });
}

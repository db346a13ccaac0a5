import type { FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../platform/context.js";
import { securityHeaders } from "./security-headers.js";

/** A request and what answers it. */
export interface Exchange {
  readonly app: Context;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What every answer carries: an id, no leave for caches to keep it, and the headers of security. */
export function stamp({ app, request, reply }: Exchange): void {
  reply.header("x-request-id", request.id);
  reply.header("cache-control", "no-store");
  reply.headers(securityHeaders(app.config.publicUrl));
}

/** Outside GraphQL an error is its message and its code; at GraphQL's address its clients find it under `errors` too. */
export function answer(
  exchange: Exchange,
  status: number,
  { code, message }: { code: string; message: string },
): void {
  const { request, reply } = exchange;
  // An address that cannot be read never passes the hooks.
  stamp(exchange);
  const errors = request.url.startsWith("/graphql") ? { errors: [{ message, extensions: { code } }] } : {};
  reply
    .status(status)
    .header("content-type", "application/json; charset=utf-8")
    .send(JSON.stringify({ message, code, ...errors }));
}

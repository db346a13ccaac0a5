import cors, { type FastifyCorsOptions } from "@fastify/cors";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** What pages of other origins may send, and read of an answer, beside what every page may. */
const SENT = [
  ...["Content-Type", "Authorization", "X-Cybozu-Authorization", "X-Cybozu-API-Token"],
  ...["X-Requested-With", "Apollo-Require-Preflight"],
  // What Apollo Client and tracers (W3C Trace Context) add to every request.
  ...["apollographql-client-name", "apollographql-client-version", "traceparent"],
];
const READ = ["X-Request-Id", "WWW-Authenticate", "Retry-After"];
/** How long a browser remembers a preflight's answer, in seconds. */
const REMEMBERED = 600;

/** Lets pages of the configured origins call one address from a browser: with a token of theirs, never with cookies. */
export function openToOrigins(
  scope: FastifyInstance,
  { address, origins }: { address: string; origins: readonly string[] },
): void {
  if (origins.length === 0) return;
  const open: FastifyCorsOptions = {
    origin: [...origins],
    credentials: false,
    methods: ["GET", "POST"],
    allowedHeaders: SENT,
    exposedHeaders: READ,
    maxAge: REMEMBERED,
    strictPreflight: false,
  };
  // The plugin takes preflights of every address that begins like this one: those are left to be unknown.
  void scope.register(cors, {
    delegator: async ({ url }: FastifyRequest) => (url.split("?")[0] === address ? open : { origin: false }),
  });
}

import type { FastifyInstance } from "fastify";
import type { Context } from "../platform/context.js";
import { answer } from "./answer.js";

const ENCODED = {
  code: "UNSUPPORTED_MEDIA_TYPE",
  message: "Send the body as it is, without Content-Encoding.",
};

/**
 * Refuses compressed bodies: one could hold far more than the limit of a body. Says what would be accepted (RFC 9110,
 * section 15.5.16).
 */
export function refuseEncoded(server: FastifyInstance, app: Context): void {
  server.addHook("preParsing", async (request, reply) => {
    const encoding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "";
    if (["", "identity"].includes(encoding)) return;
    reply.header("accept-encoding", "identity");
    answer({ app, request, reply }, 415, ENCODED);
  });
}

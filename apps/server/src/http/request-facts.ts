import type { FastifyRequest } from "fastify";
import type { RequestFacts } from "../platform/context.js";
import { readIpAddress } from "../platform/ip-address.js";
import { negotiateLocale } from "../platform/locale.js";

/** What is known of a request before anyone is known to have sent it. */
export function factsOf(request: FastifyRequest): RequestFacts {
  return {
    id: request.id,
    ipAddress: addressOf(request),
    userAgent: request.headers["user-agent"]?.slice(0, 500) ?? null,
    // Most answers have no words: it is worked out where one has.
    get locale() {
      return negotiateLocale(request.headers["accept-language"]);
    },
  };
}

/** The client's address as a trusted proxy tells it; where it tells none, the connection's own. */
function addressOf({ ip, raw }: FastifyRequest): string {
  return readIpAddress(ip) ?? raw.socket.remoteAddress ?? ip;
}

import { serialize } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { SessionCookies } from "../../rooms/credentials/viewer.js";
import { cookieName } from "./cookie-name.js";
import { readSessionCookie } from "./read-credential.js";

/** The name of the session's cookie. */
export function sessionCookieName(publicUrl: URL): string {
  return cookieName(publicUrl, "session");
}

/** The session's cookie of one request and its answer. */
export function sessionCookies(request: FastifyRequest, reply: FastifyReply, publicUrl: URL): SessionCookies {
  const name = sessionCookieName(publicUrl);
  const attributes = {
    httpOnly: true,
    secure: publicUrl.protocol === "https:",
    sameSite: "lax",
    path: "/",
  } as const;
  return {
    received: readSessionCookie(request.raw.headersDistinct, name),
    set: (token) => void reply.header("set-cookie", serialize(name, token, attributes)),
    clear: () => void reply.header("set-cookie", serialize(name, "", { ...attributes, maxAge: 0 })),
  };
}

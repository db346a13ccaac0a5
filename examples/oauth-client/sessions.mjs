import { randomBytes } from "node:crypto";
import { address } from "./settings.mjs";

/** What this process remembers of a browser for a while. The browser has a random key to it in a cookie, and no more. */
export function createMemory(name, seconds) {
  const remembered = new Map();
  // Lax: another site's form comes without the cookie, and Keyturn's way back with it.
  const options = { path: "/", httpOnly: true, sameSite: "lax", secure: address.startsWith("https:") };
  return {
    find: (request) => remembered.get(request.cookies[name]),
    keep: (reply, value) => {
      const key = randomBytes(32).toString("base64url");
      remembered.set(key, value);
      setTimeout(() => remembered.delete(key), seconds * 1000).unref();
      reply.setCookie(name, key, { ...options, maxAge: seconds });
    },
    forget: (request, reply) => {
      // What was not found here is left alone: the browser may hold a newer one than it sent.
      if (remembered.delete(request.cookies[name])) reply.clearCookie(name, options);
    },
  };
}

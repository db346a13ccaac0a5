import { randomBytes, timingSafeEqual } from "node:crypto";
import { parse, serialize } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../../platform/context.js";
import { cookieName } from "../credentials/cookie-name.js";

/** The name of the cookie that binds forms to a browser. */
function formCookieName(publicUrl: URL): string {
  return cookieName(publicUrl, "form");
}

/**
 * The token for a form of this browser: a digest of the value in its cookie, which is drawn where there is none. A form
 * of another site's comes without the cookie that the browser holds, so that none is written over it: the token is empty.
 */
export function formTokenFor(app: Context, request: FastifyRequest, reply: FastifyReply): string {
  const value = cookieValue(app, request) ?? (request.method === "POST" ? null : drawCookie(app, reply));
  return value === null ? "" : app.vault.digest("form", value);
}

/** A digest that tells the browser of a request from others; null where it holds no cookie for its forms. */
export function browserOf(app: Context, request: FastifyRequest): string | null {
  const value = cookieValue(app, request);
  return value === null ? null : app.vault.digest("browser", value);
}

/** The same, with a cookie for a browser that holds none. */
export function knownBrowser(app: Context, request: FastifyRequest, reply: FastifyReply): string {
  return app.vault.digest("browser", cookieValue(app, request) ?? drawCookie(app, reply));
}

/** Says whether a form was filled in on a page of this origin, in the browser that the page was made for. */
export function isOwnForm(app: Context, request: FastifyRequest, token: string): boolean {
  return comesFromHere(app, request) && hasToken(app, request, token);
}

function comesFromHere({ config }: Context, { headers }: FastifyRequest): boolean {
  if (headers.origin !== undefined) return headers.origin === config.publicUrl.origin;
  return headers["sec-fetch-site"] === "same-origin";
}

function hasToken(app: Context, request: FastifyRequest, token: string): boolean {
  const value = cookieValue(app, request);
  if (value === null) return false;
  const [expected, sent] = [app.vault.digest("form", value), token].map((text) => Buffer.from(text));
  return expected?.length === sent?.length && timingSafeEqual(expected ?? EMPTY, sent ?? EMPTY);
}

const EMPTY = Buffer.alloc(0);

function cookieValue({ config }: Context, request: FastifyRequest): string | null {
  const value = parse(request.headers.cookie ?? "")[formCookieName(config.publicUrl)];
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null;
}

function drawCookie({ config: { publicUrl } }: Context, reply: FastifyReply): string {
  const value = randomBytes(32).toString("base64url");
  const attributes = {
    httpOnly: true,
    secure: publicUrl.protocol === "https:",
    sameSite: "lax",
    path: "/",
  } as const;
  reply.header("set-cookie", serialize(formCookieName(publicUrl), value, attributes));
  return value;
}

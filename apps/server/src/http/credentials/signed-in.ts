import type { FastifyRequest } from "fastify";
import type { Context } from "../../platform/context.js";
import { Refusal } from "../../platform/problem.js";
import type { Viewer } from "../../rooms/credentials/viewer.js";
import { authenticateSession } from "../../rooms/sessions/authenticate-session.js";
import { readCredential } from "./read-credential.js";
import { sessionCookieName } from "./session-cookie.js";

/** Finds who is signed in to a page: by the session's cookie and by nothing else; null where it is not a live one. */
export async function findSignedIn(app: Context, request: FastifyRequest): Promise<Viewer | null> {
  const { cookie } = request.raw.headersDistinct;
  const sent = readCredential({ cookie }, sessionCookieName(app.config.publicUrl));
  if (sent?.type !== "SESSION") return null;
  try {
    return await authenticateSession(app, sent.hash);
  } catch (error) {
    if (error instanceof Refusal && error.code === "INVALID_CREDENTIALS") return null;
    throw error;
  }
}

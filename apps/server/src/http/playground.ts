import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { Context } from "../platform/context.js";
import { findSignedIn } from "./credentials/signed-in.js";
import { playgroundPolicy } from "./security-headers.js";

// The same from the sources and from what is built of them.
const BUILT = fileURLToPath(new URL("../../../playground/dist/", import.meta.url));
const NONCE_PLACE = "__CSP_NONCE__";
const YEAR = 31_536_000_000;

/** Adds the playground: its page for whoever is signed in, and its files, which are about nobody, for anyone. */
export async function addPlayground(server: FastifyInstance, app: Context): Promise<void> {
  const page = existsSync(`${BUILT}index.html`) ? readFileSync(`${BUILT}index.html`, "utf8") : null;
  server.get("/playground", async (request, reply) => {
    if (page === null) return reply.status(503).send(NOT_BUILT);
    if ((await findSignedIn(app, request)) === null)
      return reply.redirect(`/login?next=${encodeURIComponent("/playground")}`, 303);
    const nonce = randomBytes(16).toString("base64");
    return reply
      .header("content-security-policy", playgroundPolicy(nonce))
      .type("text/html; charset=utf-8")
      .send(page.replace(NONCE_PLACE, nonce));
  });
  if (page !== null) await addFiles(server);
}

const NOT_BUILT = { message: "The playground is not built: run npm run build.", code: "UNAVAILABLE" };

/** Their names change with what is in them. */
async function addFiles(server: FastifyInstance): Promise<void> {
  await server.register(fastifyStatic, {
    root: `${BUILT}assets`,
    prefix: "/playground/assets/",
    wildcard: false,
    index: false,
    decorateReply: false,
    immutable: true,
    maxAge: YEAR,
  });
}

import type { OAuthRefusal } from "@keyturn/oauth2";
import type { FastifyReply, FastifyRequest } from "fastify";
import { html } from "ghtml";
import type { Context } from "../../platform/context.js";
import { words } from "../../platform/words/index.js";
import { factsOf } from "../request-facts.js";
import { PAGE_POLICY } from "../security-headers.js";
import { layOut } from "./layout.js";

/** The page for a request that must not be answered at the address it names: for a person, and for the client's developer. */
export function sendRefusedAuthorization(
  { config }: Context,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { error, description }: OAuthRefusal,
): FastifyReply {
  const say = words(factsOf(request).locale);
  const content = html`<p class="error" role="alert">${say.pages.authorizationRefused}</p>
<p><code>${error}</code>: ${description}</p>`;
  return reply
    .status(400)
    .header("content-security-policy", PAGE_POLICY)
    .type("text/html; charset=utf-8")
    .send(layOut({ say, title: say.pages.failed, content }, config.issuerName));
}

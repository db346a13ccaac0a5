import formbody from "@fastify/formbody";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../../platform/context.js";
import { factsOf } from "../request-facts.js";
import { PAGE_POLICY } from "../security-headers.js";
import { showConfirmEmail, takeConfirmEmail } from "./confirm-email.js";
import { showConsent, takeConsent } from "./consent.js";
import { END_SESSION_ADDRESS, showEndSession, takeEndSession } from "./end-session.js";
import { isOwnForm } from "./form-token.js";
import { layOut } from "./layout.js";
import { showLogin, takeLogin } from "./login.js";
import { withNext } from "./next-path.js";
import { formRefused, pageOfError } from "./refused.js";
import { showRequestReset, takeRequestReset } from "./request-reset.js";
import { showResetPassword, takeResetPassword } from "./reset-password.js";
import { showStepUp, takeStepUp } from "./step-up.js";
import { STYLESHEET, STYLESHEET_ADDRESS } from "./stylesheet.js";
import { type Answer, nextOf, type Page, readVisit, type Visit } from "./visit.js";

/** A form is far shorter; the longest password and address fit. */
const BODY_LIMIT = 32_768;

interface Routes {
  readonly url: string;
  readonly show: (visit: Visit) => Promise<Answer>;
  readonly take: (visit: Visit) => Promise<Answer>;
}

const ROUTES: readonly Routes[] = [
  { url: "/login", show: showLogin, take: takeLogin },
  { url: "/step-up", show: showStepUp, take: takeStepUp },
  { url: "/reset-password", show: showRequestReset, take: takeRequestReset },
  { url: "/reset-password/:token", show: showResetPassword, take: takeResetPassword },
  { url: END_SESSION_ADDRESS, show: showEndSession, take: takeEndSession },
  { url: "/consent/:id", show: showConsent, take: takeConsent },
  { url: "/confirm-email/:token", show: showConfirmEmail, take: takeConfirmEmail },
];

/** Adds the pages that need no script. Their forms are read here alone: GraphQL takes none. */
export async function addPages(server: FastifyInstance, app: Context): Promise<void> {
  await server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    void scope.register(formbody, { bodyLimit: BODY_LIMIT });
    answerFaultsByPages(scope, app);
    for (const routes of ROUTES) addRoutes(scope, app, routes);
    scope.get(STYLESHEET_ADDRESS, async (_request, reply) =>
      reply
        .header("cache-control", "public, max-age=31536000, immutable")
        .type("text/css; charset=utf-8")
        .send(STYLESHEET),
    );
    done();
  });
}

/** Answers by a page what fails below a scope: a person looks at it. */
export function answerFaultsByPages(scope: FastifyInstance, app: Context): void {
  scope.setErrorHandler((error: Error, request, reply) => {
    const facts = factsOf(request);
    return sendPage(app, reply, pageOfError(app, error, { facts, address: wayBack(app, request) }));
  });
}

function addRoutes(scope: FastifyInstance, app: Context, { url, show, take }: Routes): void {
  scope.get(url, async (request, reply) =>
    answer(app, reply, await show(await readVisit(app, request, reply))),
  );
  scope.post(url, { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const visit = await readVisit(app, request, reply);
    if (!isOwnForm(app, request, visit.field("form")))
      return sendPage(app, reply, formRefused(visit.say, wayBack(app, request)));
    return answer(app, reply, await take(visit));
  });
}

function answer(app: Context, reply: FastifyReply, given: Answer): FastifyReply {
  return given.kind === "redirect" ? reply.redirect(given.to, 303) : sendPage(app, reply, given.page);
}

/** Sends a page, whole. */
export function sendPage({ config }: Context, reply: FastifyReply, page: Page): FastifyReply {
  return (
    reply
      .status(page.status ?? 200)
      .header("content-security-policy", page.policy ?? PAGE_POLICY)
      // Under a stricter one a browser hides from which origin it sends a form.
      .header("referrer-policy", "same-origin")
      .type("text/html; charset=utf-8")
      .send(layOut(page, config.issuerName))
  );
}

/** The address that was asked for; a form's page, with where it leads to. */
function wayBack(app: Context, request: FastifyRequest): string {
  if (request.method === "GET") return request.url;
  return withNext(request.url.split("?")[0] ?? "/", nextOf(app, request));
}

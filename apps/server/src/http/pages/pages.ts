import formbody from "@fastify/formbody";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { html } from "ghtml";
import type { Context } from "../../platform/context.js";
import { refuseOtherAccount } from "../credentials/refuse-other-account.js";
import { factsOf } from "../request-facts.js";
import { formPolicy } from "../security-headers.js";
import { showConfirmEmail, takeConfirmEmail } from "./confirm-email.js";
import { RESUME_ADDRESS, resumeConsent, showConsent, takeConsent } from "./consent.js";
import { arriveAtEndSession, END_SESSION_ADDRESS, showEndSession, takeEndSession } from "./end-session.js";
import { MEANT_ACCOUNT } from "./fields.js";
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
import { addWebFiles, type HtmlDocument, webDocument } from "./web.js";

/** A form is far shorter; the longest password and address fit. */
const BODY_LIMIT = 32_768;

interface Routes {
  readonly url: string;
  /** The card of the web application that shows it where scripts run; without them its form still works. */
  readonly card?: string;
  readonly show: (visit: Visit) => Promise<Answer>;
  readonly take: (visit: Visit) => Promise<Answer>;
  /** Where a form of an application's leads, which has no token of ours; without it such a form is refused. */
  readonly arrive?: (visit: Visit) => Answer;
}

const ROUTES: readonly Routes[] = [
  { url: "/login", card: "login/login-page", show: showLogin, take: takeLogin },
  { url: "/step-up", card: "step-up/step-up-page", show: showStepUp, take: takeStepUp },
  {
    ...{ url: "/reset-password", card: "password-reset/request-reset-page" },
    ...{ show: showRequestReset, take: takeRequestReset },
  },
  {
    ...{ url: "/reset-password/:token", card: "password-reset/reset-password-page" },
    ...{ show: showResetPassword, take: takeResetPassword },
  },
  { url: END_SESSION_ADDRESS, show: showEndSession, take: takeEndSession, arrive: arriveAtEndSession },
  { url: RESUME_ADDRESS, show: resumeConsent, take: resumeConsent },
  { url: "/consent/:id", card: "consent/consent-page", show: showConsent, take: takeConsent },
  {
    ...{ url: "/confirm-email/:token", card: "password-reset/confirm-email-page" },
    ...{ show: showConfirmEmail, take: takeConfirmEmail },
  },
];

/** Below these the web application has pages for whoever is logged in. */
const WEB = ["/account", "/account/*", "/admin", "/admin/*"];

/** Adds the pages. The forms of those that need no script are read here alone: GraphQL takes none. */
export async function addPages(server: FastifyInstance, app: Context): Promise<void> {
  await server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    void scope.register(formbody, { bodyLimit: BODY_LIMIT });
    answerFaultsByPages(scope, app);
    for (const routes of ROUTES) addRoutes(scope, app, routes);
    scope.get("/", async (_request, reply) => reply.redirect("/account", 303));
    // W3C, A Well-Known URL for Changing Passwords: password managers lead people here.
    scope.get("/.well-known/change-password", async (_request, reply) =>
      reply.redirect("/account/login-name-and-password", 303),
    );
    for (const url of WEB) scope.get(url, (request, reply) => showWeb(app, request, reply));
    scope.get(STYLESHEET_ADDRESS, async (_request, reply) =>
      reply
        .header("cache-control", "public, max-age=31536000, immutable")
        .type("text/css; charset=utf-8")
        .send(STYLESHEET),
    );
    done();
  });
  await addWebFiles(server);
}

/** Answers by a page what fails below a scope: a person looks at it. */
export function answerFaultsByPages(scope: FastifyInstance, app: Context): void {
  scope.setErrorHandler((error: Error, request, reply) => {
    const facts = factsOf(request);
    return sendPage(app, reply, pageOfError(app, error, { facts, address: wayBack(app, request) }));
  });
}

function addRoutes(scope: FastifyInstance, app: Context, { url, card, show, take, arrive }: Routes): void {
  scope.get(url, async (request, reply) => {
    const visit = await readVisit(app, request, reply);
    const given = await show(visit);
    if (given.kind === "redirect" || card === undefined) return answer(app, reply, given);
    const accountId = visit.caller.viewer?.account.id;
    return sendWebPage(app, reply, { ...given.page, accountId, web: { file: card, isFramed: false } });
  });
  scope.post(url, { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const visit = await readVisit(app, request, reply);
    if (arrive !== undefined && visit.field("form") === "") return answer(app, reply, arrive(visit));
    if (!isOwnForm(app, request, visit.field("form")))
      return sendPage(app, reply, formRefused(visit.say, wayBack(app, request)));
    const { viewer } = visit.caller;
    // Someone else may have logged in beside the page of the form: nothing is done to their account.
    if (viewer !== null) refuseOtherAccount(visit.field(MEANT_ACCOUNT) || null, viewer);
    return answer(app, reply, await take(visit));
  });
}

/** Whoever is not logged in does so first. */
async function showWeb(app: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { caller, say, address } = await readVisit(app, request, reply);
  if (caller.viewer === null) return reply.redirect(withNext("/login", address), 303);
  const content = html`<p>${say.pages.needsScript}</p>`;
  const { id: accountId } = caller.viewer.account;
  const room = /^\/admin\b/.test(address) ? "administration" : "account";
  const web = { file: `${room}/${room}-pages`, isFramed: true };
  return sendWebPage(app, reply, { say, title: app.config.issuerName, content, accountId, web });
}

/** Sends a page of the web application; one that failed, or only leads on, needs none. */
function sendWebPage(app: Context, reply: FastifyReply, page: Page): FastifyReply {
  const isQuestion = page.isPlain !== true && page.status === undefined && page.goOn === undefined;
  const document = isQuestion && page.web !== undefined ? webDocument(page, page.web, app.config) : null;
  if (document === null) return sendPage(app, reply, page);
  return sendHtml(reply, document);
}

function answer(app: Context, reply: FastifyReply, given: Answer): FastifyReply {
  return given.kind === "redirect" ? reply.redirect(given.to, 303) : sendPage(app, reply, given.page);
}

/** Sends a page, whole. */
export function sendPage({ config }: Context, reply: FastifyReply, page: Page): FastifyReply {
  const document = { text: layOut(page, config.issuerName), policy: formPolicy(page.formOrigin) };
  return sendHtml(reply.status(page.status ?? 200), document);
}

function sendHtml(reply: FastifyReply, { text, policy }: HtmlDocument): FastifyReply {
  return (
    reply
      .header("content-security-policy", policy)
      // Under a stricter one a browser hides from which origin it sends a form.
      .header("referrer-policy", "same-origin")
      .type("text/html; charset=utf-8")
      .send(text)
  );
}

/** The address that was asked for; a form's page, with where it leads to, which its own address can say. */
function wayBack(app: Context, request: FastifyRequest): string {
  if (request.method === "GET" || request.url.includes("?")) return request.url;
  return withNext(request.url.split("?")[0] ?? "/", nextOf(app, request));
}

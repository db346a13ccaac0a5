import type { FastifyError } from "fastify";
import { html } from "ghtml";
import type { Context, RequestFacts } from "../../platform/context.js";
import { BadInput, Refusal } from "../../platform/problem.js";
import type { Words } from "../../platform/words/en.js";
import { words } from "../../platform/words/index.js";
import { presentRefusal, refusalOf, statusOf } from "../present-error.js";
import type { Page } from "./visit.js";

/** The page for a form that did not come from a page of ours in this browser: it is to be loaded again. */
export function formRefused(say: Words, address: string): Page {
  return { ...withWayBack(say, say.pages.formOld, address), status: 403 };
}

/** The page for a refusal or a fault: what went wrong, in words, and the way back to the form. */
export function pageOfError(
  app: Context,
  error: FastifyError | Error,
  { facts, address }: { facts: RequestFacts; address: string },
): Page {
  const say = words(facts.locale);
  if (isUnreadable(error)) {
    return { ...withWayBack(say, say.pages.formUnreadable, address), status: error.statusCode };
  }
  const refusal = refusalOf(error, { requestId: facts.id, log: app.log });
  const status = statusOf(refusal) === 200 ? 422 : statusOf(refusal);
  return { ...withWayBack(say, sentenceOf(refusal, facts), address), status };
}

/** What Fastify refuses before any flow: too long, of another type, not well formed. */
function isUnreadable(error: Error): error is FastifyError & { statusCode: number } {
  const { statusCode } = error as FastifyError;
  return !(error instanceof Refusal) && [400, 413, 415].includes(statusCode ?? 0);
}

/** Rules of form name the field as the page does. */
function sentenceOf(refusal: Refusal, { locale, id }: RequestFacts): string {
  const say = words(locale);
  if (refusal instanceof BadInput) {
    const name = refusal.path.at(-1) ?? "";
    const labels: Readonly<Record<string, unknown>> = say.pages;
    return say.input({ path: String(labels[name] ?? name), rule: refusal.rule });
  }
  if (refusal.details["reason"] === "OTHER_ACCOUNT") return say.pages.otherAccount;
  const { message } = presentRefusal(refusal, locale);
  return refusal.code === "INTERNAL" ? `${message} (${id})` : message;
}

function withWayBack(say: Words, message: string, address: string): Page {
  const content = html`<p class="error" role="alert">${message}</p>
<p><a class="button" href="${address}">${say.pages.loadAgain}</a></p>`;
  return { say, title: say.pages.failed, content };
}

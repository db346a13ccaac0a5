import type { FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../../platform/context.js";
import type { Words } from "../../platform/words/en.js";
import { words } from "../../platform/words/index.js";
import { type Caller, localeOf } from "../../rooms/credentials/viewer.js";
import { sessionCookies } from "../credentials/session-cookie.js";
import { findSignedIn } from "../credentials/signed-in.js";
import { factsOf } from "../request-facts.js";
import { browserOf, formTokenFor } from "./form-token.js";
import { nextPath } from "./next-path.js";

/** One request for a page, with what its address and its form say. */
export interface Visit {
  readonly app: Context;
  /** Signed in where the browser holds a live session. */
  readonly caller: Caller;
  /** In the visitor's language: the account's own once it is known. */
  readonly say: Words;
  /** Where to go afterwards: a path of this origin. */
  readonly next: string;
  /** The path and query that were asked for. */
  readonly address: string;
  /** The id in the address of what is looked at; empty on other pages. */
  readonly id: string;
  /** The sealed request in the address; empty on other pages. */
  readonly sealed: string;
  /** Whom a login is likely to be for; empty where that is not known. */
  readonly loginHint: string;
  /** The token of a mailed link; empty on other pages. */
  readonly linkToken: string;
  /** Something else that was just done, to be told on this page; empty where there is nothing. */
  readonly done: string;
  /** A field of the form as it was sent; empty where it was not. */
  readonly field: (name: string) => string;
  readonly formToken: string;
}

/** What answers a visit. */
export type Answer =
  | { readonly kind: "page"; readonly page: Page }
  | { readonly kind: "redirect"; readonly to: string };

/** The page of the web application that takes a page's place where scripts run. */
export interface WebPage {
  /** Its source, below the rooms of the application. */
  readonly file: string;
  /** Whether it has the frame of the settings around it; else it is a card. */
  readonly isFramed: boolean;
}

/** A page in one language; its content is HTML. */
export interface Page {
  readonly say: Words;
  readonly title: string;
  readonly content: string;
  readonly status?: number;
  /** The token for a form of this browser, where the web application sends one too. */
  readonly formToken?: string;
  /** The account that is logged in, where the web application asks for it. */
  readonly accountId?: string | undefined;
  readonly web?: WebPage;
  /** Shown as it is, also where scripts run. */
  readonly isPlain?: boolean;
  /** Where the answer to its form can lead beside this origin. */
  readonly formOrigin?: string;
  /** Where the browser goes on its own at once. */
  readonly goOn?: string;
}

/** Reads a request for a page. */
export async function readVisit(app: Context, request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
  const cookies = sessionCookies(request, reply, app.config.publicUrl);
  const viewer = await findSignedIn(app, request);
  const browser = browserOf(app, request);
  const caller: Caller = { app, request: factsOf(request), viewer, cookies, browser };
  const [query, params] = [textsOf(request.query), textsOf(request.params)];
  const field = textsOf(request.body);
  return {
    ...{ app, caller, field, say: words(localeOf(caller)), done: query("done"), linkToken: params("token") },
    ...{ address: request.url, id: params("id"), loginHint: query("login_hint") },
    sealed: query("request"),
    next: nextOf(app, request),
    formToken: formTokenFor(app, request, reply),
  };
}

/** Reads where a request's page leads to afterwards, out of its form or its address: a path of this origin. */
export function nextOf(app: Context, { method, body, query }: FastifyRequest): string {
  return nextPath(textsOf(method === "POST" ? body : query)("next"), app.config.publicUrl);
}

/** Reads single texts; one that comes twice is as one that does not come at all. */
function textsOf(values: unknown): (name: string) => string {
  const known = new Map(Object.entries(values ?? {}));
  return (name) => {
    const value: unknown = known.get(name);
    return typeof value === "string" ? value : "";
  };
}

/** Answers with a page. */
export function page(shown: Page): Answer {
  return { kind: "page", page: shown };
}

/** Answers by sending the browser elsewhere: to a path of this origin, or back to a client. */
export function redirect(to: string): Answer {
  return { kind: "redirect", to };
}

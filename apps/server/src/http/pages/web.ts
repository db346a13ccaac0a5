import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { html } from "ghtml";
import type { Config } from "../../platform/config.js";
import { webPolicy } from "../security-headers.js";
import { drawMain } from "./layout.js";
import { STYLESHEET_ADDRESS } from "./stylesheet.js";
import type { Page, WebPage } from "./visit.js";

// The same from the sources and from what is built of them.
const BUILT = fileURLToPath(new URL("../../../../web/dist/", import.meta.url));
const YEAR = 31_536_000_000;

const document = readBuilt("index.html");
const manifest = JSON.parse(readBuilt("manifest.json") ?? "{}") as Manifest;

/** The files that were built of the sources, by their paths. */
type Manifest = Readonly<Record<string, { readonly file: string; readonly imports?: readonly string[] }>>;

/** A document as it is sent, and the policy under which a browser shows it. */
export interface HtmlDocument {
  readonly text: string;
  readonly policy: string;
}

/**
 * Fills in the page of the web application. A browser without script shows `content` in its place, whose form may lead
 * to `formOrigin` too; null where the application was not built.
 */
export function webDocument(
  page: Page,
  { file, isFramed }: WebPage,
  { issuerName, scopes }: Pick<Config, "issuerName" | "scopes">,
): HtmlDocument | null {
  if (document === null) return null;
  const { say, title, formOrigin, formToken = "", accountId = "" } = page;
  const withoutScript = html`<link rel="stylesheet" href="${STYLESHEET_ADDRESS}">!${drawMain(page, issuerName)}`;
  const words = `src/words/${say.locale}/index.ts`;
  const nonce = randomBytes(16).toString("base64");
  const values: Readonly<Record<string, string>> = {
    LANG: say.locale,
    ISSUER: html`${issuerName}`,
    SCOPES: html`${JSON.stringify(scopes)}`,
    TITLE: html`${title} – ${issuerName}`,
    CSP_NONCE: nonce,
    FORM_TOKEN: html`${formToken}`,
    ACCOUNT: accountId,
    PRELOADS: preload(["src/start.tsx", words, `src/rooms/${file}.tsx`]),
    CARD: isFramed ? "" : drawCard(title, issuerName),
    WITHOUT_SCRIPT: withoutScript,
  };
  const text = document.replace(/__([A-Z_]+)__/g, (whole, name: string) => values[name] ?? whole);
  return { text, policy: webPolicy(nonce, formOrigin) };
}

function readBuilt(name: string): string | null {
  return existsSync(BUILT + name) ? readFileSync(BUILT + name, "utf8") : null;
}

/** Lets a browser ask at once for what it would hear of one file after the other. */
function preload(sources: readonly string[]): string {
  const files = new Set<string>();
  const collect = (source: string): void => {
    const built = manifest[source];
    if (built === undefined || files.has(built.file)) return;
    files.add(built.file);
    built.imports?.forEach(collect);
  };
  sources.forEach(collect);
  return [...files]
    .map((file) => html`<link rel="modulepreload" fetchpriority="low" crossorigin href="/${file}">`)
    .join("");
}

/** What is seen of a card until the application draws it, and where: as `CardPage` does. */
function drawCard(title: string, issuerName: string): string {
  return html`<main class="card-page"><div class="card stack"><header><p class="brand">${issuerName}</p><h1>${title}</h1></header></div></main>`;
}

/** Adds the application's files. Their names change with what is in them, and they are about nobody. */
export async function addWebFiles(server: FastifyInstance): Promise<void> {
  if (document === null) return;
  await server.register(fastifyStatic, {
    ...{ root: `${BUILT}assets`, prefix: "/assets/", wildcard: false, index: false, decorateReply: false },
    ...{ preCompressed: true, immutable: true, maxAge: YEAR },
  });
}

import { html } from "ghtml";
import type { Words } from "../../platform/words/en.js";
import type { Page } from "./visit.js";

/** Where an address leads to nothing, for whoever looks at it in a browser. */
export function notFound(say: Words): Page {
  const content = html`<p>${say.pages.notFound}</p>
<p><a class="button" href="/account">${say.pages.toAccount}</a></p>`;
  return { say, title: say.pages.notFoundTitle, content, status: 404 };
}

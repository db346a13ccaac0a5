import type { OAuthRefusal } from "@keyturn/oauth2";
import { html } from "ghtml";
import type { Words } from "../../platform/words/en.js";
import type { Page } from "./visit.js";

/** The page for a request that must not be answered at the address it names: for a person, and for the client's developer. */
export function refusedAuthorization(say: Words, { error, description }: OAuthRefusal): Page {
  const content = html`<p class="error" role="alert">${say.pages.authorizationRefused}</p>
<p><code>${error}</code>: ${description}</p>`;
  return { say, title: say.pages.failed, content, status: 400 };
}

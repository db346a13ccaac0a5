import { html } from "ghtml";
import { MARK } from "./mark.js";
import { STYLESHEET_ADDRESS } from "./stylesheet.js";
import type { Page } from "./visit.js";

/** The whole document of a page without script. */
export function layOut({ say, title, content, goOn }: Page, issuerName: string): string {
  return html`<!doctype html>
<html lang="${say.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
!${goOn === undefined ? "" : html`<meta http-equiv="refresh" content="0;url=${goOn}">`}
<title>${title} – ${issuerName}</title>
<link rel="icon" href="${MARK}">
<link rel="stylesheet" href="${STYLESHEET_ADDRESS}">
</head>
<body>
!${drawMain({ title, content }, issuerName)}
</body>
</html>
`;
}

/** What a page says; the issuer's name stands above its title. */
export function drawMain({ title, content }: Pick<Page, "title" | "content">, issuerName: string): string {
  return html`<main>
<p class="issuer">${issuerName}</p>
<h1>${title}</h1>
!${content}
</main>`;
}

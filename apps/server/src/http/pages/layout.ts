import { html } from "ghtml";
import { STYLESHEET_ADDRESS } from "./stylesheet.js";
import type { Page } from "./visit.js";

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%232b5aa8'/%3E%3Ccircle cx='8' cy='6' r='2.5' fill='white'/%3E%3Cpath d='M7 7h2l1 6H6z' fill='white'/%3E%3C/svg%3E";

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
<link rel="icon" href="${ICON}">
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

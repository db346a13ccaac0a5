/** The policy of what is no page: nothing loads, frames or submits from it. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The policy of a page without script: its stylesheet and its pictures, and forms to this origin. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The policy of a page of the web application: its own script and stylesheets, and the style elements that carry the
 * nonce of their answer. Without script its form may lead to another origin too.
 */
export function webPolicy(nonce: string, formOrigin?: string): string {
  return [
    ...["default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`],
    ...["img-src 'self' data:", "font-src 'self'", "connect-src 'self'", "base-uri 'none'"],
    ...[`form-action 'self'${formOrigin === undefined ? "" : ` ${formOrigin}`}`, "frame-ancestors 'none'"],
  ].join("; ");
}

/** The same for a form whose answer leads to another origin: browsers look at where a form is redirected too. */
export function formPolicy(origin: string | undefined): string {
  return origin === undefined
    ? PAGE_POLICY
    : PAGE_POLICY.replace("form-action 'self'", `form-action 'self' ${origin}`);
}

/** The policy of the playground: its editor fills style elements, which carry the nonce of their answer. */
export function playgroundPolicy(nonce: string): string {
  return [
    ...["default-src 'none'", "script-src 'self'", "worker-src 'self'"],
    ...[`style-src 'self' 'nonce-${nonce}'`, "font-src 'self' data:", "img-src 'self' data:"],
    ...["connect-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"],
  ].join("; ");
}

const OVER_HTTP: Readonly<Record<string, string>> = {
  "content-security-policy": NO_PAGE,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  // Keeps answers out of other origins' pages; a configured origin reads them by CORS, which this does not touch.
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()",
};

/** Two years. Hosts below this one are not ours to speak for. */
const OVER_HTTPS = { ...OVER_HTTP, "strict-transport-security": "max-age=63072000" };

/** The headers that every answer carries; a page loosens its own Content-Security-Policy. */
export function securityHeaders({ protocol }: URL): Readonly<Record<string, string>> {
  return protocol === "https:" ? OVER_HTTPS : OVER_HTTP;
}

/** A request as any host can state it: the path and query of its address, its headers in lower case, its body as text. */
export interface OAuthRequest {
  readonly method: string;
  /** From the path on, as in `/oauth2/token?x=y`, or a whole address. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** An answer, for the host to send as it is. */
export interface OAuthAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Parameters of one request, each once and none of them empty. */
export type Parameters = ReadonlyMap<string, string>;

/** Nothing that is about a person or a token is kept on the way (RFC 6749, section 5.1). */
const NO_STORE = { "cache-control": "no-store", pragma: "no-cache" };

/** Answers with JSON. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): OAuthAnswer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...NO_STORE, ...headers },
    body: JSON.stringify(value),
  };
}

/** Answers with JSON that is about nobody, and changes seldom. */
export function published(value: unknown): OAuthAnswer {
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "public, max-age=300",
  };
  return { status: 200, headers, body: JSON.stringify(value) };
}

/** Sends the browser on; 303, so that a form's fields do not come along (RFC 9700, section 4.12). */
export function redirect(location: string): OAuthAnswer {
  return { status: 303, headers: { location, ...NO_STORE, "referrer-policy": "no-referrer" }, body: "" };
}

/** The query of a request's address, without the question mark. */
export function queryOf(request: OAuthRequest): string {
  const [, query = ""] = /\?([^#]*)/.exec(request.url) ?? [];
  return query;
}

/** Says whether a request's body is a form. */
export function isForm(request: OAuthRequest): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers["content-type"] ?? "");
}

/**
 * Reads parameters. One without a value counts as absent, and which ones came more than once is said beside (RFC 6749,
 * section 3.1).
 */
export function readParameters(text: string): { parameters: Parameters; repeated: ReadonlySet<string> } {
  const parameters = new Map<string, string>();
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
    if (value !== "") parameters.set(name, value);
  }
  return { parameters, repeated };
}

/** Writes an address with further parameters in its query; what stands there already stays as it is. */
export function withParameters(address: string, parameters: Readonly<Record<string, string | null>>): string {
  const added = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null) added.set(name, value);
  return `${address}${address.includes("?") ? "&" : "?"}${added}`;
}

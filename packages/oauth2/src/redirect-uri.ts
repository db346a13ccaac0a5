/** Why a redirect URI cannot be registered. */
export type RedirectUriFault =
  | "too-long"
  | "not-absolute"
  | "scheme"
  | "plain-http"
  | "fragment"
  | "user-info"
  | "wildcard"
  | "answer-parameter";

/** What an answer adds to the query: one that is there already could be read in its place. */
const ANSWER_PARAMETERS = ["code", "state", "iss", "error"];
/** In characters: an answer's address has room for its parameters. */
const LONGEST = 2048;
/** `com.example.app:/callback`: the name of a domain turned round, and no authority (RFC 8252, section 7.1). */
const PRIVATE_USE = /^[a-z][a-z\d-]*(\.[a-z\d][a-z\d-]*)+:\/(?!\/)/;

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d+)?(?=[/?]|$)/;

/**
 * Judges a redirect URI at registration: https, or http on a loopback address (RFC 8252, section 7.3) or on localhost,
 * or, for a public client, a private-use scheme with a dot in it (section 7.1); no fragment, wildcard or user info
 * (RFC 9700, section 4.1), and nothing in the query that an answer adds. Null: it can be registered.
 */
export function judgeRedirectUri(
  uri: string,
  { isPublic = false }: { isPublic?: boolean } = {},
): RedirectUriFault | null {
  if (uri.length > LONGEST) return "too-long";
  if (!/^[\x21-\x7e]+$/.test(uri) || /[\\<>"^`{|}]/.test(uri) || !URL.canParse(uri)) return "not-absolute";
  const { protocol, hostname, username, password, searchParams } = new URL(uri);
  // Others are legal, but the host stands in a Content-Security-Policy, where they part one rule from the next.
  if (!/^(\[[\da-f:.]+\]|[\w.*-]*)$/.test(hostname)) return "not-absolute";
  const isPrivate = isPublic && PRIVATE_USE.test(uri);
  if (!isPrivate && !/^https?:\/\/[^/]/.test(uri))
    return protocol === "https:" || protocol === "http:" ? "not-absolute" : "scheme";
  if (uri.includes("#")) return "fragment";
  if (username !== "" || password !== "" || /^https?:\/\/[^/?]*@/.test(uri)) return "user-info";
  if (uri.includes("*")) return "wildcard";
  if (ANSWER_PARAMETERS.some((name) => searchParams.has(name))) return "answer-parameter";
  const isLocal = LOOPBACK.test(uri) || hostname === "localhost";
  return protocol === "http:" && !isLocal ? "plain-http" : null;
}

/**
 * Says whether a redirect URI of a request is one that was registered: the same character by character (RFC 9700,
 * section 2.1), but for the port of a loopback address, which a native application cannot know before (RFC 8252,
 * section 7.3).
 */
export function isRegistered(uri: string, registered: readonly string[]): boolean {
  if (registered.includes(uri)) return true;
  if (!LOOPBACK.test(uri) || judgeRedirectUri(uri) !== null) return false;
  return registered.some((each) => withoutPort(each) === withoutPort(uri));
}

/** A loopback address without its port; any other stands for itself alone. */
function withoutPort(uri: string): string {
  return uri.replace(LOOPBACK, "http://$1");
}

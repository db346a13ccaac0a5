import { parse } from "cookie";
import type { CredentialType } from "../../platform/access.js";
import { readToken, type TokenHash } from "../../platform/bearer-token.js";

/** How a credential came: it decides what `WWW-Authenticate` answers, and whether it may be passed over. */
export type Carrier =
  | "Basic"
  | "Bearer"
  | "X-Cybozu-Authorization"
  | "X-Cybozu-API-Token"
  | "cookie"
  | "unknown";

/** The credential of a request, as it was sent; nothing is checked but its form. */
export type SentCredential =
  | {
      readonly type: "PASSWORD";
      readonly carrier: Carrier;
      readonly loginName: string;
      readonly password: string;
    }
  | {
      readonly type: Exclude<CredentialType, "PASSWORD">;
      readonly carrier: Carrier;
      readonly hash: TokenHash;
    }
  | { readonly type: "malformed"; readonly carrier: Carrier };

/** Every value of each header, so that one sent twice is seen. */
export type HeaderValues = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * Reads the credential of a request: the first of X-Cybozu-Authorization, Authorization, X-Cybozu-API-Token and the
 * session's cookie that is there. No lower one is looked at, and none rescues it. Null: none was sent.
 */
export function readCredential(headers: HeaderValues, cookieName: string): SentCredential | null {
  const password = headers["x-cybozu-authorization"];
  if (password !== undefined) return once(password, "X-Cybozu-Authorization", readPassword);
  const authorization = headers["authorization"];
  if (authorization !== undefined) return once(authorization, "unknown", readAuthorization);
  const token = headers["x-cybozu-api-token"];
  if (token !== undefined) return once(token, "X-Cybozu-API-Token", readApiToken);
  const cookie = readSessionCookie(headers, cookieName);
  if (cookie !== null && (headers["cookie"]?.length ?? 0) > 1)
    return { type: "malformed", carrier: "cookie" };
  return cookie === null ? null : readSession(cookie, "cookie");
}

/** The value of the session's cookie, whatever it is; null where there is none. */
export function readSessionCookie(headers: HeaderValues, name: string): string | null {
  return parse(headers["cookie"]?.join("; ") ?? "")[name] ?? null;
}

function once(
  values: readonly string[],
  carrier: Carrier,
  read: (value: string, carrier: Carrier) => SentCredential,
): SentCredential {
  const [value, ...more] = values;
  return value === undefined || more.length > 0
    ? { type: "malformed", carrier }
    : read(value.trim(), carrier);
}

function readAuthorization(value: string): SentCredential {
  const [, scheme = "", credential = ""] = /^(\S+) +(\S+)$/.exec(value) ?? [];
  switch (scheme.toLowerCase()) {
    case "basic":
      return readPassword(credential, "Basic");
    case "bearer":
      return readBearer(credential);
    default:
      return { type: "malformed", carrier: /^basic\b/i.test(value) ? "Basic" : "unknown" };
  }
}

/** Base64 of `login:password`, parted at the first colon, in UTF-8 (RFC 7617, section 2). */
function readPassword(value: string, carrier: Carrier): SentCredential {
  const text = /^[A-Za-z0-9+/_-]+={0,2}$/.test(value) ? decode(value) : null;
  const colon = text?.indexOf(":") ?? -1;
  if (text === null || colon < 1) return { type: "malformed", carrier };
  return { type: "PASSWORD", carrier, loginName: text.slice(0, colon), password: text.slice(colon + 1) };
}

function decode(base64: string): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, "base64"));
  } catch {
    return null;
  }
}

function readBearer(value: string): SentCredential {
  const token = readToken(value);
  if (token?.prefix === "kt_") return { type: "API_TOKEN", carrier: "Bearer", hash: token.hash };
  if (token?.prefix === "kto_") return { type: "OAUTH_TOKEN", carrier: "Bearer", hash: token.hash };
  return readSession(value, "Bearer");
}

function readApiToken(value: string, carrier: Carrier): SentCredential {
  const token = readToken(value);
  return token?.prefix === "kt_"
    ? { type: "API_TOKEN", carrier, hash: token.hash }
    : { type: "malformed", carrier };
}

function readSession(value: string, carrier: Carrier): SentCredential {
  const token = readToken(value);
  return token?.prefix === "kts_"
    ? { type: "SESSION", carrier, hash: token.hash }
    : { type: "malformed", carrier };
}

import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/**
 * What a token is: API token, session, OAuth access token, OAuth refresh token, OAuth authorization code, login
 * challenge, link in a mail.
 */
export type TokenPrefix = "kt_" | "kts_" | "kto_" | "ktr_" | "kta_" | "ktc_" | "ktm_";

/** A bearer as its owner holds it. Secret; shown once and kept nowhere. */
export type PlainToken = string & { readonly brand: "PlainToken" };

/** A bearer as it is kept and looked up: SHA-256, base64url, 43 characters. */
export type TokenHash = string & { readonly brand: "TokenHash" };

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
// The fewest base62 digits that hold 256 and 32 bits.
const SECRET_DIGITS = 43;
const CHECKSUM_DIGITS = 6;
const FORM = /^(kt[soracm]?_)([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** Draws a bearer: its prefix, 256 random bits and a checksum. */
export function drawToken(prefix: TokenPrefix): { plain: PlainToken; hash: TokenHash } {
  const body = prefix + base62(BigInt(`0x${randomBytes(32).toString("hex")}`), SECRET_DIGITS);
  const plain = (body + checksum(body)) as PlainToken;
  return { plain, hash: hashToken(plain) };
}

/** Hashes a bearer for keeping. A fast hash is enough: 256 random bits cannot be guessed. */
export function hashToken(plain: PlainToken): TokenHash {
  return createHash("sha256").update(plain).digest("base64url") as TokenHash;
}

/**
 * Reads what may be a bearer: its kind, and the hash to look it up by; null where the form or the checksum is wrong.
 *
 * That it was ever drawn here, and still counts, only its row can tell.
 */
export function readToken(text: string): { prefix: TokenPrefix; hash: TokenHash } | null {
  const [, prefix = "", secret = "", check] = FORM.exec(text) ?? [];
  if (check !== checksum(prefix + secret)) return null;
  return { prefix: prefix as TokenPrefix, hash: hashToken(text as PlainToken) };
}

function checksum(body: string): string {
  return base62(BigInt(crc32(body)), CHECKSUM_DIGITS);
}

function base62(value: bigint, width: number): string {
  let rest = value;
  let text = "";
  for (let digit = 0; digit < width; digit += 1) {
    text = DIGITS.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}

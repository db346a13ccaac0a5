import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto";

/** What a secret is for. */
export type SecretKind = "code" | "access" | "refresh";

/** How codes and tokens are drawn and recognized. */
export interface Secrets {
  /** Draws 256 random bits in a form of the host's. */
  draw(kind: SecretKind): { readonly plain: string; readonly digest: string };
  /** The digest by which one that was sent is looked up; null where it cannot be one of that kind. */
  digest(plain: string, kind: SecretKind): string | null;
}

const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Secrets without a prefix: 256 bits as base64url. */
export const plainSecrets: Secrets = {
  draw() {
    const plain = randomBytes(32).toString("base64url");
    return { plain, digest: digestSecret(plain) };
  },
  digest: (plain) => (/^[\w-]{43}$/.test(plain) ? digestSecret(plain) : null),
};

/** SHA-256 as base64url. What is random needs no slow hash. */
export function digestSecret(plain: string): string {
  return createHash("sha256").update(plain).digest("base64url");
}

/** Compares a secret with a kept digest in constant time. */
export function isSecret(plain: string, digest: string): boolean {
  const kept = Buffer.from(digest, "base64url");
  const sent = createHash("sha256").update(plain).digest();
  return kept.length === sent.length && timingSafeEqual(kept, sent);
}

/** Draws a client's identifier: 24 letters and digits. */
export function drawClientId(): string {
  return drawLetters(24);
}

/** Draws a client's secret: 256 random bits in letters and digits, which every client library sends unharmed. */
export function drawClientSecret(): string {
  return drawLetters(43);
}

function drawLetters(length: number): string {
  return Array.from({ length }, () => LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)]).join("");
}

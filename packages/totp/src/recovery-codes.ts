import { createHash, randomBytes } from "node:crypto";

// Crockford's Base32: no I, L, O (read as 1, 1, 0) and no U.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS = 16;
const DOMAIN = "keyturn/recovery-code";

/**
 * Draws recovery codes of 80 random bits each, as `ABCD-EFGH-JKMN-PQRS`.
 *
 * Secret, and to be shown once: keep only their digests.
 */
export function drawRecoveryCodes(count = 10): string[] {
  return Array.from({ length: count }, drawRecoveryCode);
}

/**
 * Reads a recovery code as people type it, and answers it exactly as it was drawn, or null.
 *
 * Case, spaces and dashes do not matter; O counts as 0, I and L count as 1 (Crockford's Base32).
 */
export function normalizeRecoveryCode(text: string): string | null {
  if (typeof text !== "string") return null;
  const typed = text.replace(/[\s\p{Dash_Punctuation}]/gu, "");
  if (!/^[0-9A-Za-z]{16}$/.test(typed)) return null;
  const code = typed.toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  return code.includes("U") ? null : group(code);
}

/**
 * Digests a drawn or normalized recovery code for keeping: SHA-256 in base64url, 43 characters.
 *
 * Bound to the account, so that a digest copied to another account's row opens nothing there.
 * A fast hash is enough: a slow one protects what people choose, which can be guessed; 80 random
 * bits cannot, however fast each try is. So the digest is also a key to look a code up by.
 */
export function digestRecoveryCode(code: string, accountId: string): string {
  const parts = JSON.stringify([DOMAIN, accountId, code]);
  return createHash("sha256").update(parts).digest("base64url");
}

// 256 is a multiple of 32: the low five bits of a random byte are without bias.
function drawRecoveryCode(): string {
  const characters = Array.from(randomBytes(CHARACTERS), (byte) => ALPHABET.charAt(byte & 31));
  return group(characters.join(""));
}

function group(code: string): string {
  return code.replace(/.{4}(?=.)/g, "$&-");
}

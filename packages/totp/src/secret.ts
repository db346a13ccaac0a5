import { crypto } from "@otplib/plugin-crypto-node";
import { generateSecret as drawSecret } from "otplib";

declare const brand: unique symbol;

/**
 * The key that an account and its authenticator app share: Base32 (RFC 4648, section 6) in
 * capitals, without padding.
 *
 * Secret: whoever reads it can compute every code. Keep it encrypted at rest, and out of logs.
 */
export type TotpSecret = string & { readonly [brand]: "TotpSecret" };

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SECRET_BYTES = 20;
const MIN_BYTES = 16;
const MAX_BYTES = 64;

/** Draws a fresh secret of 160 random bits, the length that RFC 4226, section 4, recommends. */
export function generateSecret(): TotpSecret {
  return drawSecret({ crypto, length: SECRET_BYTES }) as TotpSecret;
}

/**
 * Reads a secret that another system made, for imports, and answers its canonical form.
 *
 * Spaces, lower case and padding are accepted. Bits that fill no whole byte are cleared, as
 * authenticator apps ignore them. Null for anything but Base32, for a length that no bytes
 * encode to, and for fewer than 128 bits (RFC 4226, section 4) or more than 512.
 */
export function parseSecret(text: string): TotpSecret | null {
  if (typeof text !== "string") return null;
  const characters = /^([a-z2-7]+)={0,6}$/i.exec(text.replace(/\s/g, ""))?.[1];
  if (characters === undefined) return null;
  const bytes = Math.floor((characters.length * 5) / 8);
  const spareBits = characters.length * 5 - bytes * 8;
  if (bytes < MIN_BYTES || bytes > MAX_BYTES || spareBits >= 5) return null;
  return clearSpareBits(characters.toUpperCase(), spareBits) as TotpSecret;
}

function clearSpareBits(characters: string, spareBits: number): string {
  const last = ALPHABET.indexOf(characters.slice(-1));
  return characters.slice(0, -1) + ALPHABET.charAt((last >> spareBits) << spareBits);
}

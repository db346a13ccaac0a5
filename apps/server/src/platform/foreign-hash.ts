import { scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/**
 * The most that a hash of another system may cost: no login takes more than some two seconds of one core, or more
 * than 256 MiB.
 */
const ARGON2_KIB = 2 ** 18;
const ARGON2_KIB_TIMES_PASSES = 2 ** 20;
const BCRYPT_COST = 15;
/** Blocks of 128 bytes; memory is the same number without the parallelism. */
const SCRYPT_WORK = 2 ** 21;
/** Bcrypt leaves out what comes after. */
const BCRYPT_BYTES = 72;

type Cost = Readonly<Record<string, number>>;

/**
 * Says whether a text is a hash of another system that a login can be compared with: Argon2id (version 19) or scrypt in
 * the PHC string format, or bcrypt (`$2a$`, `$2b$`, `$2y$`), at a cost that no login could be slowed down with.
 */
export function isReadableHash(text: string): boolean {
  return isArgon2id(text) || isBcrypt(text) || readScrypt(text) !== null;
}

function isArgon2id(text: string): boolean {
  const found = /^\$argon2id\$v=19\$m=([1-9]\d{0,6}),t=([1-9]\d{0,3}),p=([1-9]\d?)\$([^$]+)\$([^$]+)$/.exec(
    text,
  );
  if (found === null) return false;
  const [memory = 0, passes = 0, threads = 0] = found.slice(1, 4).map(Number);
  if (memory < 8 * threads || memory > ARGON2_KIB || memory * passes > ARGON2_KIB_TIMES_PASSES) return false;
  return hasBytes(found[4], 8, 48) && hasBytes(found[5], 16, 64);
}

function isBcrypt(text: string): boolean {
  // The last characters of salt and hash carry four and two bits: any other is no bcrypt's.
  const found = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$/.exec(text);
  const cost = Number(found?.[1]);
  return cost >= 4 && cost <= BCRYPT_COST;
}

interface Scrypt {
  readonly cost: Cost & { readonly N: number; readonly r: number; readonly p: number };
  readonly salt: Buffer;
  readonly hash: Buffer;
}

function readScrypt(text: string): Scrypt | null {
  const found = /^\$scrypt\$ln=([1-9]\d?),r=([1-9]\d?),p=([1-9]\d?)\$([^$]+)\$([^$]+)$/.exec(text);
  if (found === null || !hasBytes(found[4], 8, 64) || !hasBytes(found[5], 16, 64)) return null;
  const [ln = 0, r = 0, p = 0] = found.slice(1, 4).map(Number);
  // RFC 7914, section 2: N < 2^(128 r / 8).
  if (ln >= 16 * r || 2 ** ln * r * p > SCRYPT_WORK) return null;
  return { cost: { N: 2 ** ln, r, p }, salt: bytesOf(found[4]), hash: bytesOf(found[5]) };
}

/** Base64 without padding, in its one spelling, of so many bytes. */
function hasBytes(text: string | undefined, minimum: number, maximum: number): boolean {
  const { length } = bytesOf(text);
  return length >= minimum && length <= maximum && phcBase64(bytesOf(text)) === text;
}

function bytesOf(text: string | undefined): Buffer {
  return Buffer.from(text ?? "", "base64");
}

/** Writes bytes as PHC strings have them: base64 without padding. */
export function phcBase64(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}

/**
 * Compares a password with a hash of bcrypt or scrypt; null where the hash is neither.
 *
 * Of bcrypt a password over 72 bytes, or with a zero byte, is wrong: its hash cannot tell it from others.
 */
export async function verifyForeign(hash: string, password: string): Promise<boolean | null> {
  if (isBcrypt(hash)) return await verifyBcrypt(hash, password);
  const read = readScrypt(hash);
  return read === null ? null : await verifyScrypt(read, password);
}

async function verifyBcrypt(hash: string, password: string): Promise<boolean> {
  // Loaded when first needed: most servers have no such hash.
  const { verify } = await import("@node-rs/bcrypt");
  const equal = await verify(password, hash);
  return equal && Buffer.byteLength(password) <= BCRYPT_BYTES && !password.includes("\0");
}

const deriveScrypt = promisify<string, Buffer, number, object, Buffer>(scrypt);

async function verifyScrypt({ cost, salt, hash }: Scrypt, password: string): Promise<boolean> {
  const maxmem = 256 * cost.r * (cost.N + cost.p + 2);
  return timingSafeEqual(await deriveScrypt(password, salt, hash.length, { ...cost, maxmem }), hash);
}

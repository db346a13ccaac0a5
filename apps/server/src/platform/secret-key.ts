/** A key of 256 bits that seals secrets, and the id by which sealed secrets name it. */
export interface SecretKey {
  readonly id: string;
  readonly key: Buffer;
}

/** The bytes of a {@link SecretKey}. */
export const SECRET_KEY_BYTES = 32;

/**
 * Reads keys written as `id:base64(32 bytes),…`, or answers null where that is not their form.
 *
 * Ids are unique, and hold letters, digits, `-` and `_`; both alphabets of base64 are read.
 */
export function parseSecretKeys(text: string): SecretKey[] | null {
  const keys = text.split(",").map((entry) => parseSecretKey(entry.trim()));
  if (!keys.every((key) => key !== null)) return null;
  return new Set(keys.map(({ id }) => id)).size === keys.length ? keys : null;
}

/** Writes keys so that {@link parseSecretKeys} reads them. Secret. */
export function formatSecretKeys(keys: readonly SecretKey[]): string {
  return keys.map(({ id, key }) => `${id}:${key.toString("base64")}`).join(",");
}

function parseSecretKey(entry: string): SecretKey | null {
  const [, id, text] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]{43}=?)$/.exec(entry) ?? [];
  if (id === undefined || text === undefined) return null;
  const key = Buffer.from(text, "base64");
  return key.length === SECRET_KEY_BYTES ? { id, key } : null;
}

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { SecretKey } from "./secret-key.js";

/** A secret at rest: `v1.<key id>.<base64url of nonce, ciphertext and tag>`. */
export type SealedSecret = string & { readonly brand: "SealedSecret" };

/** What a sealed secret is for, and whose: it opens under no other. */
export interface SecretLabel {
  readonly purpose: string;
  readonly accountId: string;
}

export type Opened = { readonly state: "opened"; readonly plain: string } | { readonly state: "unreadable" };

/** Seals secrets for keeping, and digests what is only compared. */
export interface Vault {
  /** The ids of its keys: a secret that names any other does not open. */
  readonly keyIds: readonly string[];
  /** Seals under the first key (AES-256-GCM); twice the same secret looks different. */
  seal(label: SecretLabel, plain: string): SealedSecret;
  /**
   * Opens under whichever key sealed.
   *
   * Unreadable are a missing key, damage, and a secret copied from another account or purpose, alike.
   */
  open(label: SecretLabel, sealed: SealedSecret): Opened;
  /**
   * Digests a text so that equal ones can be found, and nobody without the key can try texts (HMAC-SHA-256,
   * base64url, 43 characters).
   *
   * Bound to the first key: after a rotation earlier digests match nothing, so keep none that must outlive it.
   */
  digest(purpose: string, text: string): string;
}

const VERSION = "v1";
const SEALED = /^v1\.([\w-]+)\.([\w-]+)$/;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = "aes-256-gcm";
const UNREADABLE: Opened = { state: "unreadable" };

/** Reads which key sealed a secret; null where it has not the form of any. */
export function keyIdOf(sealed: SealedSecret): string | null {
  return SEALED.exec(sealed)?.[1] ?? null;
}

/** Makes a vault: the first key seals and digests, all open. */
export function createVault(keys: readonly SecretKey[]): Vault {
  const [first] = keys;
  if (first === undefined) throw new Error("a vault needs a key");
  const sealingKeys = new Map(keys.map(({ id, key }) => [id, derive(key, "seal")]));
  const sealingKey = derive(first.key, "seal");
  const digestKey = derive(first.key, "digest");
  return {
    keyIds: keys.map(({ id }) => id),
    seal: (label, plain) => `${VERSION}.${first.id}.${encrypt(sealingKey, label, plain)}` as SealedSecret,
    open: (label, sealed) => {
      const [, id = "", body = ""] = SEALED.exec(sealed) ?? [];
      const key = sealingKeys.get(id);
      return key === undefined ? UNREADABLE : decrypt(key, label, body);
    },
    digest: (purpose, text) =>
      createHmac("sha256", digestKey)
        .update(JSON.stringify([purpose, text]))
        .digest("base64url"),
  };
}

function encrypt(key: Buffer, label: SecretLabel, plain: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(labelBytes(label));
  const parts = [nonce, cipher.update(plain, "utf8"), cipher.final()];
  return Buffer.concat([...parts, cipher.getAuthTag()]).toString("base64url");
}

function decrypt(key: Buffer, label: SecretLabel, body: string): Opened {
  const bytes = Buffer.from(body, "base64url");
  // One text for one secret: unused bits of the last character are damage too.
  if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString("base64url") !== body) return UNREADABLE;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(labelBytes(label)).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const start = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return { state: "opened", plain: Buffer.concat([start, decipher.final()]).toString("utf8") };
  } catch {
    return UNREADABLE;
  }
}

/** JSON keeps the parts apart: no two labels give the same bytes. */
function labelBytes({ purpose, accountId }: SecretLabel): Buffer {
  return Buffer.from(JSON.stringify(["keyturn", VERSION, purpose, accountId]));
}

/** A key of its own for each use (HKDF, RFC 5869). */
function derive(key: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", `keyturn/${VERSION}/${use}`, 32));
}

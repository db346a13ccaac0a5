import type { RetiredKey, SigningKey, SigningKeyStore } from "@keyturn/oauth2";
import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { insert, sql } from "../../platform/sql.js";
import { keyIdOf, type SecretLabel } from "../../platform/vault.js";
import { RetiredKeyEntity } from "./retired-key.entity.js";
import { SigningKeyEntity } from "./signing-key.entity.js";

/** The signing keys as they are kept: those that open, and those that do not. */
export interface KeptSigningKeys {
  readonly opened: readonly SigningKey[];
  /** They sign and verify nothing any more; `missingKey` sealed them and is not configured, null: they are damaged. */
  readonly unreadable: readonly { readonly id: string; readonly missingKey: string | null }[];
}

/** Where signing keys are kept: sealed, each under its own id. */
export function createSigningKeyStore(needs: Needs<"db" | "vault">): SigningKeyStore {
  return {
    list: async () => (await readSigningKeys(needs, needs.db.read)).opened,
    listRetired: () => readRetiredKeys(needs.db.read),
    add: (key) => needs.db.transaction((manager) => addSigningKey(needs, manager, key)),
  };
}

/** Reads every key that is kept, and opens it. */
export async function readSigningKeys(
  { vault }: Needs<"vault">,
  manager: EntityManager,
): Promise<KeptSigningKeys> {
  const text = `SELECT id, algorithm, sealed_private_key AS "sealedPrivateKey", signs_from AS "signsFrom"
    FROM oauth_signing_keys ORDER BY id`;
  const opened: SigningKey[] = [];
  const unreadable: { id: string; missingKey: string | null }[] = [];
  for (const { id, algorithm, sealedPrivateKey, signsFrom } of (await sql<SigningKeyEntity>(manager, text))
    .rows) {
    const secret = vault.open(labelOf(id), sealedPrivateKey);
    if (secret.state === "opened") {
      opened.push({
        id,
        algorithm,
        privateJwk: JSON.parse(secret.plain) as SigningKey["privateJwk"],
        signsFrom,
      });
    } else {
      const keyId = keyIdOf(sealedPrivateKey);
      unreadable.push({ id, missingKey: keyId === null || vault.keyIds.includes(keyId) ? null : keyId });
    }
  }
  return { opened, unreadable };
}

/** Keeps a key. */
export async function addSigningKey(
  { vault }: Needs<"vault">,
  manager: EntityManager,
  { id, algorithm, privateJwk, signsFrom }: SigningKey,
): Promise<void> {
  const sealedPrivateKey = vault.seal(labelOf(id), JSON.stringify(privateJwk));
  await insert(manager, SigningKeyEntity, { id, algorithm, sealedPrivateKey, signsFrom });
}

async function readRetiredKeys(manager: EntityManager): Promise<RetiredKey[]> {
  const text = `SELECT id, algorithm, public_key AS "publicKey", hints_until AS "hintsUntil" FROM oauth_retired_keys`;
  const { rows } = await sql<RetiredKeyEntity>(manager, text);
  return rows.map(({ publicKey, hintsUntil, ...key }) => ({
    ...key,
    publicJwk: JSON.parse(publicKey) as RetiredKey["publicJwk"],
    hintsUntil: Number(hintsUntil),
  }));
}

/** Keeps the public half of a key in its place: it verifies hints alone. */
export async function keepRetiredKey(
  manager: EntityManager,
  { id, algorithm, publicJwk, hintsUntil }: RetiredKey,
): Promise<void> {
  const row = { id, algorithm, publicKey: JSON.stringify(publicJwk), hintsUntil };
  await forgetSigningKeys(manager, [id]);
  await insert(manager, RetiredKeyEntity, row);
}

/** Forgets what is left of retired keys: what they signed is no hint any more. */
export async function forgetRetiredKeys(manager: EntityManager): Promise<void> {
  await sql(manager, "DELETE FROM oauth_retired_keys");
}

/** Forgets keys for good: what they signed verifies no more. */
export async function forgetSigningKeys(manager: EntityManager, ids: readonly string[]): Promise<void> {
  for (const id of ids) await sql(manager, "DELETE FROM oauth_signing_keys WHERE id = $1", [id]);
}

function labelOf(id: string): SecretLabel {
  return { purpose: "oauth-signing-key", accountId: id };
}

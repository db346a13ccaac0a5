import type { SigningKey, SigningKeyStore } from "@keyturn/oauth2";
import type { Needs } from "../../platform/context.js";
import { insert, sql } from "../../platform/sql.js";
import type { SecretLabel } from "../../platform/vault.js";
import { SigningKeyEntity } from "./signing-key.entity.js";

/** Where signing keys are kept: sealed, each under its own id. */
export function createSigningKeyStore({ db, vault }: Needs<"db" | "vault">): SigningKeyStore {
  return {
    async list() {
      const text = `SELECT id, algorithm, sealed_private_key AS "sealedPrivateKey", signs_from AS "signsFrom"
        FROM oauth_signing_keys`;
      const { rows } = await sql<SigningKeyEntity>(db.read, text);
      return rows.flatMap(({ id, algorithm, sealedPrivateKey, signsFrom }) => {
        const opened = vault.open(labelOf(id), sealedPrivateKey);
        // One whose secret key is gone signs and verifies nothing any more; another is made.
        if (opened.state === "unreadable") return [];
        return [
          { id, algorithm, privateJwk: JSON.parse(opened.plain) as SigningKey["privateJwk"], signsFrom },
        ];
      });
    },
    async add({ id, algorithm, privateJwk, signsFrom }) {
      const sealedPrivateKey = vault.seal(labelOf(id), JSON.stringify(privateJwk));
      const row = { id, algorithm, sealedPrivateKey, signsFrom };
      await db.transaction((manager) => insert(manager, SigningKeyEntity, row));
    },
  };
}

function labelOf(id: string): SecretLabel {
  return { purpose: "oauth-signing-key", accountId: id };
}

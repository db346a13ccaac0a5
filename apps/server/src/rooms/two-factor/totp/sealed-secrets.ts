import type { EntityManager } from "typeorm";
import type { Needs } from "../../../platform/context.js";
import { sql } from "../../../platform/sql.js";
import { keyIdOf, type SealedSecret } from "../../../platform/vault.js";
import { TOTP_SECRET } from "./check-verification-code.js";

const PAGE = 500;
/** So many rows of unknown keys are looked at; whatever else they are sealed under, the answer is the same. */
const SAMPLE = 1_000;

/** A secret that no key opens, and whose it is. */
export interface UnreadableSecret {
  readonly loginName: string;
  /** An enrollment's can be begun again. */
  readonly of: "authenticator" | "enrollment";
  /** The key that sealed it, where that is not configured; null: the key is there, and the secret is damaged. */
  readonly missingKey: string | null;
}

/** Tries every secret of authenticators and enrollments, page by page, and yields what it finds in each. */
export async function* checkSealedSecrets(
  needs: Needs<"db" | "vault">,
): AsyncGenerator<{ readonly checked: number; readonly unreadable: readonly UnreadableSecret[] }> {
  for (const of of ["authenticator", "enrollment"] as const) {
    for (let after: string | null = ""; after !== null; ) {
      const rows: Row[] = await readPage(needs.db.read, of, after);
      const unreadable = rows
        .filter((row) => !opens(needs, row))
        .map((row) => describe(needs, { ...row, of }));
      yield { checked: rows.length, unreadable };
      after = rows.length < PAGE ? null : (rows.at(-1)?.id ?? null);
    }
  }
}

interface Row {
  readonly id: string;
  readonly accountId: string;
  readonly loginName: string;
  readonly sealedSecret: SealedSecret;
}

async function readPage(manager: EntityManager, of: UnreadableSecret["of"], after: string): Promise<Row[]> {
  const table = of === "authenticator" ? "authenticators" : "totp_enrollments";
  const text = `SELECT t.id, t.account_id AS "accountId", a.login_name AS "loginName",
      t.sealed_secret AS "sealedSecret"
    FROM ${table} t JOIN accounts a ON a.id = t.account_id WHERE t.id > $1 ORDER BY t.id LIMIT ${PAGE}`;
  return (await sql<Row>(manager, text, [after])).rows;
}

function opens({ vault }: Needs<"vault">, { accountId, sealedSecret }: Row): boolean {
  return vault.open({ purpose: TOTP_SECRET, accountId }, sealedSecret).state === "opened";
}

function describe(
  { vault }: Needs<"vault">,
  { loginName, sealedSecret, of }: Row & { of: UnreadableSecret["of"] },
): UnreadableSecret {
  const keyId = keyIdOf(sealedSecret);
  return { loginName, of, missingKey: keyId === null || vault.keyIds.includes(keyId) ? null : keyId };
}

/**
 * Lists the keys that authenticators' secrets are sealed under and that are not configured. A damaged row names none;
 * enrollments do not count: they last for minutes, and can be begun again.
 */
export async function findMissingKeys({ db, vault }: Needs<"db" | "vault">): Promise<string[]> {
  const heads = vault.keyIds.map((id) => `v1.${id}.`);
  const others = heads.map((head, index) => `substr(sealed_secret, 1, ${head.length}) <> $${index + 1}`);
  const text = `SELECT sealed_secret AS "sealedSecret" FROM authenticators
    WHERE ${others.join(" AND ")} LIMIT ${SAMPLE}`;
  const { rows } = await sql<Pick<Row, "sealedSecret">>(db.read, text, heads);
  const ids = rows.map(({ sealedSecret }) => keyIdOf(sealedSecret)).filter((id) => id !== null);
  return [...new Set(ids)].sort();
}

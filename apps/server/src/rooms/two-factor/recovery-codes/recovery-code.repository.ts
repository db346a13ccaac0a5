import { digestRecoveryCode, drawRecoveryCodes, normalizeRecoveryCode } from "@keyturn/totp";
import type { EntityManager } from "typeorm";
import { places, sql } from "../../../platform/sql.js";
import type { Checked } from "../factor.js";

/** Compares the form of a recovery code; whether it is one of the account's is decided when it is redeemed. */
export function checkRecoveryCode(accountId: string, code: string): Checked {
  const normal = normalizeRecoveryCode(code);
  if (normal === null) return { state: "wrong" };
  const digest = digestRecoveryCode(normal, accountId);
  return { state: "right", redeem: (manager) => useRecoveryCode(manager, accountId, digest) };
}

async function useRecoveryCode(manager: EntityManager, accountId: string, digest: string): Promise<boolean> {
  const text = "DELETE FROM recovery_codes WHERE id = $1 AND account_id = $2";
  return (await sql(manager, text, [digest, accountId])).affected === 1;
}

/** Draws a new set of ten recovery codes; the old set is dead. They are returned this once. */
export async function renewRecoveryCodes(manager: EntityManager, accountId: string): Promise<string[]> {
  await endRecoveryCodes(manager, accountId);
  const codes = drawRecoveryCodes();
  const digests = codes.map((code) => digestRecoveryCode(normalizeRecoveryCode(code) ?? code, accountId));
  const rows = digests.map((_, index) => `($${index + 2}, $1)`).join(", ");
  await sql(manager, `INSERT INTO recovery_codes (id, account_id) VALUES ${rows}`, [accountId, ...digests]);
  return codes;
}

/** Counts the recovery codes that an account has left. */
export async function countRecoveryCodes(manager: EntityManager, accountId: string): Promise<number> {
  return (await countRecoveryCodesOf(manager, [accountId])).get(accountId) ?? 0;
}

/** Counts the recovery codes that accounts have left; an account that has none is not in the answer. */
export async function countRecoveryCodesOf(
  manager: EntityManager,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const text = `SELECT account_id AS id, count(*) AS count FROM recovery_codes
    WHERE account_id IN (${places(accountIds)}) GROUP BY account_id`;
  const { rows } = await sql<{ id: string; count: number }>(manager, text, accountIds);
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}

/** Ends an account's recovery codes. */
export async function endRecoveryCodes(manager: EntityManager, accountId: string): Promise<void> {
  await sql(manager, "DELETE FROM recovery_codes WHERE account_id = $1", [accountId]);
}

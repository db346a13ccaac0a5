import type { EntityManager } from "typeorm";
import { columns, insert, readEntity, sql } from "../../../platform/sql.js";
import { TotpEnrollmentEntity } from "./totp-enrollment.entity.js";
import { ENROLLMENT_WRONG_CODES } from "./totp-enrollment.js";

/** Keeps an enrollment, in place of a pending one of the same account. */
export async function replaceEnrollment(
  manager: EntityManager,
  enrollment: Omit<TotpEnrollmentEntity, "account">,
): Promise<void> {
  await endEnrollments(manager, enrollment.accountId);
  await insert(manager, TotpEnrollmentEntity, enrollment);
}

/**
 * Charges one code to an enrollment, before it is compared, and returns it; null where it is not this session's,
 * expired, or has had its ten.
 */
export async function chargeEnrollment(
  manager: EntityManager,
  { id, sessionId, now }: { id: string; sessionId: string; now: number },
): Promise<TotpEnrollmentEntity | null> {
  const { affected } = await sql(
    manager,
    `UPDATE totp_enrollments SET wrong_codes = wrong_codes + 1
     WHERE id = $1 AND session_id = $2 AND expires_at > $3 AND wrong_codes < $4`,
    [id, sessionId, now, ENROLLMENT_WRONG_CODES],
  );
  if (affected === 0) return null;
  const text = `SELECT ${columns(TotpEnrollmentEntity, "e")} FROM totp_enrollments e WHERE e.id = $1`;
  const { rows } = await sql<Record<string, unknown>>(manager, text, [id]);
  return rows[0] === undefined ? null : readEntity(TotpEnrollmentEntity, rows[0], "e");
}

/** Takes an enrollment away to become an authenticator; false where another request was quicker. */
export async function takeEnrollment(manager: EntityManager, id: string): Promise<boolean> {
  return (await sql(manager, "DELETE FROM totp_enrollments WHERE id = $1", [id])).affected === 1;
}

/** Ends what an account has pending. */
export async function endEnrollments(manager: EntityManager, accountId: string): Promise<void> {
  await sql(manager, "DELETE FROM totp_enrollments WHERE account_id = $1", [accountId]);
}

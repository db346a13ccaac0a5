import type { EntityManager } from "typeorm";
import { sql } from "../../platform/sql.js";
import { endMailLinks } from "../accounts/mail-link.repository.js";
import { endRecoveryCodes } from "./recovery-codes/recovery-code.repository.js";
import { listAuthenticators, removeAuthenticator } from "./totp/authenticator.repository.js";
import { endEnrollments } from "./totp/totp-enrollment.repository.js";

/**
 * Turns an account's second factor off: its secrets and recovery codes are deleted, what is pending and the links in
 * mails end, and logins that are under way start again. The password alone logs in; the old codes fail for ever.
 *
 * False where it was off already, by another request at the same moment.
 */
export async function endTwoFactor(manager: EntityManager, accountId: string, now: number): Promise<boolean> {
  const text = `UPDATE accounts SET two_factor_enabled_at = NULL, wrong_codes = 0, stamp = stamp + 1
    WHERE id = $1 AND two_factor_enabled_at IS NOT NULL`;
  if ((await sql(manager, text, [accountId])).affected === 0) return false;
  await sql(manager, "DELETE FROM authenticators WHERE account_id = $1", [accountId]);
  await endRecoveryCodes(manager, accountId);
  await endEnrollments(manager, accountId);
  await endMailLinks(manager, accountId, now);
  return true;
}

/**
 * Removes one authenticator, secret and all, and ends the logins that are under way; false where it is the last one
 * that the account has left.
 */
export async function endAuthenticator(
  manager: EntityManager,
  { id, accountId }: { id: string; accountId: string },
): Promise<boolean> {
  await sql(manager, "UPDATE accounts SET stamp = stamp + 1 WHERE id = $1", [accountId]);
  if ((await listAuthenticators(manager, accountId)).length <= 1) return false;
  await removeAuthenticator(manager, id, accountId);
  return true;
}

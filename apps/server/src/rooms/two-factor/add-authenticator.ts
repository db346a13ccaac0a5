import type { EntityManager } from "typeorm";
import { newId } from "../../platform/id.js";
import { sql } from "../../platform/sql.js";
import type { SealedSecret } from "../../platform/vault.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { renewRecoveryCodes } from "./recovery-codes/recovery-code.repository.js";
import type { AuthenticatorEntity } from "./totp/authenticator.entity.js";
import { addAuthenticator as insertAuthenticator } from "./totp/authenticator.repository.js";
import { endEnrollments } from "./totp/totp-enrollment.repository.js";

/** At most so many authenticators an account. */
export const MAXIMUM_AUTHENTICATORS = 5;

/** A secret whose first code was right, at which step. */
export interface ConfirmedSecret {
  readonly name: string;
  readonly sealedSecret: SealedSecret;
  readonly step: number;
}

/** What confirming a secret made: recovery codes only with the first authenticator, shown this once. */
export interface AuthenticatorMade {
  readonly authenticator: AuthenticatorEntity;
  readonly recoveryCodes: readonly string[] | null;
}

/**
 * Makes an authenticator of a confirmed secret, and turns two-factor on with the first. The confirming code is used
 * up: it does not log in.
 *
 * Null where the account is not what it was when the code was compared: then nothing may come of it.
 */
export async function addAuthenticator(
  manager: EntityManager,
  account: AccountEntity,
  { name, sealedSecret, step, now }: ConfirmedSecret & { readonly now: number },
): Promise<AuthenticatorMade | null> {
  const isFirst = account.twoFactorEnabledAt === null;
  if (!(await changeFactors(manager, account, now))) return null;
  const id = newId(now);
  const authenticator = {
    id,
    accountId: account.id,
    name,
    sealedSecret,
    lastUsedStep: step,
    lastUsedAt: null,
    createdAt: now,
  };
  await insertAuthenticator(manager, authenticator);
  await endEnrollments(manager, account.id);
  const recoveryCodes = isFirst ? await renewRecoveryCodes(manager, account.id) : null;
  return { authenticator, recoveryCodes };
}

/** Takes the account's row, ends the logins that are under way, and keeps since when two-factor is on. */
async function changeFactors(manager: EntityManager, account: AccountEntity, now: number): Promise<boolean> {
  const text = `UPDATE accounts SET stamp = stamp + 1, two_factor_enabled_at = coalesce(two_factor_enabled_at, $3)
    WHERE id = $1 AND stamp = $2 AND suspended_at IS NULL`;
  return (await sql(manager, text, [account.id, account.stamp, now])).affected === 1;
}

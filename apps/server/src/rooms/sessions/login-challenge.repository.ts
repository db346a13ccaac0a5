import type { EntityManager } from "typeorm";
import { drawToken, type PlainToken } from "../../platform/bearer-token.js";
import { newId } from "../../platform/id.js";
import { columns, insert, readEntity, sql } from "../../platform/sql.js";
import type { SealedSecret } from "../../platform/vault.js";
import {
  ACCOUNT_AND_POLICY,
  type AccountAndPolicy,
  readAccountAndPolicy,
} from "../accounts/account.repository.js";
import type { Proven } from "../two-factor/proven.js";
import type { AuthenticatorEntity } from "../two-factor/totp/authenticator.entity.js";
import { AUTHENTICATORS, readAuthenticators } from "../two-factor/totp/authenticator.repository.js";
import { ENROLLMENT_LIFETIME, ENROLLMENT_WRONG_CODES } from "../two-factor/totp/totp-enrollment.js";
import { LoginChallengeEntity } from "./login-challenge.entity.js";

const LIFETIME = 5 * 60_000;
const WRONG_CODES = 5;

/** What a challenge is made from. */
export interface NewChallenge extends AccountAndPolicy {
  readonly useCookie: boolean;
  readonly proven: Proven;
  /** That of an enrollment that the login carries; it lives longer then. */
  readonly sealedSecret: SealedSecret | null;
  readonly now: number;
}

/** Keeps a challenge, which only a compared password opens; its token is returned this once. */
export async function openChallenge(
  manager: EntityManager,
  { account, policy, useCookie, proven, sealedSecret, now }: NewChallenge,
): Promise<{ id: string; token: PlainToken; expiresAt: number }> {
  if (!proven.password) throw new Error("a challenge was to open without a password");
  const { plain, hash } = drawToken("ktc_");
  const id = newId(now);
  const expiresAt = now + (sealedSecret === null ? LIFETIME : ENROLLMENT_LIFETIME);
  await insert(manager, LoginChallengeEntity, {
    id,
    tokenHash: hash,
    accountId: account.id,
    accountStamp: account.stamp,
    policyVersion: policy.version,
    useCookie,
    wrongCodes: 0,
    sealedSecret,
    expiresAt,
  });
  return { id, token: plain, expiresAt };
}

/** A challenge with all that its completion needs. */
export interface FoundChallenge extends AccountAndPolicy {
  readonly challenge: LoginChallengeEntity;
  readonly authenticators: AuthenticatorEntity[];
}

/** Finds a live challenge in one statement; null where it expired, or its account or the policy changed. */
export async function findChallenge(
  manager: EntityManager,
  tokenHash: string,
  now: number,
): Promise<FoundChallenge | null> {
  const { rows } = await sql<Record<string, unknown>>(
    manager,
    `SELECT ${columns(LoginChallengeEntity, "c")}, ${ACCOUNT_AND_POLICY()}, ${AUTHENTICATORS()}
     FROM login_challenges c JOIN accounts a ON a.id = c.account_id CROSS JOIN security_policy p
     LEFT JOIN authenticators t ON t.account_id = a.id
     WHERE c.token_hash = $1 AND c.expires_at > $2 AND c.account_stamp = a.stamp AND c.policy_version = p.version
       AND a.suspended_at IS NULL ORDER BY t.created_at, t.id`,
    [tokenHash, now],
  );
  const challenge = rows[0] === undefined ? null : readEntity(LoginChallengeEntity, rows[0], "c");
  if (rows[0] === undefined || challenge === null) return null;
  return { challenge, ...readAccountAndPolicy(rows[0]), authenticators: readAuthenticators(rows) };
}

/** Charges one code to a challenge, before it is compared; false: it has had its share, or is gone. */
export async function chargeChallenge(
  manager: EntityManager,
  { id, sealedSecret }: LoginChallengeEntity,
): Promise<boolean> {
  const limit = sealedSecret === null ? WRONG_CODES : ENROLLMENT_WRONG_CODES;
  const text = "UPDATE login_challenges SET wrong_codes = wrong_codes + 1 WHERE id = $1 AND wrong_codes < $2";
  return (await sql(manager, text, [id, limit])).affected === 1;
}

/** Gives a charged code back: it was not compared. */
export async function refundChallenge(manager: EntityManager, { id }: LoginChallengeEntity): Promise<void> {
  await sql(manager, "UPDATE login_challenges SET wrong_codes = wrong_codes - 1 WHERE id = $1", [id]);
}

/**
 * Takes a challenge away to become a session, and adds the password that opened it to what was proven now.
 *
 * Null where another request was quicker, or the policy changed.
 */
export async function takeChallenge(
  manager: EntityManager,
  { id }: LoginChallengeEntity,
  proven: Proven,
): Promise<Proven | null> {
  const text = `DELETE FROM login_challenges
    WHERE id = $1 AND policy_version = (SELECT version FROM security_policy)`;
  return (await sql(manager, text, [id])).affected === 1 ? proven.withEarlierPassword() : null;
}

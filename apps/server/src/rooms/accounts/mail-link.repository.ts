import type { EntityManager } from "typeorm";
import { drawToken, type PlainToken, readToken } from "../../platform/bearer-token.js";
import { newId } from "../../platform/id.js";
import { columns, insert, readEntity, sql } from "../../platform/sql.js";
import { ACCOUNT_AND_POLICY, type AccountAndPolicy, readAccountAndPolicy } from "./account.repository.js";
import { MailLinkEntity } from "./mail-link.entity.js";

/** What a mailed link is for, and how long it lives. */
export type LinkPurpose = "reset-password" | "set-first-password" | "confirm-email";

const HOUR = 3_600_000;
const LIFETIME = {
  "reset-password": HOUR,
  "set-first-password": 7 * 24 * HOUR,
  "confirm-email": HOUR,
} as const;
const MAILS_AN_HOUR = 3;

/** A link to be mailed. */
export interface NewMailLink {
  readonly accountId: string;
  readonly purpose: LinkPurpose;
  /** The address that it is to prove; null for a password. */
  readonly emailAddress: string | null;
  readonly now: number;
}

/**
 * Keeps a new link in place of an older one of its kind; its token is returned this once.
 *
 * Null where the account has had its three mails of the kind within an hour; nobody is told. Kinds are apart, since
 * anyone can ask for a reset: that ends no invitation, and uses up nobody's change of address.
 */
export async function openMailLink(
  manager: EntityManager,
  { accountId, purpose, emailAddress, now }: NewMailLink,
): Promise<PlainToken | null> {
  await sql(manager, "UPDATE accounts SET stamp = stamp WHERE id = $1", [accountId]);
  const counted = await sql<{ count: number }>(
    manager,
    "SELECT count(*) AS count FROM mail_links WHERE account_id = $1 AND created_at > $2 AND purpose = $3",
    [accountId, now - HOUR, purpose],
  );
  if (Number(counted.rows[0]?.count) >= MAILS_AN_HOUR) return null;
  const text =
    "UPDATE mail_links SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL AND purpose = $3";
  await sql(manager, text, [accountId, now, purpose]);
  const { plain, hash } = drawToken("ktm_");
  const times = { createdAt: now, expiresAt: now + LIFETIME[purpose], endedAt: null };
  await insert(manager, MailLinkEntity, {
    id: newId(now),
    tokenHash: hash,
    accountId,
    purpose,
    emailAddress,
    ...times,
  });
  return plain;
}

interface Wanted {
  readonly confirms: "password" | "email";
  readonly now: number;
}

/** Whether a link does still what it was mailed for. To look uses nothing up: its token cannot be guessed. */
export async function isMailLinkAlive(
  manager: EntityManager,
  token: string,
  wanted: Wanted,
): Promise<boolean> {
  return (await findMailLink(manager, token, wanted)) !== null;
}

/** Finds a live link by its token, with its account and the policy. */
export async function findMailLink(
  manager: EntityManager,
  text: string,
  { confirms, now }: Wanted,
): Promise<(AccountAndPolicy & { link: MailLinkEntity }) | null> {
  const token = readToken(text);
  if (token?.prefix !== "ktm_") return null;
  const { rows } = await sql<Record<string, unknown>>(
    manager,
    `SELECT ${columns(MailLinkEntity, "l")}, ${ACCOUNT_AND_POLICY()}
     FROM mail_links l JOIN accounts a ON a.id = l.account_id CROSS JOIN security_policy p
     WHERE l.token_hash = $1 AND l.expires_at > $2 AND l.ended_at IS NULL AND a.suspended_at IS NULL`,
    [token.hash, now],
  );
  const link = rows[0] === undefined ? null : readEntity(MailLinkEntity, rows[0], "l");
  if (rows[0] === undefined || link === null) return null;
  if ((link.purpose === "confirm-email") !== (confirms === "email")) return null;
  return { link, ...readAccountAndPolicy(rows[0]) };
}

/** Uses a link up; false where another request was quicker. */
export async function useMailLink(manager: EntityManager, id: string, now: number): Promise<boolean> {
  const text = "UPDATE mail_links SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
  return (await sql(manager, text, [id, now])).affected === 1;
}

/** Ends the links that were mailed for an account: its password, address or factors changed. */
export async function endMailLinks(manager: EntityManager, accountId: string, now: number): Promise<void> {
  const text = "UPDATE mail_links SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL";
  await sql(manager, text, [accountId, now]);
}

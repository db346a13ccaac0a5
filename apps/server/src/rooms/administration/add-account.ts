import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { insert } from "../../platform/sql.js";
import { AccountEntity } from "../accounts/account.entity.js";
import { isLoginNameTaken } from "../accounts/account.repository.js";
import { openMailLink } from "../accounts/mail-link.repository.js";
import { tellAccount } from "../accounts/tell-account.js";
import { type AuditEvent, type Happening, recordEvent } from "../audit/record-event.js";

/** By whom an account is made. */
export interface Maker extends Pick<AuditEvent, "actor" | "credential" | "details"> {
  /** Sees, in the transaction, that they still may. */
  readonly hold?: (manager: EntityManager) => Promise<void>;
}

/**
 * Adds an account, and mails a person or a guest without a password a link to set one. False where another account
 * bears the login name.
 */
export async function addAccount(
  needs: Needs<"db" | "mailer" | "config">,
  account: AccountEntity,
  { happening, maker }: { happening: Happening; maker: Maker },
): Promise<boolean> {
  const { id, kind, role, passwordHash, emailAddress } = account;
  const isInvited = kind !== "SERVICE" && passwordHash === null && emailAddress !== null;
  try {
    const invitation = await needs.db.transaction(async (manager) => {
      await maker.hold?.(manager);
      await insert(manager, AccountEntity, account);
      const { actor = null, credential = null } = maker;
      const details = { ...maker.details, kind, ...(role === "USER" ? {} : { role }) };
      const event = { action: "account.created", actor, credential, subject: account, details } as const;
      await recordEvent(manager, happening, event);
      const link = { accountId: id, purpose: "set-first-password", emailAddress: null } as const;
      return isInvited ? await openMailLink(manager, { ...link, now: happening.now }) : null;
    });
    if (invitation !== null) {
      const link = new URL(`/reset-password/${invitation}`, needs.config.publicUrl).href;
      tellAccount(needs, account, (mails, to) => mails.invitation(to, link));
    }
    return true;
  } catch (error) {
    if (!isLoginNameTaken(error)) throw error;
    return false;
  }
}

import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { messageLocale } from "../../platform/locale.js";
import { sql } from "../../platform/sql.js";
import type { Words } from "../../platform/words/en.js";
import { words } from "../../platform/words/index.js";
import type { MailFacts, MailText } from "../../platform/words/mails.en.js";
import type { AccountEntity } from "./account.entity.js";

/** Mails an account in its own language, after the commit; one without an address hears nothing. */
export function tellAccount(
  { mailer, config }: Needs<"mailer" | "config">,
  account: AccountEntity,
  write: (mails: Words["mails"], to: MailFacts) => MailText,
): void {
  if (account.emailAddress === null) return;
  const { displayName, loginName } = account;
  const to = { displayName, loginName, issuer: config.issuerName };
  mailer.send({ to: account.emailAddress, ...write(words(messageLocale(account.locale)).mails, to) });
}

/** Warnings that are mailed at most once a day each, so that nobody can flood an owner. */
export type Warning = "warned_wrong_code_at" | "warned_password_refused_at" | "warned_enrollment_at";

const DAY = 86_400_000;

/** Says whether a warning is due, and if so notes that it was given. */
export async function isWarningDue(
  manager: EntityManager,
  account: AccountEntity,
  { warning, now }: { warning: Warning; now: number },
): Promise<boolean> {
  const text = `UPDATE accounts SET ${warning} = $2 WHERE id = $1 AND (${warning} IS NULL OR ${warning} <= $3)`;
  return (await sql(manager, text, [account.id, now, now - DAY])).affected === 1;
}

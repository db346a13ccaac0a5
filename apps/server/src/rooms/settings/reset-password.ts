import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { EntityManager } from "typeorm";
import type { Needs, RequestFacts } from "../../platform/context.js";
import { messageLocale } from "../../platform/locale.js";
import { refuseThrottled } from "../../platform/refuse-throttled.js";
import { sql } from "../../platform/sql.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { words } from "../../platform/words/index.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { findAccountsByEmail, findSubject } from "../accounts/account.repository.js";
import { endAccess } from "../accounts/end-access.js";
import { emailKey, isLoginName } from "../accounts/login-name.js";
import { findMailLink, openMailLink, useMailLink } from "../accounts/mail-link.repository.js";
import { judgeNewPassword, setPassword, type WeakPasswordFailure } from "../accounts/new-password.js";
import { tellAccount } from "../accounts/tell-account.js";
import { recordEvent } from "../audit/record-event.js";
import type { Caller } from "../credentials/viewer.js";
import { listGoingOn } from "./list-going-on.js";

/** In milliseconds. */
const LONGEST_DELAY = 250;

export interface PasswordResetRequestedAnswer {
  readonly __typename: "PasswordResetRequested";
  readonly message: string;
}

export interface RequestPasswordResetInput {
  readonly loginName?: string | null;
  readonly emailAddress?: string | null;
}

/** Answers the same, in like time, whether or not the name or address is known: the work is done after the answer. */
export async function requestPasswordReset(
  needs: Needs<"db" | "now" | "mailer" | "config" | "later" | "throttle">,
  { request }: Caller,
  input: RequestPasswordResetInput,
): Promise<PasswordResetRequestedAnswer> {
  // Whoever asks proves nothing: each request counts against its address.
  await refuseThrottled(needs, request);
  needs.throttle.fail(request.ipAddress);
  needs.later(async () => {
    // At a moment of its own, so that what the next answer takes does not tell whether there was something to do.
    await wait(randomInt(LONGEST_DELAY));
    await mailResetLinks(needs, request, input);
  });
  return { __typename: "PasswordResetRequested", message: words(request.locale).passwordResetRequested };
}

/** Several accounts with one address get one mail that names each; no link goes to an address but its account's own. */
async function mailResetLinks(
  needs: Needs<"db" | "now" | "mailer" | "config">,
  request: RequestFacts,
  input: RequestPasswordResetInput,
): Promise<void> {
  const now = needs.now();
  const links = new Map<string, ResetLink[]>();
  for (const account of await findResettable(needs, input)) {
    const token = await needs.db.transaction(async (manager) => {
      if (!(await holdAddress(manager, account))) return null;
      const link = { accountId: account.id, purpose: "reset-password", emailAddress: null, now } as const;
      const opened = await openMailLink(manager, link);
      if (opened !== null)
        await recordEvent(
          manager,
          { request, now },
          { action: "password.reset-requested", subject: account },
        );
      return opened;
    });
    if (token === null) continue;
    const link = new URL(`/reset-password/${token}`, needs.config.publicUrl).href;
    const address = account.emailAddress ?? "";
    links.set(address, [...(links.get(address) ?? []), { account, loginName: account.loginName, link }]);
  }
  for (const [first, ...others] of links.values())
    if (first !== undefined)
      tellAccount(needs, first.account, (mails, to) => mails.resetPassword(to, [first, ...others]));
}

/** Takes the account's row; false where its address is no longer the one that the link would be mailed to. */
async function holdAddress(
  manager: EntityManager,
  { id, emailAddress }: Pick<AccountEntity, "id" | "emailAddress">,
): Promise<boolean> {
  const text = "UPDATE accounts SET stamp = stamp WHERE id = $1 AND email_address = $2";
  return (await sql(manager, text, [id, emailAddress])).affected === 1;
}

interface ResetLink {
  readonly account: AccountEntity;
  readonly loginName: string;
  readonly link: string;
}

async function findResettable(
  { db }: Needs<"db">,
  input: RequestPasswordResetInput,
): Promise<AccountEntity[]> {
  const accounts = await findNamed({ db }, input);
  return accounts.filter(
    ({ kind, suspendedAt, emailAddress }) =>
      kind !== "SERVICE" && suspendedAt === null && emailAddress !== null,
  );
}

async function findNamed(
  { db }: Needs<"db">,
  { loginName, emailAddress }: RequestPasswordResetInput,
): Promise<AccountEntity[]> {
  if (typeof emailAddress === "string")
    return await findAccountsByEmail(db.read, emailKey(emailAddress.slice(0, 300).replaceAll("\0", "")));
  if (typeof loginName !== "string" || !isLoginName(loginName.trim())) return [];
  const { subject } = await findSubject(db.read, loginName, "");
  return subject.kind === "account" ? [subject.account] : [];
}

export interface PasswordResetAnswer {
  readonly __typename: "PasswordReset";
  readonly message: string;
}

/**
 * Sets a password by a mailed link, and ends all sessions. It logs nobody in and leaves the second factor as it is;
 * a weak password leaves the link alive.
 */
export async function resetPassword(
  needs: Needs<"db" | "now" | "mailer" | "config" | "hasher" | "throttle">,
  caller: Caller,
  input: { readonly token: string; readonly newPassword: string },
): Promise<PasswordResetAnswer | Failure<"INVALID_MAIL_TOKEN"> | WeakPasswordFailure> {
  await refuseThrottled(needs, caller.request);
  const now = needs.now();
  const found = await findMailLink(needs.db.read, input.token, { confirms: "password", now });
  if (found === null) {
    needs.throttle.fail(caller.request.ipAddress);
    return failure("INVALID_MAIL_TOKEN", caller.request.locale);
  }
  const { account, policy, link } = found;
  const locale = messageLocale(account.locale);
  const judging = { owner: account, policy, locale, path: ["input", "newPassword"] };
  const weak = await judgeNewPassword(needs, input.newPassword, judging);
  if (weak !== null) return weak;
  const passwordHash = await needs.hasher.hash(input.newPassword);
  const goingOn = await needs.db.transaction(async (manager) => {
    if (!(await useMailLink(manager, link.id, now))) return null;
    if (!(await setPassword(manager, account, { passwordHash, now }))) return null;
    const spared = { apiTokens: true, applications: true };
    const { sessionsRevoked } = await endAccess(manager, { accountId: account.id, now }, spared);
    const event = { actor: account, subject: account, details: { sessionsRevoked } };
    await recordEvent(manager, { ...caller, now }, { action: "password.reset", ...event });
    return await listGoingOn(manager, account.id);
  });
  if (goingOn === null) return failure("INVALID_MAIL_TOKEN", locale);
  tellAccount(needs, account, (mails, to) => mails.passwordChanged(to, goingOn));
  return { __typename: "PasswordReset", message: words(locale).passwordReset };
}

import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { BadInput, Refusal } from "../../platform/problem.js";
import { sql } from "../../platform/sql.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import type { Account } from "../accounts/account.graphql.js";
import type { AccountAndPolicy } from "../accounts/account.repository.js";
import { type Ended, endAccess } from "../accounts/end-access.js";
import { openMailLink } from "../accounts/mail-link.repository.js";
import { judgeNewPassword, setPassword, type WeakPasswordFailure } from "../accounts/new-password.js";
import { tellAccount } from "../accounts/tell-account.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { administer, findForAdministrator, type Held } from "./administer.js";

export interface SetAccountPasswordInput {
  readonly accountId: string;
  readonly newPassword?: string | null;
}

export interface AccountPasswordSetAnswer {
  readonly __typename: "AccountPasswordSet";
  readonly account: Account;
  readonly sessionsRevoked: number;
}

/** A password is not what tokens and applications were given by. */
const SPARED = { apiTokens: true, applications: true };
/** At the latest; in seconds. */
const MAILS_AGAIN_IN = 3600;

type PasswordNeeds = Needs<"db" | "now" | "mailer" | "config" | "hasher">;

/**
 * Sets another account's password, which unlocks it and ends its sessions; its second factor stays as it is.
 *
 * Without a new password the old one ends, and a link to set one is mailed, so that nobody else knows it.
 *
 * @throws Refusal RATE_LIMITED where the account had its three such links within an hour; nothing was changed
 */
export async function setAccountPassword(
  needs: PasswordNeeds,
  caller: Caller,
  input: SetAccountPasswordInput,
): Promise<AccountPasswordSetAnswer | WeakPasswordFailure> {
  const found = await findForAdministrator(needs.db.read, caller, input.accountId);
  refuseUnfit(caller, found.account, input);
  const password = input.newPassword ?? null;
  return password === null
    ? await invite(needs, caller, input)
    : await replace(needs, { caller, found, password });
}

function refuseUnfit(caller: Caller, account: AccountEntity, input: SetAccountPasswordInput): void {
  if (account.id === sessionOf(caller).account.id)
    throw new BadInput(["input", "accountId"], { rule: "anothersPassword" });
  if (account.kind === "SERVICE") throw new BadInput(["input", "accountId"], { rule: "noPassword" });
  if ((input.newPassword ?? null) === null && account.emailAddress === null)
    throw new BadInput(["input", "newPassword"], { rule: "emailAddressMissing" });
}

async function replace(
  needs: PasswordNeeds,
  { caller, found, password }: { caller: Caller; found: AccountAndPolicy; password: string },
): Promise<AccountPasswordSetAnswer | WeakPasswordFailure> {
  const { account: owner, policy } = found;
  const judging = { owner, policy, locale: localeOf(caller), path: ["input", "newPassword"] };
  const weak = await judgeNewPassword(needs, password, judging);
  if (weak !== null) return weak;
  const passwordHash = await needs.hasher.hash(password);
  const done = await administer(needs, { caller, accountId: owner.id }, async (held) => {
    const { id, stamp } = held.account;
    if (!(await setPassword(held.manager, { id, stamp }, { passwordHash, now: held.now })))
      throw new Refusal("NOT_FOUND");
    const ended = await endAccess(held.manager, { accountId: id, now: held.now }, SPARED);
    return { ...(await finish(held, "set", ended)), to: held.account };
  });
  tellAccount(needs, done.to, (mails, to) => mails.passwordSet(to, done.by));
  return done.answer;
}

async function invite(
  needs: PasswordNeeds,
  caller: Caller,
  input: SetAccountPasswordInput,
): Promise<AccountPasswordSetAnswer> {
  const done = await administer(needs, { caller, accountId: input.accountId }, async (held) => {
    const { manager, account, now } = held;
    refuseUnfit(caller, account, input);
    await endPassword(manager, account.id);
    const ended = await endAccess(manager, { accountId: account.id, now }, SPARED);
    const asked = { accountId: account.id, purpose: "set-first-password", emailAddress: null } as const;
    const token = await openMailLink(manager, { ...asked, now });
    // Without the link nothing may happen: the account would be left without a password, and nobody told.
    if (token === null) throw new Refusal("RATE_LIMITED", { retryAfterSeconds: MAILS_AGAIN_IN });
    const link = new URL(`/reset-password/${token}`, needs.config.publicUrl).href;
    return { ...(await finish(held, "link mailed", ended)), link, to: account };
  });
  const { by, link } = done;
  tellAccount(needs, done.to, (mails, to) => mails.passwordToSet(to, { by, link }));
  return done.answer;
}

/** The old password logs in no more; logins that are under way start again. */
async function endPassword(manager: EntityManager, accountId: string): Promise<void> {
  const text = `UPDATE accounts SET password_hash = NULL, stamp = stamp + 1, failed_attempts = 0,
    undecided_attempts = '', locked_at = NULL, locked_until = NULL WHERE id = $1`;
  await sql(manager, text, [accountId]);
}

async function finish(
  held: Held,
  how: "set" | "link mailed",
  { sessionsRevoked }: Ended,
): Promise<{ answer: AccountPasswordSetAnswer; by: string }> {
  const { administrator } = held;
  await held.record({ action: "password.set", details: { how, sessionsRevoked } });
  const answer = {
    __typename: "AccountPasswordSet",
    account: await held.shown(),
    sessionsRevoked,
  } as const;
  return { answer, by: administrator.displayName };
}

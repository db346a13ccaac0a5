import type { Needs } from "../../platform/context.js";
import type { Words } from "../../platform/words/en.js";
import type { MailFacts, MailText } from "../../platform/words/mails.en.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { type AccountFilter, findAccounts } from "../accounts/find-accounts.js";
import { tellAccount } from "../accounts/tell-account.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";

const PAGE = 200;

/** A change of the policy that was made. */
export interface MadePolicyChange {
  readonly before: SecurityPolicy;
  readonly after: SecurityPolicy;
  readonly by: AccountEntity;
  readonly now: number;
}

type TellNeeds = Needs<"db" | "mailer" | "config" | "log">;

/**
 * Tells by mail whom a change of the policy touches, page by page and no faster than mails go out, so that any number
 * of accounts can be told. A server that stops meanwhile tells nobody further, and logs that.
 */
export async function tellPolicyChange(
  needs: TellNeeds,
  change: MadePolicyChange,
  stopping: AbortSignal,
): Promise<void> {
  const { now } = change;
  for (const notice of noticesOf(change)) {
    for (let after: string | undefined = ""; after !== undefined; ) {
      if (stopping.aborted)
        return needs.log.warn("not everyone was told of the changed policy: the server stops");
      after = await tellPage(needs, { ...notice, after, now }, stopping);
    }
  }
}

/** Tells one page of accounts, from after an id on; returns the last id where another page may follow. */
async function tellPage(
  needs: TellNeeds,
  { whom, write, after, now }: Notice & { after: string; now: number },
  stopping: AbortSignal,
): Promise<string | undefined> {
  const filter = { ...whom, kind: "PERSON", status: "ACTIVE" } as const;
  const found = await findAccounts(needs.db.read, filter, { after, limit: PAGE, now });
  for (const { account } of found) {
    await needs.mailer.room(stopping);
    tellAccount(needs, account, write);
  }
  return found.length < PAGE ? undefined : found.at(-1)?.account.id;
}

/** Tells a person who became an administrator that administrators need a second factor. */
export function tellTwoFactorRequired(
  needs: Needs<"mailer" | "config">,
  { account }: { readonly account: AccountEntity },
): void {
  if (account.role !== "ADMINISTRATOR" || account.kind !== "PERSON") return;
  if (account.twoFactorEnabledAt !== null) return;
  tellAccount(needs, account, (mails, to) => mails.twoFactorRequired(to, null));
}

interface Notice {
  readonly whom: AccountFilter;
  readonly write: (mails: Words["mails"], to: MailFacts) => MailText;
}

function noticesOf({ before, after, by, now }: MadePolicyChange): Notice[] {
  const notices = [...ofRule(before, after, now)];
  if (before.resetNeedsApproval !== after.resetNeedsApproval)
    notices.push({
      whom: { role: "ADMINISTRATOR" },
      write: (mails, to) =>
        mails.approvalChanged(to, { by: by.displayName, needed: after.resetNeedsApproval }),
    });
  return notices;
}

function ofRule(before: SecurityPolicy, after: SecurityPolicy, now: number): Notice[] {
  const date = futureDateOf(after, now);
  if (before.twoFactor === after.twoFactor && futureDateOf(before, now) === date) return [];
  const notices: Notice[] = [];
  const enrolled = { twoFactor: "ENABLED" } as const;
  if (after.twoFactor === "FORBIDDEN")
    notices.push({ whom: enrolled, write: (mails, to) => mails.twoFactorForbidden(to) });
  if (before.twoFactor === "FORBIDDEN" && after.twoFactor !== "FORBIDDEN")
    notices.push({ whom: enrolled, write: (mails, to) => mails.twoFactorAllowedAgain(to) });
  if (!after.twoFactor.startsWith("REQUIRED")) return notices;
  const role = after.twoFactor === "REQUIRED" ? null : "ADMINISTRATOR";
  const whom = { twoFactor: "DISABLED", role } as const;
  return [...notices, { whom, write: (mails, to) => mails.twoFactorRequired(to, date) }];
}

/** The date from which two-factor is required; null: it is now, or not at all. */
function futureDateOf({ twoFactorRequiredFrom: from }: SecurityPolicy, now: number): number | null {
  return from === null || from <= now ? null : from;
}

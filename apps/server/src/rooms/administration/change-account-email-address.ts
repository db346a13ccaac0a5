import type { Needs } from "../../platform/context.js";
import { readEmailAddress } from "../../platform/input.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { updateEmailAddress } from "../accounts/account.repository.js";
import { endMailLinks } from "../accounts/mail-link.repository.js";
import { tellAccount } from "../accounts/tell-account.js";
import type { Caller } from "../credentials/viewer.js";
import { administer } from "./administer.js";
import type { AccountUpdatedAnswer } from "./change-account-role.js";

/**
 * Gives another's account another mail address, or none where it is null, at once: the administrator answers for it.
 * Links that were mailed end; the old address and the new one are told. An absent address changes nothing.
 */
export async function changeAccountEmailAddress(
  needs: Needs<"db" | "now" | "mailer" | "config">,
  caller: Caller,
  input: { readonly accountId: string; readonly emailAddress?: string | null },
): Promise<AccountUpdatedAnswer> {
  const address = readAddress(input.emailAddress);
  const done = await administer(needs, { caller, accountId: input.accountId }, async (held) => {
    const { manager, account: before, now } = held;
    const by = held.administrator.displayName;
    if (address === undefined) return { before, by, account: await held.shown() };
    await updateEmailAddress(manager, before.id, address);
    await endMailLinks(manager, before.id, now);
    await held.record({ action: "email-address.changed" });
    return { before, by, account: await held.shown() };
  });
  if (address !== undefined) tellBothAddresses(needs, { ...done, address });
  return { __typename: "AccountUpdated", account: done.account };
}

function readAddress(given: string | null | undefined): string | null | undefined {
  return typeof given === "string" ? readEmailAddress(given, ["input", "emailAddress"]) : given;
}

function tellBothAddresses(
  needs: Needs<"mailer" | "config">,
  { before, by, address }: { before: AccountEntity; by: string; address: string | null },
): void {
  for (const emailAddress of new Set([before.emailAddress, address]))
    tellAccount(needs, { ...before, emailAddress }, (mails, to) =>
      mails.emailAddressSet(to, { by, address }),
    );
}

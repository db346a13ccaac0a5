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
 * Links that were mailed end; the old address and the new one are told. An absent address changes nothing, nor does the
 * one that is there.
 */
export async function changeAccountEmailAddress(
  needs: Needs<"db" | "now" | "mailer" | "config">,
  caller: Caller,
  input: { readonly accountId: string; readonly emailAddress?: string | null },
): Promise<AccountUpdatedAnswer> {
  const given = readAddress(input.emailAddress);
  const { account, address, ...told } = await administer(
    needs,
    { caller, accountId: input.accountId },
    async (held) => {
      const { manager, account: before, now } = held;
      const changed = given === before.emailAddress ? undefined : given;
      if (changed !== undefined) {
        await updateEmailAddress(manager, before.id, changed);
        await endMailLinks(manager, before.id, now);
        await held.record({ action: "email-address.changed" });
      }
      const by = held.administrator.displayName;
      return { before, by, address: changed, account: await held.shown() };
    },
  );
  if (address !== undefined) tellBothAddresses(needs, { ...told, address });
  return { __typename: "AccountUpdated", account };
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

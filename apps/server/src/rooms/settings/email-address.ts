import type { Needs } from "../../platform/context.js";
import { readEmailAddress } from "../../platform/input.js";
import { messageLocale } from "../../platform/locale.js";
import { refuseThrottled } from "../../platform/refuse-throttled.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { words } from "../../platform/words/index.js";
import { updateEmailAddress } from "../accounts/account.repository.js";
import { endMailLinks, findMailLink, openMailLink, useMailLink } from "../accounts/mail-link.repository.js";
import { tellAccount } from "../accounts/tell-account.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { holdSession } from "../sessions/hold-session.js";

type MailNeeds = Needs<"db" | "now" | "mailer" | "config" | "throttle">;

export interface EmailAddressChangeRequestedAnswer {
  readonly __typename: "EmailAddressChangeRequested";
  readonly message: string;
}

/** Mails a link to a new address, which takes effect when it is confirmed behind that; the old address is told at once. */
export async function changeEmailAddress(
  needs: MailNeeds,
  caller: Caller,
  input: { readonly emailAddress: string },
): Promise<EmailAddressChangeRequestedAnswer> {
  const { account } = sessionOf(caller);
  const emailAddress = readEmailAddress(input.emailAddress, ["input", "emailAddress"]);
  const now = needs.now();
  const token = await needs.db.transaction(async (manager) => {
    await holdSession(manager, caller);
    const link = { accountId: account.id, purpose: "confirm-email", emailAddress, now } as const;
    const event = { actor: account, subject: account, credential: "SESSION" } as const;
    await recordEvent(manager, { ...caller, now }, { action: "email-address.change-requested", ...event });
    return await openMailLink(manager, link);
  });
  if (token !== null) {
    const address = new URL(`/confirm-email/${token}`, needs.config.publicUrl).href;
    tellAccount(needs, { ...account, emailAddress }, (mails, to) => mails.confirmEmailAddress(to, address));
    tellAccount(needs, account, (mails, to) => mails.emailAddressChanging(to, emailAddress));
  }
  const message = words(localeOf(caller)).emailChangeRequested(emailAddress);
  return { __typename: "EmailAddressChangeRequested", message };
}

export interface EmailAddressConfirmedAnswer {
  readonly __typename: "EmailAddressConfirmed";
  readonly message: string;
}

/** Makes the address that a mailed link proves the account's; every other link that was mailed is dead. */
export async function confirmEmailAddress(
  needs: MailNeeds,
  caller: Caller,
  input: { readonly token: string },
): Promise<EmailAddressConfirmedAnswer | Failure<"INVALID_MAIL_TOKEN">> {
  await refuseThrottled(needs, caller.request);
  const now = needs.now();
  const found = await findMailLink(needs.db.read, input.token, { confirms: "email", now });
  const address = found?.link.emailAddress ?? null;
  const done =
    found !== null &&
    address !== null &&
    (await needs.db.transaction(async (manager) => {
      const { account, link } = found;
      if (!(await useMailLink(manager, link.id, now))) return false;
      await updateEmailAddress(manager, account.id, address);
      await endMailLinks(manager, account.id, now);
      await recordEvent(
        manager,
        { ...caller, now },
        { action: "email-address.changed", actor: account, subject: account },
      );
      return true;
    }));
  if (!done) {
    needs.throttle.fail(caller.request.ipAddress);
    return failure("INVALID_MAIL_TOKEN", caller.request.locale);
  }
  tellAccount(needs, found.account, (mails, to) => mails.emailAddressChanged(to, address));
  return {
    __typename: "EmailAddressConfirmed",
    message: words(messageLocale(found.account.locale)).emailConfirmed,
  };
}

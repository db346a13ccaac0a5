import type { Needs } from "../../platform/context.js";
import { notNull, readLocale, readText } from "../../platform/input.js";
import { type Failure, failure } from "../../platform/user-error.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { isLoginNameTaken, updateLoginName, updateNames } from "../accounts/account.repository.js";
import { differing } from "../accounts/differing.js";
import { readLoginName } from "../accounts/login-name.js";
import { tellAccount } from "../accounts/tell-account.js";
import { type Caller, localeOf } from "../credentials/viewer.js";
import { administer, type Held } from "./administer.js";
import type { AccountUpdatedAnswer } from "./change-account-role.js";

export interface UpdateAccountInput {
  readonly accountId: string;
  readonly loginName?: string | null;
  readonly displayName?: string | null;
  readonly locale?: string | null;
}

/** Changes another's login name, display name and language; what is absent stays. A new login name is told by mail. */
export async function updateAccount(
  needs: Needs<"db" | "now" | "mailer" | "config">,
  caller: Caller,
  input: UpdateAccountInput,
): Promise<AccountUpdatedAnswer | Failure<"LOGIN_NAME_TAKEN">> {
  const changes = readChanges(input);
  try {
    const done = await administer(needs, { caller, accountId: input.accountId }, async (held) => {
      await apply(held, changes);
      return { before: held.account, administrator: held.administrator, account: await held.shown() };
    });
    tellNewName(needs, done.before, { loginName: changes.loginName, by: done.administrator.displayName });
    return { __typename: "AccountUpdated", account: done.account };
  } catch (error) {
    if (!isLoginNameTaken(error)) throw error;
    return { ...failure("LOGIN_NAME_TAKEN", localeOf(caller)), path: ["input", "loginName"] };
  }
}

interface Changes {
  readonly loginName?: string;
  readonly displayName?: string;
  readonly locale?: string;
}

function readChanges(input: UpdateAccountInput): Changes {
  const loginName = notNull(input.loginName, ["input", "loginName"]);
  const displayName = notNull(input.displayName, ["input", "displayName"]);
  const locale = notNull(input.locale, ["input", "locale"]);
  return {
    ...(loginName !== undefined && { loginName: readLoginName(loginName, ["input", "loginName"]) }),
    ...(displayName !== undefined && {
      displayName: readText(displayName, { path: ["input", "displayName"], maximum: 100 }),
    }),
    ...(locale !== undefined && { locale: readLocale(locale, ["input", "locale"]) }),
  };
}

async function apply({ manager, account, record }: Held, changes: Changes): Promise<void> {
  const { loginName, ...given } = changes;
  const names = differing(account, given);
  if (loginName !== undefined && loginName !== account.loginName) {
    await updateLoginName(manager, account.id, loginName);
    await record({ action: "login-name.changed", details: { before: account.loginName, after: loginName } });
  }
  if (Object.keys(names).length === 0) return;
  await updateNames(manager, account.id, names);
  await record({ action: "account.updated", details: names });
}

function tellNewName(
  needs: Needs<"mailer" | "config">,
  before: AccountEntity,
  { loginName, by }: { loginName: string | undefined; by: string },
): void {
  if (loginName === undefined || loginName === before.loginName) return;
  tellAccount(needs, before, (mails, to) => mails.loginNameChanged(to, { by, loginName }));
}

import type { AccountEntity } from "./account.entity.js";

type Names = Partial<Pick<AccountEntity, "displayName" | "locale">>;

/** What of these is other than the account has it already: what changes nothing is no event. */
export function differing(account: AccountEntity, names: Names): Names {
  const { displayName, locale } = names;
  return {
    ...(displayName !== undefined && displayName !== account.displayName && { displayName }),
    ...(locale !== undefined && locale !== account.locale && { locale }),
  };
}

import { inEnglish as number } from "../numbers";

/** What the search for an account within another page says. */
export const accountSearch = {
  hint: "Part of the login name, the name or the mail address.",
  name: (displayName: string, loginName: string): string => `${displayName} (${loginName})`,
  nobody: "No account is found.",
  found: (count: number): string =>
    count === 1 ? "1 account is found." : `${number(count)} accounts are found.`,
  more: (shown: number, all: number): string =>
    `${number(shown)} of ${number(all)} accounts that are found. Type more to find fewer.`,
  gone: (id: string): string => `An account that is gone (${id})`,
};

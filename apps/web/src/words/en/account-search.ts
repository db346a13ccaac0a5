import { inEnglish as number } from "../numbers";

/** What the search for an account within another page says. */
export const accountSearch = {
  hint: "Part of the login name, the display name or the email address.",
  name: (displayName: string, loginName: string): string => `${displayName} (${loginName})`,
  nobody: "No account matches.",
  found: (count: number): string => (count === 1 ? "1 account matches." : `${number(count)} accounts match.`),
  more: (shown: number, all: number): string =>
    `${number(shown)} of ${number(all)} accounts that match. Type more to find fewer.`,
  gone: (id: string): string => `A deleted account (${id})`,
};

/** Each language under its own name. */
export const LANGUAGES = [
  { value: "en", name: "English" },
  { value: "ja", name: "日本語" },
] as const;

export type Language = (typeof LANGUAGES)[number]["value"];

/** The one of these that a locale means, such as ja-JP. */
export function languageOf(locale: string): Language {
  return locale.startsWith("ja") ? "ja" : "en";
}

const english = new Intl.NumberFormat("en");
const japanese = new Intl.NumberFormat("ja");

/** Writes a number within an English sentence. */
export function inEnglish(value: number): string {
  return english.format(value);
}

/** Writes a number within a Japanese sentence. */
export function inJapanese(value: number): string {
  return japanese.format(value);
}

/** Reads a whole number as people type it, also in the wide digits of a Japanese keyboard; null: it is none. */
export function readWhole(text: string): number | null {
  const plain = text.normalize("NFKC").trim();
  return /^\d{1,12}$/.test(plain) ? Number(plain) : null;
}

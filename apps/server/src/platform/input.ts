import { isId } from "./id.js";
import { BadInput, Refusal } from "./problem.js";

// Control characters, breaks of lines, halves of surrogate pairs, which have no UTF-8, and what turns the direction of
// writing, by which a name could look like another (Unicode Technical Report 36, "Bidirectional Text Spoofing").
const UNREADABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

/** Where an input stands, and how many code points it may have at most. */
export interface TextForm {
  readonly path: readonly string[];
  readonly maximum: number;
}

/**
 * Reads a line of text: trimmed, within its length in code points, not invisible, and without characters that control
 * lines or the direction of writing; else BAD_USER_INPUT.
 */
export function readText(value: string, { path, maximum }: TextForm): string {
  const text = value.trim();
  const length = lengthOf(text);
  if (length > maximum || UNREADABLE.test(text) || !VISIBLE.test(text)) {
    throw new BadInput(path, { rule: "text", maximum });
  }
  return text;
}

/** Reads a password as it was typed: any characters, up to 1,000 code points, so that nothing endless is hashed. */
export function readPassword(value: string, path: readonly string[]): string {
  // Halves of surrogate pairs have no UTF-8: any would be as good as any other.
  if (value.length === 0 || lengthOf(value) > 1000 || /\p{Cs}/u.test(value))
    throw new BadInput(path, { rule: "password" });
  return value;
}

/** Reads an id; one that has not the form of any names nothing: NOT_FOUND. */
export function readId(value: string): string {
  if (!isId(value)) throw new Refusal("NOT_FOUND");
  return value.toLowerCase();
}

/** Tells an absent field (undefined) from an explicit null, which only a nullable field takes; else BAD_USER_INPUT. */
export function notNull<Value>(value: Value | null | undefined, path: readonly string[]): Value | undefined {
  if (value === null) throw new BadInput(path, { rule: "notNull" });
  return value;
}

/** Reads a BCP 47 language tag, such as en or ja-JP, in its canonical form; else BAD_USER_INPUT. */
export function readLocale(value: string, path: readonly string[]): string {
  try {
    const [tag] = Intl.getCanonicalLocales(value);
    if (tag !== undefined && tag.length <= 35) return tag;
  } catch {
    // not a tag: refused below
  }
  throw new BadInput(path, { rule: "locale" });
}

const EMAIL_ADDRESS = /^[^\s@<>(),;:"\\[\]\p{Cc}\p{Cs}]{1,64}@[^\s@<>(),;:"\\[\]\p{Cc}\p{Cs}]{1,190}$/u;

/**
 * Reads a mail address: one `@` between two parts without white space, dots between characters alone (RFC 5321, section
 * 4.1.2), and a host of labels of up to 63 characters that neither begin nor end with a hyphen; else BAD_USER_INPUT.
 */
export function readEmailAddress(value: string, path: readonly string[]): string {
  const address = value.trim();
  const [local = "", host = ""] = EMAIL_ADDRESS.test(address) ? address.split("@") : [];
  if (local.split(".").includes("") || !host.split(".").every(isLabel))
    throw new BadInput(path, { rule: "emailAddress" });
  return address;
}

function isLabel(part: string): boolean {
  return part !== "" && part.length <= 63 && !part.startsWith("-") && !part.endsWith("-");
}

/** The length in code points. Above 10,000 UTF-16 units it says only that. */
function lengthOf(text: string): number {
  return text.length > 10_000 ? text.length : [...text].length;
}

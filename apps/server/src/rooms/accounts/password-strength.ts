/** The rules that a new password can break; there are none about kinds of characters. */
export type PasswordRule = "MINIMUM_LENGTH" | "MAXIMUM_LENGTH" | "COMMON" | "CONTAINS_NAME";

export interface PasswordContext {
  /** In code points. */
  readonly minimumLength: number;
  /** What others know of the account: login name, display name, the local part of its mail address, the issuer. */
  readonly names: readonly string[];
}

const MAXIMUM_LENGTH = 128;
const FEW = 5;
const SHORTEST_NAME = 3;

/**
 * Lists the rules that a new password breaks; none where it may be set (NIST SP 800-63B-4, section 3.1.1.2).
 *
 * Lengths are counted in code points. A common password is refused in any case and width. A name, or a word of it,
 * is refused where it is the whole password, once or more, or with five other characters at most; case, width,
 * spaces and punctuation do not hide it, and names shorter than three letters do not count.
 */
export async function passwordWeaknesses(
  password: string,
  context: PasswordContext,
): Promise<PasswordRule[]> {
  const length = [...password].length;
  const rules: PasswordRule[] = [];
  if (length < context.minimumLength) rules.push("MINIMUM_LENGTH");
  if (length > MAXIMUM_LENGTH) return [...rules, "MAXIMUM_LENGTH"];
  if (await isCommon(password)) rules.push("COMMON");
  if (wordsOf(context.names).some((word) => isLittleMoreThan(word, password))) rules.push("CONTAINS_NAME");
  return rules;
}

async function isCommon(password: string): Promise<boolean> {
  const { commonPasswords } = await import("./common-passwords.js");
  return commonPasswords.has(fold(password));
}

function isLittleMoreThan(word: string, password: string): boolean {
  const folded = fold(password);
  const times = lettersOf(folded).split(word).length - 1;
  return times > 0 && [...folded].length - times * [...word].length <= FEW;
}

function wordsOf(names: readonly string[]): string[] {
  return names
    .map(fold)
    .flatMap((name) => [lettersOf(name), ...name.split(/[^\p{L}\p{M}\p{N}]+/u)])
    .filter((word) => [...word].length >= SHORTEST_NAME);
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
}

import { BadInput } from "../../platform/problem.js";

const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}:]/u;

/**
 * Reads a login name: 1 to 128 code points, no control or invisible characters, and no colon, at which HTTP Basic
 * parts name and password (RFC 7617, section 2); else BAD_USER_INPUT.
 */
export function readLoginName(value: string, path: readonly string[]): string {
  const name = value.trim().normalize("NFC");
  if (!isLoginName(name)) throw new BadInput(path, { rule: "loginName" });
  return name;
}

/** Says whether a text could be a login name; what could not names no account. */
export function isLoginName(name: string): boolean {
  return name.length > 0 && name.length <= 256 && [...name].length <= 128 && !FORBIDDEN.test(name);
}

/**
 * The one form in which login names are compared: Unicode NFKC, case folded.
 *
 * Lower, upper and lower case fold what one of them alone leaves apart (ẞ, ß and ss, the two sigmas). Trimmed last:
 * NFKC makes a space of what was none (¨).
 */
export function loginNameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase().normalize("NFKC").trim();
}

/** The form in which display names are searched. */
export function displayNameKey(name: string): string {
  return loginNameKey(name);
}

/** The form in which mail addresses are compared. */
export function emailKey(address: string): string {
  return address.trim().normalize("NFKC").toLowerCase();
}

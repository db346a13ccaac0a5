import { type KeyUriFault, parseKeyUri, type TotpSecret } from "@keyturn/totp";
import { z } from "zod";
import { readEmailAddress, readLocale, readPassword, readText } from "../../../platform/input.js";
import type { Line } from "../../../platform/lines.js";
import { type PasswordHash, parsePasswordHash } from "../../../platform/password-hash.js";
import { BadInput } from "../../../platform/problem.js";
import { words } from "../../../platform/words/index.js";
import { AccountKind, Role } from "../../accounts/account-kind.js";
import { readLoginName } from "../../accounts/login-name.js";

/** No line of an import is longer, in bytes. */
export const LONGEST_LINE = 65_536;

/** An account as a line describes it. */
export interface ImportedAccount {
  readonly loginName: string;
  readonly displayName: string;
  readonly emailAddress: string | null;
  readonly locale: string;
  readonly kind: AccountKind;
  readonly role: Role;
  /** To be judged and hashed; null beside a hash, and where a link is to set it. */
  readonly password: string | null;
  readonly passwordHash: PasswordHash | null;
  readonly secret: TotpSecret | null;
}

/** What reading a line gave: an account, what is expected instead, or null for an empty line. */
export type LineRead =
  | { readonly state: "read"; readonly account: ImportedAccount }
  | { readonly state: "rejected"; readonly reason: string }
  | null;

const lineSchema = z.strictObject({
  loginName: z.string(),
  displayName: z.string(),
  emailAddress: z.string().nullish(),
  locale: z.string().nullish(),
  kind: z.enum(AccountKind).nullish(),
  role: z.enum(Role).nullish(),
  password: z.string().nullish(),
  passwordHash: z.string().nullish(),
  otpauthUri: z.string().nullish(),
});
type Given = z.infer<typeof lineSchema>;

/** Reads one line of JSON; what it rejects it says by the field and what is expected there, never by the value. */
export function readImportedAccount(line: Line): LineRead {
  if (line.state === "too-long") return reject(`expected at most ${LONGEST_LINE} bytes in a line`);
  if (line.state === "not-utf-8") return reject("expected UTF-8");
  if (line.text.trim() === "") return null;
  const parsed = lineSchema.safeParse(parseJson(line.text));
  if (!parsed.success) return reject(parsed.error.issues.map(sentenceOf).join("; "));
  const reason = faultOf(parsed.data);
  if (reason !== null) return reject(reason);
  try {
    return { state: "read", account: readAccount(parsed.data) };
  } catch (error) {
    if (error instanceof LineFault) return reject(error.message);
    if (!(error instanceof BadInput)) throw error;
    return reject(words("en").input({ path: error.path.join("."), rule: error.rule }));
  }
}

/** What no other input can break: its sentence is for whoever imports. */
class LineFault extends Error {}

function reject(reason: string): LineRead {
  return { state: "rejected", reason };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `unknown field ${namesOf(issue.keys)}`;
  if (issue.path.length === 0) return "expected one JSON object";
  const expected = issue.code === "invalid_value" ? issue.values.join(" or ") : "a text";
  return `${issue.path.join(".")}: expected ${expected}`;
}

const NAMED = 5;

/** The first few names are enough to find a line's fault. */
function namesOf(fields: readonly string[]): string {
  const names = fields.slice(0, NAMED).map(quote).join(", ");
  return fields.length > NAMED ? `${names} and ${fields.length - NAMED} more` : names;
}

/** Escapes what JSON leaves as it is, and a terminal may obey. */
function quote(name: string): string {
  return JSON.stringify(name.slice(0, 40)).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}

/** What the fields may not say together. */
function faultOf(given: Given): string | null {
  const { emailAddress, password, passwordHash, otpauthUri } = given;
  const kind = given.kind ?? "PERSON";
  const hasPassword = password != null || passwordHash != null;
  if (password != null && passwordHash != null) return "expected password or passwordHash, not both";
  if (kind === "SERVICE" && hasPassword) return "a service account has no password";
  if (kind !== "SERVICE" && !hasPassword && emailAddress == null)
    return "expected password, passwordHash, or an emailAddress to which a link to set one can be mailed";
  if (kind === "GUEST" && given.role === "ADMINISTRATOR") return "a guest is never an administrator";
  if (kind !== "PERSON" && otpauthUri != null)
    return "otpauthUri: two-factor authentication is for people, not for guests or service accounts";
  return null;
}

/** @throws BadInput, LineFault */
function readAccount(given: Given): ImportedAccount {
  const { emailAddress, password } = given;
  return {
    loginName: readLoginName(given.loginName, ["loginName"]),
    displayName: readText(given.displayName, { path: ["displayName"], maximum: 100 }),
    emailAddress: emailAddress == null ? null : readEmailAddress(emailAddress, ["emailAddress"]),
    locale: readLocale(given.locale ?? "en", ["locale"]),
    kind: given.kind ?? "PERSON",
    role: given.role ?? "USER",
    password: password == null ? null : readPassword(password, ["password"]),
    passwordHash: given.passwordHash == null ? null : readHash(given.passwordHash),
    secret: given.otpauthUri == null ? null : readSecret(given.otpauthUri),
  };
}

function readHash(text: string): PasswordHash {
  const hash = parsePasswordHash(text);
  if (hash !== null) return hash;
  throw new LineFault(
    "passwordHash: expected Argon2id or scrypt in the PHC format, or bcrypt ($2a$, $2b$, $2y$), of a moderate cost",
  );
}

const KEY_URI_FAULTS: Readonly<Record<KeyUriFault, string>> = {
  NOT_A_KEY_URI: "expected otpauth://totp/…",
  NOT_TOTP: "expected otpauth://totp/…, codes by time",
  ALGORITHM: "expected the algorithm SHA1",
  DIGITS: "expected six digits",
  PERIOD: "expected a period of 30 seconds",
  SECRET: "expected one secret of 128 to 512 bits in Base32",
};

function readSecret(text: string): TotpSecret {
  const uri = parseKeyUri(text);
  if (uri.state === "refused") throw new LineFault(`otpauthUri: ${KEY_URI_FAULTS[uri.fault]}`);
  return uri.secret;
}

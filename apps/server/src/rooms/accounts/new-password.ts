import { randomBytes } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { readPassword } from "../../platform/input.js";
import type { MessageLocale } from "../../platform/locale.js";
import type { PasswordHash } from "../../platform/password-hash.js";
import { sql } from "../../platform/sql.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { words } from "../../platform/words/index.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import type { AccountEntity } from "./account.entity.js";
import { endMailLinks } from "./mail-link.repository.js";
import { passwordWeaknesses } from "./password-strength.js";

/** A password that may not be set, with the rules that it breaks. */
export interface WeakPasswordFailure extends Failure<"WEAK_PASSWORD"> {
  readonly rules: readonly string[];
}

type Owner = Pick<AccountEntity, "loginName" | "displayName" | "emailAddress">;

/** Draws a password that nobody chose, at least as long as the policy asks for. It is to be shown once. */
export function drawPassword({
  passwordMinimumLength,
}: Pick<SecurityPolicy, "passwordMinimumLength">): string {
  return randomBytes(96).toString("base64url").slice(0, Math.max(20, passwordMinimumLength));
}

/** Judges a new password before anything is compared or hashed; null where it may be set. */
export async function judgeNewPassword(
  { config }: Needs<"config">,
  password: string,
  {
    owner,
    policy,
    locale,
    path,
  }: { owner: Owner; policy: SecurityPolicy; locale: MessageLocale; path: readonly string[] },
): Promise<WeakPasswordFailure | null> {
  if (password !== "") readPassword(password, path);
  const { loginName, displayName, emailAddress } = owner;
  const names = [loginName, displayName, emailAddress?.split("@")[0] ?? "", config.issuerName];
  const minimumLength = policy.passwordMinimumLength;
  const broken = await passwordWeaknesses(password, { minimumLength, names });
  if (broken.length === 0) return null;
  const { passwordRules } = words(locale);
  const rules = broken.map((rule) => passwordRules[rule](minimumLength));
  return { ...failure("WEAK_PASSWORD", locale, rules), rules, path };
}

/**
 * Sets a password: it unlocks the account, ends the logins that are under way and the links that were mailed, and
 * leaves the second factor as it is. False where the account is not what it was.
 */
export async function setPassword(
  manager: EntityManager,
  { id, stamp }: Pick<AccountEntity, "id" | "stamp">,
  { passwordHash, now }: { passwordHash: PasswordHash; now: number },
): Promise<boolean> {
  const text = `UPDATE accounts SET password_hash = $3, stamp = stamp + 1, failed_attempts = 0,
    undecided_attempts = '', locked_at = NULL, locked_until = NULL WHERE id = $1 AND stamp = $2`;
  if ((await sql(manager, text, [id, stamp, passwordHash])).affected === 0) return false;
  await endMailLinks(manager, id, now);
  return true;
}

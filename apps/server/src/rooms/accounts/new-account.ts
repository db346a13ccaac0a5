import { newId } from "../../platform/id.js";
import type { PasswordHash } from "../../platform/password-hash.js";
import type { AccountEntity } from "./account.entity.js";
import type { AccountKind, Role } from "./account-kind.js";
import { displayNameKey, emailKey, loginNameKey } from "./login-name.js";

/** What an account begins with. */
export interface NewAccount {
  readonly loginName: string;
  readonly displayName: string;
  readonly emailAddress: string | null;
  readonly locale: string;
  readonly kind: AccountKind;
  readonly role: Role;
  readonly passwordHash: PasswordHash | null;
}

/** Makes the row of a new account: nothing tried, no second factor. */
export function newAccount(given: NewAccount, now: number): AccountEntity {
  return {
    ...given,
    id: newId(now),
    loginNameKey: loginNameKey(given.loginName),
    displayNameKey: displayNameKey(given.displayName),
    emailKey: given.emailAddress === null ? null : emailKey(given.emailAddress),
    ...{ roleChangedAt: now, createdAt: now, suspendedAt: null, lastLoginAt: null, lastPasswordCallAt: null },
    ...{ failedAttempts: 0, undecidedAttempts: "", lockedAt: null, lockedUntil: null, wrongCodes: 0 },
    ...{ twoFactorEnabledAt: null, stamp: 0 },
    ...{ warnedWrongCodeAt: null, warnedPasswordRefusedAt: null, warnedEnrollmentAt: null },
  };
}

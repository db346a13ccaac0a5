/** The scopes that open something in Keyturn itself; `KEYTURN_SCOPES` adds others, which do not. */
export const BUILT_IN_SCOPES = [
  "openid",
  "profile",
  "email",
  "offline_access",
  "account:read",
  "account:write",
  "admin:read",
  "admin:write",
] as const;

/**
 * Says whether a scope's name is Keyturn's own.
 *
 * All of `account:` and `admin:` is: a name that a later version gives a meaning must not lie in anyone's tokens.
 */
export function isReservedScope(name: string): boolean {
  return (BUILT_IN_SCOPES as readonly string[]).includes(name) || /^(account|admin):/.test(name);
}

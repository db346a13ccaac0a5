import type { Role } from "../accounts/account-kind.js";

/** What a token was given, what its client is registered for (null: it has none), and whose it is. */
export interface Given {
  /** Parted by spaces. */
  readonly granted: string;
  /** Parted by spaces. */
  readonly client: string | null;
  readonly role: Role;
}

/** Says whether a scope is for administrators alone. */
export function isAdminScope(scope: string): boolean {
  return scope.startsWith("admin:");
}

/** What a token may do now: what it was granted, as far as its client and its account's role still have it to give. */
export function usableScopes({ granted, client, role }: Given): string[] {
  const registered = client === null ? null : new Set(client.split(" "));
  return granted
    .split(" ")
    .filter((scope) => scope !== "" && (registered === null || registered.has(scope)))
    .filter((scope) => role === "ADMINISTRATOR" || !isAdminScope(scope));
}

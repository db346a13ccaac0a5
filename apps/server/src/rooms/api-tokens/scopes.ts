import type { Needs } from "../../platform/context.js";

/** The scopes of an API token that open something in Keyturn itself. */
const OWN_SCOPES = ["account:read", "account:write", "admin:read", "admin:write"];

/** The scopes that an API token can have: Keyturn's own, and those that the deployment adds. */
export function apiTokenScopes({ config }: Needs<"config">): string[] {
  return [...OWN_SCOPES, ...config.scopes.map(({ name }) => name)];
}

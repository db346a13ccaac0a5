import { addedScopes } from "../../words/scope-name";

const OWN = ["account:read", "account:write"];
const ADMINISTRATORS = ["admin:read", "admin:write"];

/** The scopes that a token of an account can have: Keyturn's own, and those that the deployment adds. */
export function tokenScopes(isAdministrator: boolean): readonly string[] {
  return [...OWN, ...(isAdministrator ? ADMINISTRATORS : []), ...addedScopes];
}

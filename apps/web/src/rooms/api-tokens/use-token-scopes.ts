import { useEffect, useState } from "react";

const OWN = ["account:read", "account:write"];
const ADMINISTRATORS = ["admin:read", "admin:write"];
/** What OpenID Connect asks for: no scopes of API tokens. */
const OPENID = ["openid", "profile", "email", "offline_access"];

/** The scopes that a token of an account can have: Keyturn's own, and those of the deployment, as it publishes them. */
export function useTokenScopes(isAdministrator: boolean): readonly string[] {
  const [published, setPublished] = useState<readonly string[]>([]);
  useEffect(() => {
    readPublished().then(setPublished, () => undefined);
  }, []);
  const known = [...OWN, ...ADMINISTRATORS, ...OPENID];
  return [
    ...OWN,
    ...(isAdministrator ? ADMINISTRATORS : []),
    ...published.filter((scope) => !known.includes(scope)),
  ];
}

async function readPublished(): Promise<readonly string[]> {
  const response = await fetch("/.well-known/openid-configuration");
  const { scopes_supported } = (await response.json()) as { scopes_supported?: readonly string[] };
  return scopes_supported ?? [];
}

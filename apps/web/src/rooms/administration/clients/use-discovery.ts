import { useEffect, useState } from "react";

/** What the server publishes about itself, as far as developers and this page need it. */
export interface Discovery {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly scopes_supported: readonly string[];
}

/** Where the server publishes it, below the issuer. */
export const DISCOVERY_PATH = "/.well-known/openid-configuration";

/** Reads what the server publishes; null until it is there. */
export function useDiscovery(): Discovery | null {
  const [discovery, setDiscovery] = useState<Discovery | null>(null);
  useEffect(() => {
    read().then(setDiscovery, () => undefined);
  }, []);
  return discovery;
}

async function read(): Promise<Discovery> {
  const response = await fetch(DISCOVERY_PATH);
  return (await response.json()) as Discovery;
}

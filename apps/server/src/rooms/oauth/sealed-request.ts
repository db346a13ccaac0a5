import type { AuthorizationRequest } from "@keyturn/oauth2";
import type { Needs } from "../../platform/context.js";
import type { SealedSecret, SecretLabel } from "../../platform/vault.js";

/** Longer than any that was sealed: addresses are bounded. */
const LONGEST = 8192;

/**
 * Seals a request for the address by which its browser comes back once its person has logged in: whoever asks without
 * being known leaves nothing here. It opens in this browser alone, and as it was sealed.
 */
export function sealRequest(
  { vault }: Needs<"vault">,
  browser: string,
  request: AuthorizationRequest,
): SealedSecret {
  return vault.seal(labelOf(browser), JSON.stringify(request));
}

/** Opens a sealed request that has not expired; null for any other text. */
export function openRequest(
  { vault, now }: Needs<"vault" | "now">,
  browser: string,
  sealed: string,
): AuthorizationRequest | null {
  if (sealed.length > LONGEST) return null;
  const opened = vault.open(labelOf(browser), sealed as SealedSecret);
  if (opened.state === "unreadable") return null;
  const request = JSON.parse(opened.plain) as AuthorizationRequest;
  return request.expiresAt > now() ? request : null;
}

function labelOf(browser: string): SecretLabel {
  return { purpose: "oauth-authorization-request", accountId: browser };
}

import type { OAuthAnswer } from "./messages.js";
import { json } from "./messages.js";
import { OAuthRefusal, refusalAnswer } from "./refusal.js";
import type { Secrets } from "./secrets.js";
import type { Keyring } from "./signing-keys.js";
import type { OAuthStores } from "./stores.js";

/** What the endpoints work with. */
export interface Provider {
  readonly issuer: string;
  /** Every scope there is. */
  readonly scopes: readonly string[];
  /** Those that a client gets by naming them alone. */
  readonly explicitScopes: readonly string[];
  readonly stores: OAuthStores;
  readonly keyring: Keyring;
  readonly secrets: Secrets;
  /** Draws the identifier of a request or an authorization. */
  readonly drawId: () => string;
  /** In milliseconds since the epoch. */
  readonly now: () => number;
  /** Is told whose secret was wrong. */
  readonly onRefusedClient: (clientId: string) => void;
  /** Is told what failed within: a store, a key. */
  readonly onFault: (fault: unknown) => void;
}

/**
 * Answers what an endpoint refuses by its RFC, and a fault of ours with 503, so that a client asks again later and
 * takes nothing for done (RFC 7009, section 2.2.1).
 */
export async function answered(provider: Provider, work: () => Promise<OAuthAnswer>): Promise<OAuthAnswer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OAuthRefusal) return refusalAnswer(error);
    provider.onFault(error);
    const body = {
      error: "temporarily_unavailable",
      error_description: "Nothing was changed. Try again later.",
    };
    return json(503, body, { "retry-after": "5" });
  }
}

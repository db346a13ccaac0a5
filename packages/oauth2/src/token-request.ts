import type { Parameters } from "./messages.js";
import type { Provider } from "./provider.js";
import type { OAuthClient, OAuthTransaction } from "./stores.js";

/** What one token request works with. */
export interface TokenRequest {
  readonly provider: Provider;
  readonly statements: OAuthTransaction;
  /** Proven already: the library is told, and does not ask. */
  readonly client: OAuthClient;
  readonly parameters: Parameters;
  /** For `client_credentials`: the service account that the client may act for, and the scopes asked for. */
  readonly service: { readonly id: string; readonly scopes: readonly string[] } | null;
}

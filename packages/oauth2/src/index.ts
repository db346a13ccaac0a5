/**
 * An OAuth 2.1 and OpenID Connect provider without a server, whose tokens say how the person was authenticated.
 *
 * @packageDocumentation
 */
export { type AuthorizationRequest, mayStillAsk, type Prompt } from "./authorization-request.js";
export type { Allowed, AuthorizationAnswer, AuthorizationOutcome } from "./authorize.js";
export {
  createOAuthProvider,
  type OAuthProvider,
  type OAuthProviderOptions,
} from "./create-oauth-provider.js";
export type { EndSessionRequest } from "./end-session.js";
export { fetchHandler } from "./fetch-handler.js";
export { type IdTokenHint, ONE_FACTOR_ACR, TWO_FACTOR_ACR } from "./id-token.js";
export { type AuthorizationStep, judgeAuthorization, type Person } from "./judge-authorization.js";
export { ACCESS_TOKEN_LIFETIME, FAMILY_LIFETIME } from "./lifetimes.js";
export type { OAuthAnswer, OAuthRequest } from "./messages.js";
export { PATHS } from "./metadata.js";
export { judgeRedirectUri, type RedirectUriFault } from "./redirect-uri.js";
export { type OAuthErrorCode, OAuthRefusal } from "./refusal.js";
export { digestSecret, drawClientId, drawClientSecret, type SecretKind, type Secrets } from "./secrets.js";
export {
  createKeyring,
  deadKeys,
  ID_TOKEN_ALGORITHMS,
  type IdTokenAlgorithm,
  type Keyring,
  makeSigningKey,
  PUBLISHED_AHEAD,
  type RetiredKey,
  retireKey,
  type SigningKey,
  type SigningKeyStore,
} from "./signing-keys.js";
export type {
  Authentication,
  Authorization,
  Claims,
  EndReason,
  GrantType,
  NewToken,
  NewTokens,
  OAuthClient,
  OAuthStores,
  OAuthTransaction,
  RedeemedCode,
  StoredToken,
} from "./stores.js";

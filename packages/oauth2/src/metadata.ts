import { ONE_FACTOR_ACR, TWO_FACTOR_ACR } from "./id-token.js";
import { type OAuthAnswer, published } from "./messages.js";
import { ID_TOKEN_ALGORITHMS } from "./signing-keys.js";

/** Where a host serves the endpoints, below its issuer. */
export const PATHS = {
  authorize: "/oauth2/authorize",
  token: "/oauth2/token",
  introspect: "/oauth2/introspect",
  revoke: "/oauth2/revoke",
  userinfo: "/oauth2/userinfo",
  jwks: "/oauth2/jwks",
  endSession: "/oauth2/end-session",
} as const;

const CLIENT_AUTHENTICATION = ["client_secret_basic", "client_secret_post"];

/** What the provider says of itself (RFC 8414, section 2). */
export function authorizationServerMetadata(issuer: string, scopes: readonly string[]): OAuthAnswer {
  return published(describe(issuer, scopes));
}

/** The same with what OpenID Connect adds (Discovery, section 3). */
export function openIdConfiguration(issuer: string, scopes: readonly string[]): OAuthAnswer {
  return published({
    ...describe(issuer, scopes),
    userinfo_endpoint: issuer + PATHS.userinfo,
    end_session_endpoint: issuer + PATHS.endSession,
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ID_TOKEN_ALGORITHMS,
    claims_supported: [
      ...["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "amr", "acr", "at_hash"],
      ...["name", "preferred_username", "locale", "updated_at", "email", "email_verified"],
    ],
    prompt_values_supported: ["none", "login", "consent", "select_account"],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  });
}

function describe(issuer: string, scopes: readonly string[]): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: issuer + PATHS.authorize,
    token_endpoint: issuer + PATHS.token,
    introspection_endpoint: issuer + PATHS.introspect,
    revocation_endpoint: issuer + PATHS.revoke,
    jwks_uri: issuer + PATHS.jwks,
    scopes_supported: scopes,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
    acr_values_supported: [TWO_FACTOR_ACR, ONE_FACTOR_ACR],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: [...CLIENT_AUTHENTICATION, "none"],
    revocation_endpoint_auth_methods_supported: [...CLIENT_AUTHENTICATION, "none"],
    introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
    authorization_response_iss_parameter_supported: true,
  };
}

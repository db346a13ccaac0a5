/**
 * What the contract promises and this version has not built yet, by name: `Type`, `Type.field`, `Enum.VALUE` or
 * `Union.Member`, sorted. It only shrinks: whoever builds something takes its line away.
 */
export const STILL_TO_COME: readonly string[] = [
  "CreateOAuthClientInput",
  "CreateOAuthClientResult",
  "DeleteOAuthClientInput",
  "DeleteOAuthClientResult",
  "IdTokenAlgorithm",
  "InvalidRedirectUri",
  "Mutation.createOAuthClient",
  "Mutation.deleteOAuthClient",
  "Mutation.rotateOAuthClientSecret",
  "Mutation.updateOAuthClient",
  "OAuthClient",
  "OAuthClientAccess",
  "OAuthClientConnection",
  "OAuthClientCreated",
  "OAuthClientDeleted",
  "OAuthClientEdge",
  "OAuthClientSecretRotated",
  "OAuthClientType",
  "OAuthClientUpdated",
  "OAuthGrantType",
  "Query.oauthClients",
  "RotateOAuthClientSecretInput",
  "RotateOAuthClientSecretResult",
  "UpdateOAuthClientInput",
  "UpdateOAuthClientResult",
  "UserErrorCode.INVALID_REDIRECT_URI",
];

/**
 * What is built beyond the contract, by name. Nothing gets here by accident: clients will rely on it.
 */
export const BEYOND_THE_CONTRACT: readonly string[] = [];

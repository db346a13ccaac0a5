/**
 * What the contract promises and this version has not built yet, by name: `Type`, `Type.field`, `Enum.VALUE` or
 * `Union.Member`, sorted. It only shrinks: whoever builds something takes its line away.
 */
export const STILL_TO_COME: readonly string[] = [
  "Account.authorizedApplications",
  "AnswerAuthorizationRequestInput",
  "AnswerAuthorizationRequestResult",
  "AuthorizationRequest",
  "AuthorizationRequestAnswered",
  "AuthorizedApplication",
  "AuthorizedApplicationRevoked",
  "CreateOAuthClientInput",
  "CreateOAuthClientResult",
  "DeleteOAuthClientInput",
  "DeleteOAuthClientResult",
  "IdTokenAlgorithm",
  "InvalidRedirectUri",
  "Mutation.answerAuthorizationRequest",
  "Mutation.createOAuthClient",
  "Mutation.deleteOAuthClient",
  "Mutation.revokeAuthorizedApplication",
  "Mutation.rotateOAuthClientSecret",
  "Mutation.updateOAuthClient",
  "OAuthApplication",
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
  "Query.authorizationRequest",
  "Query.oauthClients",
  "RevokeAuthorizedApplicationInput",
  "RevokeAuthorizedApplicationResult",
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

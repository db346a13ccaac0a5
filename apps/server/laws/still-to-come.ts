/**
 * What the contract promises and this version has not built yet, by name: `Type`, `Type.field`, `Enum.VALUE` or
 * `Union.Member`, sorted. It only shrinks: whoever builds something takes its line away.
 */
export const STILL_TO_COME: readonly string[] = [];

/**
 * What is built beyond the contract, by name. Nothing gets here by accident: clients will rely on it.
 */
export const BEYOND_THE_CONTRACT: readonly string[] = [
  // What an application asks for, in words.
  "AuthorizationRequest.scopeMeanings",
  // One client of a thousand, and those that a search finds.
  "Query.oauthClient",
  "Query.oauthClients.filter",
  "OAuthClientFilter",
  // For how long.
  "AuthorizationRequest.accessLifetimeSeconds",
];

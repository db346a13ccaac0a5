import type { RedirectUriFault } from "@keyturn/oauth2";
import type { ClientFault } from "../problem.js";

/** What breaks a rule where an administrator registers an application, and what is expected instead. */
export const clients = {
  faults: {
    REDIRECT_URI_MISSING: "the grant type AUTHORIZATION_CODE needs at least one.",
    GRANT_TYPES: "expected at least one, each of them once.",
    REFRESH_TOKEN_ALONE: "REFRESH_TOKEN is possible only beside AUTHORIZATION_CODE.",
    PUBLIC_CLIENT:
      "a public client has no secret, so CLIENT_CREDENTIALS, a service account and a new secret are not for it.",
    SERVICE_ACCOUNT_MISSING: "the grant type CLIENT_CREDENTIALS needs a service account.",
    SERVICE_ACCOUNTS_ONLY: "expected the id of an account of the kind SERVICE.",
    LISTED_ONLY: "a list of accounts is possible only with the access LISTED.",
  } satisfies Readonly<Record<ClientFault, string>>,
  redirectUris: {
    "not-absolute": "expected a whole address, with every unusual character percent-encoded.",
    "too-long": "expected 2,048 characters at most.",
    scheme:
      "expected https, or http on localhost or a loopback address, or for a public client a scheme like com.example.app:/callback.",
    "plain-http": "expected https; http is for localhost and loopback addresses.",
    fragment: "expected no part after a #.",
    "user-info": "expected no user name or password in it.",
    wildcard: "expected one address, without *.",
    "answer-parameter": "expected none of code, state, iss and error in its query.",
  } satisfies Readonly<Record<RedirectUriFault, string>>,
  tooManyRedirectUris: "No more than 20 redirect URIs can be registered.",
};

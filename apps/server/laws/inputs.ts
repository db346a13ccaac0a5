/** An id that names nothing. */
const UNKNOWN_ID = "018cc251-f400-7000-8000-000000000000";
/** The id of an account, a user's, that is nobody's own. */
export const ANOTHERS_ID = "018cc251-f400-7000-8000-000000000001";

/** A password that nobody has, and one that could be chosen. */
const WRONG_PASSWORD = "not-the-password-of-anyone";
const NEW_PASSWORD = "amber-ferry-thimble-19";
// Five digits: never a code, whatever the secret.
const WRONG_PROOF = { verificationCode: "12345" };
const NO_LOGIN_NAME = "a:b";

const BY_ID = { input: { id: UNKNOWN_ID } };
const BY_ACCOUNT = { input: { accountId: UNKNOWN_ID } };
const BY_ACCOUNT_AND_REASON = { input: { accountId: UNKNOWN_ID, reason: "A law test" } };

/**
 * The variables with which each operation of the contract is tried: whoever may use it gets past `@access` to a failure
 * of its own, or changes nothing but their own account.
 */
export const INPUTS: Readonly<
  Record<string, { readonly input?: object; readonly id?: string; readonly first?: number }>
> = {
  viewer: {},
  authentication: {},
  credentialRules: {},
  securityPolicy: {},
  account: { id: UNKNOWN_ID },
  accounts: { first: 1 },
  auditEvents: { first: 1 },
  oauthClients: { first: 1 },
  oauthClient: { id: UNKNOWN_ID },
  twoFactorResetRequests: { first: 1 },
  previewSecurityPolicy: { input: {} },
  authorizationRequest: { id: UNKNOWN_ID },

  login: { input: { loginName: NO_LOGIN_NAME, password: WRONG_PASSWORD } },
  completeLogin: { input: { challenge: "none", proof: WRONG_PROOF } },
  stepUp: { input: { password: WRONG_PASSWORD, proof: WRONG_PROOF } },
  logout: {},
  revokeSession: BY_ID,
  revokeOtherSessions: {},

  enrollTwoFactor: { input: {} },
  confirmTwoFactor: { input: { enrollmentId: UNKNOWN_ID, verificationCode: "12345" } },
  disableTwoFactor: { input: { proof: WRONG_PROOF } },
  renameAuthenticator: { input: { id: UNKNOWN_ID, name: "Telephone" } },
  removeAuthenticator: { input: { id: UNKNOWN_ID, proof: WRONG_PROOF } },
  regenerateRecoveryCodes: { input: { proof: WRONG_PROOF } },

  updateProfile: { input: { displayName: "Somebody" } },
  changeLoginName: { input: { loginName: NO_LOGIN_NAME } },
  changeEmailAddress: { input: { emailAddress: "nowhere" } },
  confirmEmailAddress: { input: { token: "none" } },
  changePassword: {
    input: { currentPassword: WRONG_PASSWORD, newPassword: NEW_PASSWORD, proof: WRONG_PROOF },
  },
  requestPasswordReset: { input: { loginName: "nobody" } },
  resetPassword: { input: { token: "none", newPassword: NEW_PASSWORD } },

  createApiToken: { input: { name: "script", scopes: ["account:read"] } },
  revokeApiToken: BY_ID,
  revokeAuthorizedApplication: BY_ID,
  answerAuthorizationRequest: { input: { id: UNKNOWN_ID, allow: false } },

  createAccount: { input: { loginName: NO_LOGIN_NAME, displayName: "Nobody", password: NEW_PASSWORD } },
  updateAccount: BY_ACCOUNT,
  suspendAccount: BY_ACCOUNT_AND_REASON,
  reinstateAccount: BY_ACCOUNT,
  unlockAccount: BY_ACCOUNT,
  changeAccountRole: { input: { accountId: UNKNOWN_ID, role: "USER" } },
  changeAccountEmailAddress: BY_ACCOUNT,
  setAccountPassword: BY_ACCOUNT,
  revokeAccountSessions: BY_ACCOUNT_AND_REASON,
  deleteAccount: BY_ACCOUNT,
  resetTwoFactor: BY_ACCOUNT_AND_REASON,
  approveTwoFactorReset: { input: { approvalId: UNKNOWN_ID } },
  rejectTwoFactorReset: { input: { approvalId: UNKNOWN_ID } },
  updateSecurityPolicy: { input: { maximumFailedAttempts: 0 } },
  createServiceApiToken: { input: { accountId: UNKNOWN_ID, name: "robot", scopes: ["account:read"] } },

  createOAuthClient: { input: { name: "Client", redirectUris: ["javascript:alert(1)"], scopes: ["openid"] } },
  updateOAuthClient: BY_ID,
  rotateOAuthClientSecret: BY_ID,
  deleteOAuthClient: BY_ID,
};

/** What the page of one account says. */
export const editUser = {
  title: (displayName: string): string => `Edit User: ${displayName}`,
  back: "Back to the accounts",
  gone: "There is no such account, or it was deleted.",
  yourself: "This is your own account.",
  endsOwn: "This is your own account: you are logged out at once, and cannot undo it yourself.",
  leavesAdministration:
    "This is your own account: these pages close for you, and only another administrator can undo it.",
  createdAt: "Created",
  lockedUntil: (at: string): string => `Locked until ${at}`,
  hints: {
    emailAddress:
      "Links to set a password are sent here. A change takes effect at once, without a confirmation: links that were sent before stop working, and both the old and the new address are notified. Leave it empty to send no email.",
    suspend:
      "Every session ends, links that were emailed stop working, and the account cannot be used any more. Resets that it requested are withdrawn. API tokens and applications end for good, unless you keep them for a pause. The password and two-factor authentication stay as they are.",
    delete:
      "Sessions, API tokens, connected applications, two-factor authentication: all of it ends at once and cannot be restored. Its events stay in the audit log.",
  },
  hintsOfService: {
    emailAddress:
      "Notices about the account are sent here. A change takes effect at once, and both the old and the new address are notified. Leave it empty to send no email.",
    suspend:
      "The account cannot be used any more. Its API tokens, and those of the clients that act with it, end for good, unless you keep them for a pause. Resets that it requested are withdrawn.",
    delete:
      "Its API tokens, and what clients do with it: all of it ends at once and cannot be restored. Its events stay in the audit log.",
  },
  profile: "Profile",
  loginName: "Login name",
  loginNameHint: "When it changes, two-factor authentication stays as it is.",
  displayName: "Display name",
  language: "Language",
  emailAddress: "Email address",
  emailAddressSame: "This is the address already.",
  emailAddressSaved: (told: string): string =>
    `The email address is changed. An email about it goes to: ${told}`,
  saveEmailAddress: "Save email address",
  roleTitle: "Role",
  roleNow: { USER: "This account is a user.", ADMINISTRATOR: "This account is an administrator." },
  roleOfGuest: "A guest is never an administrator.",
  roleActs: { USER: "Make a user", ADMINISTRATOR: "Make an administrator" },
  roleTitles: { USER: "Make this account a user?", ADMINISTRATOR: "Make this account an administrator?" },
  roleHints: {
    USER: "It can no longer administer anything, nor can its API tokens. Resets that it requested are withdrawn.",
    ADMINISTRATOR: "It can change every account and the security policy.",
  },
  roleEndsSessions: "Where administrators must have two-factor authentication, its sessions without it end.",
  roleChanged: "The role is changed.",
  twoFactor: "Two-Factor Authentication",
  twoFactorState: "Status",
  twoFactorSince: "Enabled since",
  authenticators: "Authenticators",
  recoveryCodes: "Recovery codes left",
  requiredFrom: "Required from",
  dormant: "The security policy forbids two-factor authentication for now: nobody is asked for a code.",
  unavailable: {
    NOT_ALLOWED: "The security policy does not allow two-factor authentication.",
    TRIAL_TOO_OLD:
      "Two-factor authentication is offered to organizations whose free trial started on or after September 8, 2019. Yours started before.",
    ACCOUNT_KIND: "Guests and service accounts have no two-factor authentication.",
  },
  offHint: "The person enables it in their own account settings.",
  codesExhausted:
    "Codes from the app are no longer accepted, because too many were wrong. The person can use a recovery code, or you can unlock the account: then codes are accepted again.",
  ownOff: "Enable it in your account settings",
  selfReset: "You cannot disable your own two-factor authentication as an administrator.",
  ownTwoFactor: "Disable it with a code in your account settings",
  reset: "Disable",
  resetTitle: (displayName: string): string => `Disable two-factor authentication of ${displayName}?`,
  resetHint:
    "For a lost phone. The authenticators and recovery codes are deleted, every session ends, and links that were emailed stop working. From then on the password alone logs in. The person is told by email.",
  request: "Request a reset",
  requestTitle: (displayName: string): string =>
    `Request to disable two-factor authentication of ${displayName}?`,
  resetNeedsApproval:
    "The security policy asks for a second administrator: this requests a reset, and nothing changes until another administrator approves it. The person is told of the request by email.",
  resetOnceApproved:
    "Once it is approved, the authenticators and recovery codes are deleted, every session ends, and links that were emailed stop working. From then on the password alone logs in. The person is told of that too.",
  alsoApplications: "Also disconnect applications (a lost phone may be logged in to them)",
  alsoTokens: "Also revoke API tokens",
  reason: "Reason",
  resetReasonHint: "The person reads it in the email, and the audit log keeps it.",
  reasonHint: "The audit log keeps it.",
  resetDone: (sessions: number, tokens: number, applications: number): string =>
    `Two-factor authentication is disabled. Sessions ended: ${sessions}. API tokens revoked: ${tokens}. Applications disconnected: ${applications}.`,
  resetPending: (until: string): string =>
    `A reset is pending. Another administrator must approve it by ${until}; nothing changes before that.`,
  toResets: "To the pending resets",
  access: "Access",
  isActive: "This account can be used.",
  isSuspended: "This account is suspended and cannot be used in any way.",
  isLocked: "Locked after too many failed attempts.",
  codesRefused: "Codes from the app are refused after too many wrong ones, until you unlock the account.",
  unlock: "Unlock",
  unlocked: "The account is unlocked.",
  suspend: "Suspend",
  suspendTitle: (displayName: string): string => `Suspend ${displayName}?`,
  suspended: (sessions: number): string => `The account is suspended. Sessions ended: ${sessions}.`,
  keepTokens: "Keep its API tokens: they work again once it is reinstated",
  keepApplications: "Keep its connected applications: they work again once it is reinstated",
  reinstate: "Reinstate",
  reinstated: "The account can be used again. What ended with its suspension stays ended.",
  passwordTitle: "Password",
  passwordOfService: "A service account has no password.",
  ownPassword: "Change it in your account settings",
  mailLink: "Email a link",
  mailLinkTitle: "Email a link to set a password?",
  mailLinkHint: (address: string): string =>
    `The current password and earlier links stop working, and every session ends. A link that works for seven days goes to ${address}. API tokens, applications and two-factor authentication stay as they are.`,
  noMailAddress: "Without an email address no link can be sent.",
  linkMailed: (sessions: number): string => `The link is on its way. Sessions ended: ${sessions}.`,
  setPassword: "Set a password",
  setPasswordTitle: "Set a new password?",
  setPasswordHint:
    "The current password and links that were emailed stop working, every session ends, and the account is unlocked. The person is told by email, without the password. API tokens, applications and two-factor authentication stay as they are.",
  newPassword: "New password",
  passwordSet: (sessions: number): string => `The password is set. Sessions ended: ${sessions}.`,
  endAll: "End all sessions",
  endAllTitle: "End all sessions of this account?",
  endAllHint: "It is logged out everywhere at once. API tokens and applications keep working.",
  allEnded: (sessions: number): string => `Sessions ended: ${sessions}.`,
  newServiceToken: "Create a token for this service account",
  deleteTitle: "Delete the account",
  deleteAct: "Delete",
  deleteQuestion: (loginName: string): string => `Delete ${loginName} for good?`,
  deleteConfirmation: (loginName: string): string => `Type ${loginName} to confirm`,
  deleteMismatch: "This is not the login name.",
  deleted: (loginName: string): string => `The account ${loginName} is deleted.`,
};

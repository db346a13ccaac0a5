/** What each scope allows. */
export const scopes = {
  openid: "Know who you are",
  profile: "See your name, login name and language",
  email: "See your email address",
  offline_access: "Keep this access while you are away",
  "account:read": "Read the account, its sessions and tokens",
  "account:write": "Change the profile",
  "admin:read": "Read every account and the audit log, as an administrator",
  "admin:write": "Change accounts, as an administrator",
};

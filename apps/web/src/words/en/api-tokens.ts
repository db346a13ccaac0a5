/** What is said about API tokens. */
export const apiTokens = {
  title: "API tokens",
  introduction:
    "A script or a service calls the API with a token instead of your password. It can do what you choose here, and never more than you can.",
  name: "Name",
  nameHint: "What uses it, such as “Nightly backup”.",
  scopes: "What it may do",
  noScope: "Choose at least one.",
  lastUsed: "Last used",
  ends: "Expires",
  none: "There is no API token yet.",
  createTitle: "Create a token",
  create: "Create token",
  lastDay: "Works until the end of",
  lastDayHint: "Without a date it works until it is revoked.",
  lastDayRule: "Choose today or a later day.",
  created: "This is the token. Copy it now: it is not shown again.",
  revoke: "Revoke",
  revokeOf: (name: string): string => `Revoke ${name}`,
  revokeTitle: (name: string): string => `Revoke ${name}?`,
  revokeHint: "Whatever uses this token is refused at once. A revoked token cannot be restored.",
  revoked: "The token is revoked.",
};

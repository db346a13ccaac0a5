/**
 * Every action that an audit event can name. NOTICE: what an administrator wants to see among many; INFORMATION: the
 * rest.
 */
export const AUDIT_ACTIONS = {
  "login.succeeded": "INFORMATION",
  "login.challenged": "INFORMATION",
  "login.enrollment-offered": "INFORMATION",
  "login.failed": "NOTICE",
  "account.locked": "NOTICE",
  "account.unlocked": "NOTICE",
  "account.created": "NOTICE",
  "account.imported": "NOTICE",
  "account.updated": "NOTICE",
  "account.role-changed": "NOTICE",
  "account.suspended": "NOTICE",
  "account.reinstated": "NOTICE",
  "account.deleted": "NOTICE",
  "credential.failed": "NOTICE",
  "credential.refused": "NOTICE",
  "access.refused": "NOTICE",
  "session.stepped-up": "INFORMATION",
  "session.ended": "INFORMATION",
  "session.revoked": "NOTICE",
  "proof.failed": "NOTICE",
  "two-factor.enrollment-began": "INFORMATION",
  "two-factor.enabled": "NOTICE",
  "two-factor.authenticator-added": "NOTICE",
  "two-factor.authenticator-renamed": "INFORMATION",
  "two-factor.authenticator-removed": "NOTICE",
  "two-factor.disabled": "NOTICE",
  "two-factor.reset": "NOTICE",
  "two-factor.reset-requested": "NOTICE",
  "two-factor.reset-rejected": "NOTICE",
  "two-factor.reset-withdrawn": "NOTICE",
  "recovery-code.used": "NOTICE",
  "recovery-codes.regenerated": "NOTICE",
  "profile.updated": "INFORMATION",
  "login-name.changed": "NOTICE",
  "email-address.change-requested": "NOTICE",
  "email-address.changed": "NOTICE",
  "password.changed": "NOTICE",
  "password.set": "NOTICE",
  "password.reset-requested": "INFORMATION",
  "password.reset": "NOTICE",
  "api-token.created": "NOTICE",
  "api-token.revoked": "NOTICE",
  "application.authorized": "NOTICE",
  "application.denied": "INFORMATION",
  "application.revoked": "NOTICE",
  "oauth-client.created": "NOTICE",
  "oauth-client.updated": "NOTICE",
  "oauth-client.secret-rotated": "NOTICE",
  "oauth-client.deleted": "NOTICE",
  "oauth-client.refused": "NOTICE",
  "oauth-token.issued": "INFORMATION",
  "oauth-token.revoked": "INFORMATION",
  "oauth-token.replayed": "NOTICE",
  "oauth-token.displaced": "INFORMATION",
  "signing-keys.rotated": "NOTICE",
  "policy.updated": "NOTICE",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** How much an event asks to be looked at. */
export const AuditLevel = { NOTICE: "NOTICE", INFORMATION: "INFORMATION" } as const;
export type AuditLevel = keyof typeof AuditLevel;

/** How what happened went. */
export const AuditResult = { SUCCESS: "SUCCESS", FAILED: "FAILED" } as const;
export type AuditResult = keyof typeof AuditResult;

/** Says whether a text is one of the actions; a filter by any other would never find anything. */
export function isAuditAction(text: string): text is AuditAction {
  return Object.hasOwn(AUDIT_ACTIONS, text);
}

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
  "account.role-changed": "NOTICE",
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
  "recovery-code.used": "NOTICE",
  "recovery-codes.regenerated": "NOTICE",
  "profile.updated": "INFORMATION",
  "login-name.changed": "NOTICE",
  "email-address.change-requested": "NOTICE",
  "email-address.changed": "NOTICE",
  "password.changed": "NOTICE",
  "password.reset-requested": "INFORMATION",
  "password.reset": "NOTICE",
  "api-token.created": "NOTICE",
  "api-token.revoked": "NOTICE",
  "policy.updated": "NOTICE",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

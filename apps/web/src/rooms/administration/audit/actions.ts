import { say } from "../../../words/say";

/** Every action that can be asked for, in the server's order. */
export const ACTIONS = [
  "login.succeeded",
  "login.challenged",
  "login.enrollment-offered",
  "login.failed",
  "account.locked",
  "account.unlocked",
  "account.created",
  "account.imported",
  "account.updated",
  "account.role-changed",
  "account.suspended",
  "account.reinstated",
  "account.deleted",
  "credential.failed",
  "credential.refused",
  "access.refused",
  "session.stepped-up",
  "session.ended",
  "session.revoked",
  "proof.failed",
  "two-factor.enrollment-began",
  "two-factor.enabled",
  "two-factor.authenticator-added",
  "two-factor.authenticator-renamed",
  "two-factor.authenticator-removed",
  "two-factor.disabled",
  "two-factor.reset",
  "two-factor.reset-requested",
  "two-factor.reset-rejected",
  "two-factor.reset-withdrawn",
  "recovery-code.used",
  "recovery-codes.regenerated",
  "profile.updated",
  "login-name.changed",
  "email-address.change-requested",
  "email-address.changed",
  "password.changed",
  "password.set",
  "password.reset-requested",
  "password.reset",
  "api-token.created",
  "api-token.revoked",
  "application.authorized",
  "application.denied",
  "application.revoked",
  "oauth-client.created",
  "oauth-client.updated",
  "oauth-client.secret-rotated",
  "oauth-client.deleted",
  "oauth-client.refused",
  "oauth-token.issued",
  "oauth-token.revoked",
  "oauth-token.replayed",
  "oauth-token.displaced",
  "signing-keys.rotated",
  "policy.updated",
] as const;

/** An action in plain words; one that is not known here by its name. */
export function actionName(action: string): string {
  const word = action.replace(/[.-](\w)/g, (_separator, letter: string) => letter.toUpperCase());
  return isKnown(word) ? say.audit.actions[word] : action;
}

function isKnown(word: string): word is keyof typeof say.audit.actions {
  return Object.hasOwn(say.audit.actions, word);
}

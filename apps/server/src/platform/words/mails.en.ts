/** Whom a mail is for and where it comes from: each ends with the same two lines. */
export interface MailFacts {
  readonly displayName: string;
  readonly loginName: string;
  readonly issuer: string;
}

/** The names of what goes on though a password has changed. */
export interface GoingOn {
  readonly apiTokens: readonly string[];
  readonly applications: readonly string[];
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

function mail(
  { displayName, loginName, issuer }: MailFacts,
  subject: string,
  ...paragraphs: string[]
): MailText {
  const sign = `Account: ${loginName}\nThis email was sent by ${issuer}.`;
  return {
    subject: `${subject} (${issuer})`,
    text: [`Hello ${displayName},`, ...paragraphs, sign].join("\n\n"),
  };
}

/** Who reset a second factor, why, and what else ended. */
export interface ResetFacts {
  /** Null: someone at the command line. */
  readonly by: string | null;
  readonly approvedBy?: string;
  readonly reason: string;
  readonly applicationsRevoked: number;
}

/** Who ended the request for a reset: another administrator, or the one whose request it was. */
export interface RejectionFacts {
  readonly by: string;
  readonly isWithdrawal: boolean;
}

const ALARM = "If this was not you, change your password at once and tell your administrator.";

const MOMENT = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

export const mails = {
  twoFactorEnabled: (to: MailFacts): MailText =>
    mail(
      to,
      "Two-factor authentication was enabled",
      "Two-factor authentication is now enabled for your account. From now on, each login asks for a verification code, and a password alone is no longer accepted.",
      ALARM,
    ),
  enrollmentOffered: (to: MailFacts): MailText =>
    mail(
      to,
      "Someone is setting up two-factor authentication",
      "A login with your password is setting up two-factor authentication, as your organization requires.",
      ALARM,
    ),
  authenticatorAdded: (to: MailFacts, name: string): MailText =>
    mail(to, "An authenticator was added", `The authenticator "${name}" was added to your account.`, ALARM),
  authenticatorRemoved: (to: MailFacts, name: string): MailText =>
    mail(
      to,
      "An authenticator was removed",
      `The authenticator "${name}" was removed from your account.`,
      ALARM,
    ),
  twoFactorDisabled: (to: MailFacts): MailText =>
    mail(
      to,
      "Two-factor authentication was disabled",
      "Two-factor authentication was disabled for your account with a valid proof. Your password alone now logs in.",
      ALARM,
    ),
  twoFactorReset: (to: MailFacts, { by, approvedBy, reason, applicationsRevoked }: ResetFacts): MailText =>
    mail(
      to,
      "Two-factor authentication was disabled by an administrator",
      `${by === null ? "Someone at the server's command line" : `The administrator ${by}`}${approvedBy === undefined ? "" : `, with the approval of the administrator ${approvedBy},`} has disabled two-factor authentication for your account. Reason: ${reason}`,
      `All your sessions ended${applicationsRevoked === 0 ? "" : ", and your connected applications were disconnected"}. Log in with your password, and enable two-factor authentication again: you will get a new secret.`,
      "If you did not ask for this, tell your administrator at once.",
    ),
  recoveryCodeUsed: (to: MailFacts, remaining: number): MailText =>
    mail(
      to,
      "A recovery code was used",
      `A recovery code of your account was used. ${remaining} remain.`,
      ALARM,
    ),
  recoveryCodesRegenerated: (to: MailFacts): MailText =>
    mail(
      to,
      "Recovery codes were renewed",
      "New recovery codes were made for your account. The old ones no longer work.",
      ALARM,
    ),
  wrongCode: (to: MailFacts): MailText =>
    mail(
      to,
      "Your password was used with a wrong verification code",
      "Someone entered your right password, and then a wrong verification code. Nobody got in.",
      "If this was not you, someone knows your password: change it at once. This warning comes at most once a day.",
    ),
  passwordRefused: (to: MailFacts): MailText =>
    mail(
      to,
      "Your password was sent with a request and refused",
      "A program sent your right password with a request. It was refused, because your account is protected by two-factor authentication. Programs use an API token instead.",
      "If this was not you, someone knows your password: change it at once. This warning comes at most once a day.",
    ),
  passwordChanged: (to: MailFacts, { apiTokens, applications }: GoingOn): MailText =>
    mail(
      to,
      "Your password was changed",
      "The password of your account was changed, and its other sessions ended.",
      apiTokens.length === 0
        ? "There are no API tokens of your account."
        : `These API tokens keep working: ${apiTokens.join(", ")}. Revoke what you do not know.`,
      applications.length === 0
        ? "No application is connected to your account."
        : `These applications stay connected to your account: ${applications.join(", ")}. Disconnect what you do not know.`,
      ALARM,
    ),
  emailAddressChanging: (to: MailFacts, address: string): MailText =>
    mail(
      to,
      "Your email address is being changed",
      `The address of your account is to become ${address}, once that is confirmed by the link that was emailed there.`,
      ALARM,
    ),
  confirmEmailAddress: (to: MailFacts, link: string): MailText =>
    mail(
      to,
      "Confirm your email address",
      `Follow this link within an hour, and confirm there that this is the address of your account:\n${link}`,
      "If you did not ask for this, ignore it: nothing changes.",
    ),
  emailAddressChanged: (to: MailFacts, address: string): MailText =>
    mail(to, "Your email address was changed", `The address of your account is now ${address}.`, ALARM),
  resetPassword: (to: MailFacts, links: readonly { loginName: string; link: string }[]): MailText =>
    mail(
      to,
      "Set a new password",
      `Follow a link within an hour to set a new password:\n${links.map(({ loginName, link }) => `${loginName}: ${link}`).join("\n")}`,
      "Two-factor authentication stays as it is. If you did not ask for this, ignore it: nothing changes.",
    ),
  invitation: (to: MailFacts, link: string): MailText =>
    mail(
      to,
      "Your new account",
      `An account was made for you. Follow this link within seven days to set its password:\n${link}`,
    ),
  twoFactorResetRequested: (to: MailFacts, { by, reason }: { by: string; reason: string }): MailText =>
    mail(
      to,
      "A reset of your two-factor authentication was requested",
      `The administrator ${by} requested to disable two-factor authentication for your account. A second administrator must approve it within 24 hours. Reason: ${reason}`,
      "If you did not ask for this, tell your administrator at once.",
    ),
  twoFactorResetRejected: (to: MailFacts, { by, isWithdrawal }: RejectionFacts): MailText =>
    mail(
      to,
      `The request to disable your two-factor authentication was ${isWithdrawal ? "withdrawn" : "rejected"}`,
      `The administrator ${by} ${isWithdrawal ? "withdrew" : "rejected"} the request to disable two-factor authentication for your account. It stays enabled.`,
      "If you lost your device, tell your administrator.",
    ),
  twoFactorRequired: (to: MailFacts, from: number | null): MailText =>
    mail(
      to,
      "Two-factor authentication is required",
      from === null
        ? "Your organization now requires two-factor authentication. Your next login sets it up: have an authenticator app ready."
        : `Your organization requires two-factor authentication from ${MOMENT.format(from)} UTC on. Enable it before, or your next login after that sets it up.`,
      "Programs that send your password with a request must use an API token instead.",
    ),
  twoFactorForbidden: (to: MailFacts): MailText =>
    mail(
      to,
      "Two-factor authentication is not asked for now",
      "Your organization's security policy no longer allows two-factor authentication. Logins do not ask for a verification code. Your authenticators are kept, and are asked for again when the policy allows it: do not delete them from your app.",
    ),
  twoFactorAllowedAgain: (to: MailFacts): MailText =>
    mail(
      to,
      "Two-factor authentication is asked for again",
      "Your organization's security policy allows two-factor authentication again, so your logins ask for a verification code again. Sessions that a password alone had opened have ended.",
      "If your authenticator is gone, use a recovery code, or ask your administrator to disable two-factor authentication for you.",
    ),
  approvalChanged: (to: MailFacts, { by, needed }: { by: string; needed: boolean }): MailText =>
    mail(
      to,
      "Approval of two-factor resets was changed",
      needed
        ? `The administrator ${by} changed the security policy: a second administrator must now approve each reset of two-factor authentication.`
        : `The administrator ${by} changed the security policy: a reset of two-factor authentication needs no second administrator any more.`,
    ),
  passwordSet: (to: MailFacts, by: string): MailText =>
    mail(
      to,
      "Your password was set by an administrator",
      `The administrator ${by} has set a new password for your account, and all its sessions ended. Ask for it, and change it after your next login.`,
      "If you did not ask for this, tell your administrator at once.",
    ),
  passwordToSet: (to: MailFacts, { by, link }: { by: string; link: string }): MailText =>
    mail(
      to,
      "Set a new password",
      `The administrator ${by} asks you to set a new password. The old one no longer works, and all your sessions ended. Follow this link within seven days:\n${link}`,
      "Two-factor authentication stays as it is.",
    ),
  loginNameChanged: (to: MailFacts, { by, loginName }: { by: string; loginName: string }): MailText =>
    mail(
      to,
      "Your login name was changed by an administrator",
      `The administrator ${by} has changed your login name. Log in as ${loginName} from now on.`,
    ),
  emailAddressSet: (to: MailFacts, { by, address }: { by: string; address: string | null }): MailText =>
    mail(
      to,
      "Your email address was changed by an administrator",
      address === null
        ? `The administrator ${by} has removed the email address of your account.`
        : `The administrator ${by} has changed the email address of your account to ${address}.`,
      "If you did not ask for this, tell your administrator at once.",
    ),
  sessionsRevoked: (to: MailFacts, { by, reason }: { by: string; reason: string }): MailText =>
    mail(
      to,
      "Your sessions were ended by an administrator",
      `The administrator ${by} has ended all sessions of your account. Reason: ${reason}`,
      "Log in again. API tokens and connected applications keep working.",
    ),
};

import { inEnglish as number } from "../numbers";

/** What the page of the security policy says. */
export const policy = {
  title: "Security policy",
  introduction: "These rules hold for every account of the organization.",
  trialTitle: "Free trial",
  trialStartedOn: "Free trial started on",
  trialMeans:
    "Two-factor authentication is offered to organizations whose free trial started on or after September 8, 2019.",
  trialTooOld:
    "Your free trial started before September 8, 2019: two-factor authentication is not offered to your organization, and cannot be required.",
  twoFactorTitle: "Two-factor authentication",
  rule: "Who uses two-factor authentication",
  rules: {
    FORBIDDEN: "Nobody",
    OPTIONAL: "Whoever wants to",
    REQUIRED_FOR_ADMINISTRATORS: "Administrators must, others may",
    REQUIRED: "Everyone must",
  },
  rulesMean: {
    FORBIDDEN:
      "Nobody is asked for a code, and nobody can enable it. Where it is enabled already, it is paused until the rule allows it again.",
    OPTIONAL: "Each person decides. Whoever enabled it is asked for a code at every login.",
    REQUIRED_FOR_ADMINISTRATORS: "An administrator without it sets it up at the next login.",
    REQUIRED:
      "A person without it sets it up at the next login. Passwords sent with requests are refused. Guests keep logging in with their password alone.",
  },
  requiredFrom: "Required from",
  requiredFromHint: (zone: string): string =>
    `Until then people are reminded, and may set it up. Leave it empty to require it at once. In your time zone, ${zone}.`,
  requiredAtOnce: "at once",
  credentials: "What this means for credentials",
  credentialsMean:
    "Once the rule is in force. A password here is one that is sent with a request; the login asks for it in any case.",
  credential: "Credential",
  credentialNames: {
    PASSWORD: "Password sent with a request",
    SESSION: "Session",
    API_TOKEN: "API token",
    OAUTH_TOKEN: "OAuth token",
  },
  withoutFactor: "User, two-factor disabled",
  administratorWithoutFactor: "Administrator, two-factor disabled",
  withFactor: "Two-factor enabled",
  accepted: "Accepted",
  notAccepted: "Refused",
  resetNeedsApproval: "Disabling another person's two-factor authentication needs a second administrator",
  resetNeedsApprovalHint:
    "Such a reset is pending for up to 24 hours, until another administrator approves it. This needs at least three active administrators.",
  loginsTitle: "Failed logins",
  maximumFailedAttempts: "Failed attempts before an account locks",
  maximumFailedAttemptsHint: "Wrong passwords and wrong codes together, 1 to 1,000.",
  lock: "How a lock ends",
  lockByTime: "By itself, after some minutes",
  lockByAdministrator: "Only when an administrator unlocks the account",
  lockoutMinutes: "Minutes until it ends",
  lockoutMinutesHint: "1 to 525,600 (a year).",
  sessionsTitle: "Sessions",
  sessionIdle: "A session that is not used ends after",
  sessionLifetime: "Every session ends after, counted from the login",
  amount: "Number",
  unit: "Unit",
  units: { seconds: "seconds", minutes: "minutes", hours: "hours", days: "days" },
  duration: (amount: number, unit: "seconds" | "minutes" | "hours" | "days"): string =>
    amount === 1 ? `1 ${unit.slice(0, -1)}` : `${number(amount)} ${unit}`,
  passwordsTitle: "Passwords",
  passwordMinimumLength: "Minimum length of a password",
  passwordMinimumLengthHint:
    "8 to 128 characters. Passwords that exist stay as they are until they are changed.",
  outOfRange: (from: number, to: number): string =>
    `Enter a whole number from ${number(from)} to ${number(to)}.`,
  check: "Check and save",
  nothingChanged: "Nothing is changed yet.",
  mistakes: "Some fields need another value. They are marked.",
  saved: "The security policy is saved.",
  previewTitle: "Save this policy?",
  changes: "What changes",
  changed: (before: string, after: string): string => `${before} → ${after}`,
  yes: "Yes",
  no: "No",
  effects: "Who is affected",
  effectsFromDate: "Who would be affected if it applied now (what counts is how things are on its date)",
  twoFactorPaused:
    "Whoever has two-factor authentication enabled is no longer asked for a code. It is paused, and nothing of it is lost.",
  twoFactorResumed: "Whoever had enabled two-factor authentication before is asked for a code again.",
  nobodyTouched: "Nobody: no session ends, and nothing stops working.",
  withoutTwoFactor: (count: number): string =>
    count === 1
      ? "1 person has two-factor authentication disabled, and sets it up at the next login."
      : `${number(count)} people have two-factor authentication disabled, and set it up at their next login.`,
  passwordCallers: (count: number): string =>
    count === 1
      ? "1 account sent its password with requests in the last 30 days. These would be refused."
      : `${number(count)} accounts sent their password with requests in the last 30 days. These would be refused.`,
  sessionsEnded: (count: number): string =>
    count === 1 ? "1 session ends." : `${number(count)} sessions end.`,
  guestsExempt: (count: number): string =>
    count === 1
      ? "1 guest keeps logging in with a password alone."
      : `${number(count)} guests keep logging in with a password alone.`,
  yourselfToo:
    "You have two-factor authentication disabled yourself: your session ends too, and you set it up when you log in again.",
  confirm: "Save the policy",
};

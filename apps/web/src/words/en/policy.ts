import { inEnglish as number } from "../numbers";

/** What the page of the security policy says. */
export const policy = {
  title: "Security policy",
  introduction: "These rules hold for every account of the organization.",
  trialTitle: "Free trial",
  trialStartedOn: "Trial start date",
  trialMeans:
    "Two-factor authentication is offered to organizations whose trial started on or after September 8, 2019.",
  trialTooOld:
    "Your trial started before September 8, 2019: two-factor authentication is not offered to your organization, and cannot be required.",
  twoFactorTitle: "Two-factor authentication",
  rule: "Who uses a second factor",
  rules: {
    FORBIDDEN: "Nobody",
    OPTIONAL: "Whoever wants to",
    REQUIRED_FOR_ADMINISTRATORS: "Administrators must, others may",
    REQUIRED: "Everyone must",
  },
  rulesMean: {
    FORBIDDEN:
      "Nobody is asked for a code, and nobody can set one up. What is set up already sleeps until the rule allows it again.",
    OPTIONAL: "Each person decides. Who set it up is asked for a code at every login.",
    REQUIRED_FOR_ADMINISTRATORS: "An administrator without a second factor sets one up at the next login.",
    REQUIRED:
      "A person without a second factor sets one up at the next login. Requests that send a password are refused. Guests go on with their password.",
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
    PASSWORD: "Password with a request",
    SESSION: "Session",
    API_TOKEN: "API token",
    OAUTH_TOKEN: "OAuth token",
  },
  withoutFactor: "User without a second factor",
  administratorWithoutFactor: "Administrator without one",
  withFactor: "With a second factor",
  accepted: "Accepted",
  notAccepted: "Refused",
  resetNeedsApproval: "Turning off another person's second factor needs a second administrator",
  resetNeedsApprovalHint:
    "The reset waits up to 24 hours for the approval. This needs at least three active administrators.",
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
  passwordsTitle: "Passwords",
  passwordMinimumLength: "Fewest characters of a password",
  passwordMinimumLengthHint: "8 to 128. Passwords that exist stay as they are until they are changed.",
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
  effects: "Whom it touches",
  effectsFromDate: "Whom it would touch if it were in force now; from its date on, whoever it is then",
  nobodyTouched: "Nobody: no session ends, and nothing stops working.",
  withoutTwoFactor: (count: number): string =>
    count === 1
      ? "1 person has no second factor, and sets one up at the next login."
      : `${number(count)} people have no second factor, and set one up at their next login.`,
  passwordCallers: (count: number): string =>
    count === 1
      ? "1 account sent its password with requests in the last 30 days. These would be refused."
      : `${number(count)} accounts sent their password with requests in the last 30 days. These would be refused.`,
  sessionsEnded: (count: number): string =>
    count === 1 ? "1 session ends." : `${number(count)} sessions end.`,
  guestsExempt: (count: number): string =>
    count === 1
      ? "1 guest goes on with a password alone."
      : `${number(count)} guests go on with a password alone.`,
  yourselfToo:
    "You have no second factor yourself: your session ends too, and you set one up when you log in again.",
  confirm: "Save the policy",
};

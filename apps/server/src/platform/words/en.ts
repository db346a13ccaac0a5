import type { RedirectUriFault } from "@keyturn/oauth2";
import type { InputRule, PolicyFault, RefusalCode } from "../problem.js";
import { clients } from "./clients.en.js";
import { mails } from "./mails.en.js";
import { pages } from "./pages.en.js";

/** Every sentence in one language; the other catalogues have the same shape. */
export type Words = Omit<typeof en, "locale"> & { readonly locale: string };

const methods = { PASSWORD: "the password", TOTP: "a verification code", RECOVERY_CODE: "a recovery code" };

const policyFaults: Readonly<Record<PolicyFault, string>> = {
  DATE_WITHOUT_REQUIRED: "A date needs the rule REQUIRED.",
  LIMIT_OUT_OF_RANGE:
    "Failed attempts are 1 to 1,000, lockout minutes 1 to 525,600, session times 1 second or more.",
  PASSWORD_LENGTH_OUT_OF_RANGE: "The minimum length of passwords is 8 to 128 characters.",
  TOO_FEW_ADMINISTRATORS:
    "Approval of resets needs at least three active administrators: one requests, another may be the one to be reset, a third approves.",
  TWO_FACTOR_NOT_OFFERED:
    "Two-factor authentication cannot be required: it is offered to organizations whose free trial started on or after September 8, 2019.",
};

const faults = { ...policyFaults, ...clients.faults };

const passwordFaults = {
  password: "expected 1 to 1,000 characters.",
  passwordSuperfluous: "a service account has no password. Leave the field out.",
  anothersPassword: "one's own password is changed by changePassword, with the current one.",
  noPassword: "a service account has no password. It uses API tokens.",
};

const documentFaults = {
  introspectionOnce: "can be asked for once in a document.",
  alone: "must be the only field at the root of its document.",
  passwordWithRequest: "cannot be used together with a password sent with the request: send one of the two.",
};

const listFaults = {
  scopesMissing: "expected at least one scope.",
  pageSize: "expected 1 to 100.",
  cursor: "expected a cursor of this list, as an earlier page gave it.",
  auditAction: "there is no such action. The document on the audit trail lists every one.",
};

export const en = {
  locale: "en",
  mails,
  pages,
  failures: {
    INVALID_LOGIN: "The login name or the password is not correct.",
    ACCOUNT_LOCKED: ({ attempts, minutes }: { attempts: number; minutes: number | null }): string =>
      minutes === null
        ? `Your account is locked because of ${attempts} failed login attempts. Contact your administrator.`
        : `Your account is locked because of ${attempts} failed login attempts. Wait ${minutes} ${minutes === 1 ? "minute" : "minutes"}, then try again.`,
    INVALID_VERIFICATION_CODE: "The verification code is not valid.",
    TWO_FACTOR_UNREADABLE:
      "The server cannot read your authenticator's secret. Nothing was counted. Use a recovery code, or contact your administrator.",
    CHALLENGE_EXPIRED: "This login has expired. Log in again with your login name and password.",
    ENROLLMENT_EXPIRED: "This enrollment has expired. Start it again to get a new QR code.",
    TWO_FACTOR_UNAVAILABLE: (availability: "NOT_ALLOWED" | "TRIAL_TOO_OLD" | "ACCOUNT_KIND"): string =>
      ({
        NOT_ALLOWED: "Your organization's security policy does not allow two-factor authentication.",
        TRIAL_TOO_OLD:
          "Two-factor authentication is offered to organizations whose free trial started on or after September 8, 2019. Yours started before.",
        ACCOUNT_KIND:
          "Two-factor authentication is for people of the organization, not for guests or service accounts.",
      })[availability],
    TWO_FACTOR_NOT_ENABLED: "Two-factor authentication is not enabled for this account.",
    TWO_FACTOR_REQUIRED_BY_POLICY:
      "Your organization requires two-factor authentication, so it cannot be disabled. To change phones, add the new one first.",
    LAST_AUTHENTICATOR:
      "This is the last authenticator. Add another one first, or disable two-factor authentication.",
    LOGIN_NAME_TAKEN: "This login name is taken. Choose another one.",
    WEAK_PASSWORD: (rules: readonly string[]): string => `Choose another password. ${rules.join(" ")}`,
    WRONG_PASSWORD: "The password is not correct.",
    INVALID_MAIL_TOKEN: "This link has expired or was used already. Request a new one.",
    LAST_ADMINISTRATOR: "This is the last administrator. Make another account an administrator first.",
    SELF_RESET:
      "Administrators cannot reset their own two-factor authentication. Disable it with a verification code, or ask another administrator.",
    APPROVAL_UNKNOWN:
      "This reset is no longer pending: it has expired, was answered, or is about two-factor authentication that was disabled meanwhile.",
    APPROVER_NOT_ELIGIBLE:
      "You cannot approve this reset. It takes an administrator of at least 24 hours, with two-factor authentication, who neither requested it nor is the one to be reset.",
    POLICY_CONFLICT: (fault: PolicyFault): string => policyFaults[fault],
    INVALID_REDIRECT_URI: (found: { uri: string; fault: RedirectUriFault } | "too-many"): string =>
      found === "too-many"
        ? clients.tooManyRedirectUris
        : `The redirect URI ${found.uri} cannot be registered: ${clients.redirectUris[found.fault]}`,
    UNKNOWN_SCOPE: ({ scope, known }: { scope: string; known: readonly string[] }): string =>
      `The scope ${scope} is not known. Expected: ${known.join(", ")}.`,
    LIMIT_REACHED: (limit: number): string => `No more than ${limit} are possible. Remove one first.`,
  },
  passwordRules: {
    MINIMUM_LENGTH: (minimum: number): string => `It needs at least ${minimum} characters.`,
    MAXIMUM_LENGTH: (): string => "It can have at most 128 characters.",
    COMMON: (): string => "It is among the most common passwords.",
    CONTAINS_NAME: (): string => "It is made of a name that belongs to the account.",
  },
  refusals: {
    UNAUTHENTICATED: "Log in first, or send a credential.",
    INVALID_CREDENTIALS: "The credential that was sent is wrong, expired or revoked.",
    FORBIDDEN: "Your role, or your token's scopes, do not allow this.",
    RATE_LIMITED: "Too many attempts. Wait, then try again.",
    NOT_FOUND: "There is nothing with this id that you may see.",
    BAD_USER_INPUT: "The input breaks a rule of form.",
    UNAVAILABLE:
      "A part that the server depends on does not answer. Nothing was changed. Try again in a moment.",
    INTERNAL: "Something went wrong on the server. Tell your administrator the request id.",
  } satisfies Partial<Record<RefusalCode, string>>,
  outcomeUnknown:
    "The database stopped answering while this was being saved. It is not known whether it was saved: look before you try again.",
  notAccepted: ({ reason, accepted }: { reason: string; accepted: readonly string[] }): string => {
    const instead = `Use instead: ${accepted.join(", ")}.`;
    if (reason === "TWO_FACTOR_ENABLED")
      return `This account has two-factor authentication, so a password sent with a request is not accepted. ${instead}`;
    if (reason === "TWO_FACTOR_REQUIRED")
      return `Your organization requires two-factor authentication, so a password sent with a request is not accepted. ${instead}`;
    if (reason === "OTHER_ACCOUNT")
      return "This request is meant for another account than the one whose credential it carries. Nothing was done.";
    return `This operation does not accept this kind of credential. ${instead}`;
  },
  stepUp: (asked: readonly (keyof typeof methods)[]): string =>
    `Prove again that it is you, by stepUp with ${asked.map((method) => methods[method]).join(" or ")}, then repeat.`,
  rateLimitedForever: "Too many attempts. Contact your administrator.",
  input: ({ path, rule }: { path: string; rule: InputRule }): string => {
    switch (rule.rule) {
      case "text":
        return `${path}: expected 1 to ${rule.maximum} characters, not all of them invisible, and none that controls lines or the direction of writing.`;
      case "loginName":
        return `${path}: expected 1 to 128 characters, without a colon, control or invisible characters.`;
      case "emailAddress":
        return `${path}: expected an email address, such as name@example.com.`;
      case "locale":
        return `${path}: expected a language tag of BCP 47, such as en or ja.`;
      case "notNull":
        return `${path}: null is not possible here. Leave the field out to keep its value.`;
      case "future":
        return `${path}: expected a time in the future.`;
      case "proofMissing":
        return `${path}: the account has two-factor authentication. Send a verificationCode or a recoveryCode.`;
      case "emailAddressMissing":
        return `${path}: without a password, a link to set one is emailed, which needs an address.`;
      case "personsOnly":
        return `${path}: only a person of the organization or a service account can have this role; a guest cannot.`;
      case "password":
      case "passwordSuperfluous":
      case "anothersPassword":
      case "noPassword":
        return `${path}: ${passwordFaults[rule.rule]}`;
      case "policy":
      case "client":
        return `${path}: ${faults[rule.fault]}`;
      case "scopesMissing":
      case "pageSize":
      case "cursor":
      case "auditAction":
        return `${path}: ${listFaults[rule.rule]}`;
      case "accountsAtOnce":
        return `${path}: one request can ask this of ${rule.maximum} accounts at most. Ask for smaller pages.`;
      case "answerTooLong":
        return `The answer could hold more than ${rule.maximum} characters. Ask for fewer fields, or for smaller pages.`;
      case "introspectionOnce":
      case "alone":
      case "passwordWithRequest":
        return `${path} ${documentFaults[rule.rule]}`;
    }
  },
  credentialRules: {
    accepted: "Accepted.",
    passwordWithTwoFactor:
      "A password alone does not stand for an account that has two-factor authentication.",
    passwordWhereRequired:
      "Two-factor authentication is required: a password sent with a request is refused.",
    sessionWhereRequired:
      "Two-factor authentication is required: sessions without it end, and the next login sets it up.",
    dormant: "Accepted: the policy forbids two-factor authentication, so factors lie dormant.",
  },
  forwardAuth: {
    requirement: (name: string): string =>
      `What is required is not understood at “${name}”. Expected scope=…, role=administrator, assurance=two_factor or maxAge=seconds.`,
    requireHeaderTwice: (): string =>
      "X-Keyturn-Require came twice. Expected once, as in: scope=orders:read, role=administrator.",
    requireHeaderUntrusted: (): string =>
      "X-Keyturn-Require came from an address that is not in KEYTURN_TRUSTED_PROXIES. Expected from a gateway that is.",
    cookieElsewhere: (): string =>
      "A session's cookie counts on Keyturn's own host alone. Send the session's token as a bearer.",
    cookieUnsafe: (): string =>
      "With a session's cookie, a request by any method but GET, HEAD and OPTIONS needs the header X-Requested-With.",
    noProof: (): string =>
      "This needs a proof of factors that a password sent with a request, an API token or this account cannot give. Use a session.",
    enrollFirst: (): string => "This needs two-factor authentication. Enable it, then log in with it.",
  },
  emailChangeRequested: (address: string): string =>
    `A link was emailed to ${address}. Open it within an hour and confirm the address there: only then it changes.`,
  emailConfirmed: "The email address is confirmed.",
  passwordResetRequested:
    "If an account matches, a link to set a new password is on its way to its email address.",
  passwordReset: "The password was changed. Log in with it.",
  defaultAuthenticatorName: "Authenticator",
};

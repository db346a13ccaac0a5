/** `extensions.code` of a top-level error: what is not part of the story, but of who asks, with what, how often. */
export type RefusalCode =
  | "UNAUTHENTICATED"
  | "INVALID_CREDENTIALS"
  | "CREDENTIAL_NOT_ACCEPTED"
  | "FORBIDDEN"
  | "STEP_UP_REQUIRED"
  | "RATE_LIMITED"
  | "NOT_FOUND"
  | "BAD_USER_INPUT"
  | "UNAVAILABLE"
  | "INTERNAL";

/** What a refusal tells beside its code: always safe to show. */
export type RefusalDetails = Readonly<Record<string, string | number | null | readonly string[]>>;

/**
 * Ends a request, or one field of it, with a {@link RefusalCode}; a transaction that it leaves rolls back.
 *
 * Expected failures (a wrong code, a name taken) are returned instead, so that counters and audit events commit.
 */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly details: RefusalDetails = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = "Refusal";
  }
}

/** Why a security policy cannot be kept. */
export type PolicyFault =
  | "DATE_WITHOUT_REQUIRED"
  | "LIMIT_OUT_OF_RANGE"
  | "PASSWORD_LENGTH_OUT_OF_RANGE"
  | "TOO_FEW_ADMINISTRATORS"
  | "TWO_FACTOR_NOT_OFFERED";

/** Why a client cannot be as an administrator asks. */
export type ClientFault =
  | "REDIRECT_URI_MISSING"
  | "GRANT_TYPES"
  | "REFRESH_TOKEN_ALONE"
  | "PUBLIC_CLIENT"
  | "SERVICE_ACCOUNT_MISSING"
  | "SERVICE_ACCOUNTS_ONLY"
  | "LISTED_ONLY";

/** The rules of form that an input can break; each has its sentence in every catalogue of words. */
export type InputRule =
  | { readonly rule: "text"; readonly maximum: number }
  | { readonly rule: "loginName" | "password" | "emailAddress" | "locale" | "notNull" | "future" }
  | { readonly rule: "proofMissing" | "passwordSuperfluous" | "emailAddressMissing" | "personsOnly" }
  | { readonly rule: "scopesMissing" | "alone" | "passwordWithRequest" }
  | { readonly rule: "anothersPassword" | "noPassword" }
  | { readonly rule: "policy"; readonly fault: PolicyFault }
  | { readonly rule: "client"; readonly fault: ClientFault }
  | { readonly rule: "pageSize" | "cursor" | "auditAction" }
  | { readonly rule: "introspectionOnce" }
  | { readonly rule: "accountsAtOnce" | "answerTooLong"; readonly maximum: number };

/** Refuses an input by the path of the field that breaks a rule of form, and the rule. */
export class BadInput extends Refusal {
  constructor(
    readonly path: readonly string[],
    readonly rule: InputRule,
  ) {
    super("BAD_USER_INPUT", { path });
    this.name = "BadInput";
  }
}

/** Marks a switch that has handled every case: the compiler refuses a new one that it forgot. */
export function unreachable(value: never): never {
  throw new Error(`not handled: ${JSON.stringify(value)}`);
}

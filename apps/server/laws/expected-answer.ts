import type { Access, Subject } from "./subjects.js";

/** What an account is, as far as it decides which credential stands for it. */
export interface Standing {
  /** The rule in force. */
  readonly rule: "OPTIONAL" | "REQUIRED" | "REQUIRED_FOR_ADMINISTRATORS" | "FORBIDDEN";
  readonly enrolled: boolean;
  readonly role: "USER" | "ADMINISTRATOR";
}

/** A credential as it is sent. */
export interface Credential {
  readonly kind: "NONE" | "PASSWORD" | "SESSION" | "API_TOKEN" | "OAUTH_TOKEN" | "CHALLENGE";
  readonly by?: "header" | "cookie";
  readonly assurance?: "ONE_FACTOR" | "TWO_FACTOR";
  /** Proven just within the operation's `maxAge`, or just before it. */
  readonly proven?: "lately" | "long ago";
  /** Whether the scope that is asked for is among the token's; an OAuth token without this was never issued. */
  readonly scope?: "with" | "without";
}

/** One case of the matrix. */
export interface Case {
  readonly subject: Subject;
  readonly standing: Standing;
  readonly credential: Credential;
}

/** What the contract makes of a case. */
export type Expected =
  /** Whatever the operation answers by itself. */
  | { readonly outcome: "passes" }
  /** Nobody asks: the answer is null above the guarded field. */
  | { readonly outcome: "null" }
  | {
      readonly outcome: "refused";
      readonly status: number;
      readonly extensions: object;
      /** Where the error stands in the answer; null where the whole request failed. */
      readonly path: readonly string[] | null;
    };

/** Every scope that opens something in Keyturn. */
const SCOPES = ["account:read", "account:write", "admin:read", "admin:write"];

/** Fields that are one attempt, as the head of the contract lists them. */
const ATTEMPTS = [
  ...["login", "completeLogin", "stepUp", "confirmTwoFactor", "disableTwoFactor", "removeAuthenticator"],
  ...["regenerateRecoveryCodes", "changePassword", "resetPassword", "logout"],
];

/**
 * Works out what the contract makes of a case.
 *
 * A second calculation, on purpose: it is written from the contract and its HTTP half, and shares nothing with the
 * code that it judges.
 */
export function expectAnswer(tried: Case): Expected {
  const whole = wholeRequest(tried);
  if (whole !== null) return whole;
  const { operation, guarded } = tried.subject;
  const first = field(tried, operation.access, [operation.name]);
  if (first.outcome !== "passes" || guarded === null) return first;
  if (tried.credential.kind === "NONE") return { outcome: "null" };
  return field(tried, guarded.access, guarded.path);
}

/** The scopes of the token of a case. */
export function scopesOf({ subject, credential }: Pick<Case, "subject" | "credential">): string[] {
  if (credential.scope === "with") return SCOPES;
  const { access } = subject.guarded ?? subject.operation;
  const others = access.scope === undefined ? [] : SCOPES.filter((scope) => scope !== access.scope);
  return [...others, "orders:read"];
}

/** Whether a second factor is demanded of the account, its own affair, or left to lie dormant. */
function ruleFor({ rule, role }: Standing): "demanded" | "its own" | "dormant" {
  if (rule === "FORBIDDEN") return "dormant";
  const isDemanded =
    rule === "REQUIRED" || (rule === "REQUIRED_FOR_ADMINISTRATORS" && role === "ADMINISTRATOR");
  return isDemanded ? "demanded" : "its own";
}

/** What fails before any field: a wrong credential, and a password that two-factor rules out. */
function wholeRequest(tried: Case): Expected | null {
  const { credential, subject } = tried;
  switch (credential.kind) {
    case "OAUTH_TOKEN":
      return credential.scope === undefined ? refused(401, { code: "INVALID_CREDENTIALS" }) : null;
    case "CHALLENGE":
      return refused(401, { code: "INVALID_CREDENTIALS" });
    case "PASSWORD":
      return ATTEMPTS.includes(subject.operation.name)
        ? refused(400, { code: "BAD_USER_INPUT", path: [subject.operation.name] })
        : passwordRuledOut(tried);
    case "SESSION":
      return isDead(tried) && !isPassedOver(tried) ? refused(401, { code: "INVALID_CREDENTIALS" }) : null;
    case "NONE":
    case "API_TOKEN":
      return null;
  }
}

function passwordRuledOut({ standing }: Case): Expected | null {
  const rule = ruleFor(standing);
  if (rule === "dormant" || (rule === "its own" && !standing.enrolled)) return null;
  return refused(401, {
    code: "CREDENTIAL_NOT_ACCEPTED",
    presented: "PASSWORD",
    accepted: ["SESSION", "API_TOKEN", "OAUTH_TOKEN"],
    reason: rule === "demanded" ? "TWO_FACTOR_REQUIRED" : "TWO_FACTOR_ENABLED",
  });
}

/** A session is dead where its account must have a factor and has none, or has one that it did not prove. */
function isDead({ standing, credential }: Case): boolean {
  const rule = ruleFor(standing);
  if (!standing.enrolled) return rule === "demanded";
  return rule !== "dormant" && credential.assurance === "ONE_FACTOR";
}

/** What reads no credential looks at no cookie, dead or alive. */
function isPassedOver({ subject, credential }: Case): boolean {
  return credential.by === "cookie" && subject.operation.access.credentials === undefined;
}

/** What a field's own `@access` refuses: with 200, at its place in the answer. */
function field(tried: Case, access: Access, path: readonly string[]): Expected {
  const { credential, standing } = tried;
  const { to, credentials, scope, maxAge } = access;
  const no = (extensions: object): Expected => refused(200, extensions, path);
  if (credential.kind === "NONE")
    return to === "PUBLIC" ? { outcome: "passes" } : no({ code: "UNAUTHENTICATED" });
  if (credentials === undefined) return { outcome: "passes" };
  if (!credentials.includes(credential.kind)) {
    const told = { presented: credential.kind, accepted: credentials, reason: "OPERATION" };
    return no({ code: "CREDENTIAL_NOT_ACCEPTED", ...told });
  }
  if (to === "ADMINISTRATOR" && standing.role !== "ADMINISTRATOR")
    return no({ code: "FORBIDDEN", requiredRole: "ADMINISTRATOR" });
  if (scope !== undefined && credential.scope !== undefined && !scopesOf(tried).includes(scope))
    return no({ code: "FORBIDDEN", requiredScope: scope });
  if (maxAge === undefined || credential.proven !== "long ago") return { outcome: "passes" };
  const second = standing.enrolled && ruleFor(standing) !== "dormant" ? ["TOTP", "RECOVERY_CODE"] : [];
  return no({ code: "STEP_UP_REQUIRED", maxAge, methods: ["PASSWORD", ...second] });
}

function refused(status: number, extensions: object, path: readonly string[] | null = null): Expected {
  return { outcome: "refused", status, extensions, path };
}

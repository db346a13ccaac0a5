import { Directive, Extensions, registerEnumType } from "type-graphql";

/** The ways in which a request can say who sends it. */
export const CredentialType = {
  PASSWORD: "PASSWORD",
  SESSION: "SESSION",
  API_TOKEN: "API_TOKEN",
  OAUTH_TOKEN: "OAUTH_TOKEN",
} as const;
export type CredentialType = (typeof CredentialType)[keyof typeof CredentialType];

/** How many factors stand behind a credential. */
export const Assurance = { ONE_FACTOR: "ONE_FACTOR", TWO_FACTOR: "TWO_FACTOR" } as const;
export type Assurance = (typeof Assurance)[keyof typeof Assurance];

export type AccessLevel = "PUBLIC" | "VIEWER" | "ADMINISTRATOR";

/** Anybody may use the field, and no credential is read. */
interface OpenRule {
  readonly to: "PUBLIC";
  readonly credentials?: never;
  readonly scope?: never;
  readonly maxAge?: never;
}

interface GuardedRule {
  readonly to: AccessLevel;
  readonly credentials: readonly CredentialType[];
  /** What an API token or an OAuth token needs. */
  readonly scope?: string;
  /** Seconds within which the session must have proven all factors of its account. */
  readonly maxAge?: number;
}

/** Who may use a field. What is not open to everybody names its credentials. */
export type AccessRule = OpenRule | GuardedRule;

/** Says what is forgotten in a rule, so that it would let in more than is meant; null: nothing is. */
export function forgottenIn({ to, credentials = [], scope }: AccessRule): string | null {
  if (to === "PUBLIC") return null;
  if (credentials.length === 0) return `for ${to} names no credentials`;
  const takesTokens = credentials.includes("API_TOKEN") || credentials.includes("OAUTH_TOKEN");
  return takesTokens && scope === undefined ? "takes tokens and names no scope" : null;
}

/**
 * Marks a field of an account's own: another's is for administrators, with `admin:read` where a token asks. Whose it
 * is, the field's source tells.
 */
export const OWNED = { owned: true } as const;

/** Every credential type, in the order in which the contract lists them. */
export const ANY_CREDENTIAL = ["PASSWORD", "SESSION", "API_TOKEN", "OAUTH_TOKEN"] as const;

/** Declares who may use a field: printed as `@access`, and enforced by `finish`, in one place. */
export function Access(rule: AccessRule, owned?: typeof OWNED): MethodDecorator & PropertyDecorator {
  const extension = Extensions({ access: rule, ...owned });
  const directive = Directive(`@access(${printRule(rule)})`);
  return ((target: object, key: string, descriptor: PropertyDescriptor) => {
    (extension as MethodDecorator)(target, key, descriptor);
    (directive as MethodDecorator)(target, key, descriptor);
  }) as MethodDecorator & PropertyDecorator;
}

function printRule({ to, credentials, scope, maxAge }: AccessRule): string {
  const parts = [`to: ${to}`];
  if (credentials !== undefined) parts.push(`credentials: [${credentials.join(", ")}]`);
  if (scope !== undefined) parts.push(`scope: "${scope}"`);
  if (maxAge !== undefined) parts.push(`maxAge: ${maxAge}`);
  return parts.join(", ");
}

registerEnumType(CredentialType, {
  name: "CredentialType",
  valuesConfig: {
    PASSWORD: { description: "Login name and password sent with the request itself (HTTP Basic)." },
    SESSION: { description: "A login session: the cookie, or its token as a bearer." },
    API_TOKEN: { description: "A token that an account made for a script or a service." },
    OAUTH_TOKEN: { description: "An access token that a third party got through OAuth." },
  },
});
registerEnumType(Assurance, { name: "Assurance" });

import type { AuthorizationRequest } from "./authorization-request.js";
import type { OAuthErrorCode } from "./refusal.js";
import type { Authentication } from "./stores.js";

/** Whoever sits in front of the browser. */
export interface Person {
  /** The account. */
  readonly subject: string;
  readonly authentication: Authentication;
  /** Whether the account has a second factor that it can prove. */
  readonly hasSecondFactor: boolean;
  /** Whether the account may use the client. */
  readonly mayUse: boolean;
  /** What the account allowed the client before, and still counts; null: nothing, and for a public client always. */
  readonly rememberedScopes: readonly string[] | null;
}

/** What comes next with an authorization request. */
export type AuthorizationStep =
  /** The person logs in first. */
  | { readonly next: "login" }
  /** The person proves again that it is them, with every factor of the account. */
  | { readonly next: "prove-again" }
  /** A second factor is asked for, and the account has none: the person can set one up, or turn back. */
  | { readonly next: "set-up-second-factor" }
  /** The person is asked. */
  | { readonly next: "consent" }
  /** The person allowed it before. */
  | { readonly next: "grant" }
  /** The client gets an error. */
  | { readonly next: "refuse"; readonly error: OAuthErrorCode; readonly description: string };

/**
 * Judges what comes next with a request (OpenID Connect Core, section 3.1.2.1; RFC 9470). Whoever may not use the client
 * is refused; nothing is asked where the client forbids it by `prompt=none`.
 */
export function judgeAuthorization(
  request: AuthorizationRequest,
  person: Person | null,
  now: number,
): AuthorizationStep {
  const step = judge(request, person, now);
  if (step.next === "grant" || step.next === "refuse" || !request.prompt.includes("none")) return step;
  return { next: "refuse", ...SILENT[step.next] };
}

/** Says why a request is not granted, though its person allowed it; null: it may be. */
export function judgeAllowed(
  request: AuthorizationRequest,
  person: Person,
  now: number,
): { readonly error: OAuthErrorCode; readonly description: string } | null {
  const step = judgeAuthorization(request, person, now);
  switch (step.next) {
    case "consent":
    case "grant":
      return null;
    case "refuse":
      return step;
    case "login":
    case "prove-again":
    case "set-up-second-factor":
      return SILENT[step.next];
  }
}

/** OpenID Connect Core, section 3.1.2.2: never an answer for anyone but the person whom the hint names. */
const ANOTHER_PERSON = {
  error: "login_required",
  description: "Another person is logged in than the id_token_hint names.",
} as const;

/** An account that is not on the client's list, or not active. */
export const MAY_NOT_USE = {
  error: "access_denied",
  description: "This account may not use the client.",
} as const;

const SILENT: Readonly<
  Record<
    Exclude<AuthorizationStep["next"], "grant" | "refuse">,
    { readonly error: OAuthErrorCode; readonly description: string }
  >
> = {
  login: { error: "login_required", description: "The person is not logged in." },
  "prove-again": { error: "login_required", description: "The person must prove again that it is them." },
  "set-up-second-factor": {
    error: "unmet_authentication_requirements",
    description: "The account has no second factor.",
  },
  consent: { error: "consent_required", description: "The person has not allowed it yet." },
};

function judge(request: AuthorizationRequest, person: Person | null, now: number): AuthorizationStep {
  if (person === null) return { next: "login" };
  if (typeof request.subject === "string" && request.subject !== person.subject)
    return { next: "refuse", ...ANOTHER_PERSON };
  if (!person.mayUse) return { next: "refuse", ...MAY_NOT_USE };
  const { authentication } = person;
  if (!isFresh(request, authentication, now)) return { next: "prove-again" };
  if (request.twoFactor && !authentication.twoFactor)
    return { next: person.hasSecondFactor ? "prove-again" : "set-up-second-factor" };
  return isRemembered(request, person) ? { next: "grant" } : { next: "consent" };
}

/** Proven since the request came, or, where no new proof is asked for, within `max_age`. */
function isFresh(
  { prompt, maxAge, createdAt }: AuthorizationRequest,
  { at }: Authentication,
  now: number,
): boolean {
  if (at >= createdAt) return true;
  if (prompt.includes("login") || prompt.includes("select_account")) return false;
  return maxAge === null || at + maxAge * 1000 >= now;
}

function isRemembered({ prompt, scopes }: AuthorizationRequest, { rememberedScopes }: Person): boolean {
  if (rememberedScopes === null || prompt.includes("consent")) return false;
  return scopes.every((scope) => rememberedScopes.includes(scope));
}

import { type Refusal, unreachable } from "../platform/problem.js";
import type { SentCredential } from "./credentials/read-credential.js";

/**
 * What `WWW-Authenticate` says of a refusal: the scheme that was sent, and Bearer otherwise, so that no browser asks for
 * a password by itself; for a bearer what is wrong with it (RFC 6750, section 3.1, and RFC 9470, section 3).
 */
export function challengeOf(sent: SentCredential | null, refusal: Refusal): string {
  if (sent?.carrier === "Basic") return 'Basic realm="Keyturn", charset="UTF-8"';
  return ['Bearer realm="Keyturn"', ...errorOf(refusal)].join(", ");
}

function errorOf({ code, details }: Refusal): string[] {
  switch (code) {
    case "INVALID_CREDENTIALS":
      return ['error="invalid_token"'];
    case "STEP_UP_REQUIRED":
      return [
        'error="insufficient_user_authentication"',
        ...parameter("acr_values", details["acrValues"]),
        ...parameter("max_age", details["maxAge"]),
      ];
    case "FORBIDDEN":
      return details["requiredScope"] === undefined
        ? []
        : ['error="insufficient_scope"', ...parameter("scope", details["requiredScope"])];
    case "UNAUTHENTICATED":
    case "CREDENTIAL_NOT_ACCEPTED":
    case "RATE_LIMITED":
    case "NOT_FOUND":
    case "BAD_USER_INPUT":
    case "UNAVAILABLE":
    case "INTERNAL":
      return [];
    default:
      return unreachable(code);
  }
}

function parameter(name: string, value: unknown): string[] {
  return typeof value === "string" || typeof value === "number" ? [`${name}="${value}"`] : [];
}

import type { Refusal } from "../../platform/problem.js";
import type { HeaderValues, SentCredential } from "../credentials/read-credential.js";

/** What Kintone's clients read where they sent nothing. */
export const PLEASE_LOGIN = "Please login.";

/** Says whether a client speaks the headers of the system whose help was the seed, and so reads its codes. */
export function speaksSeed(headers: HeaderValues): boolean {
  return Object.keys(headers).some((name) => name.startsWith("x-cybozu-"));
}

const OF_CREDENTIAL: ReadonlySet<string> = new Set([
  ...["UNAUTHENTICATED", "INVALID_CREDENTIALS", "CREDENTIAL_NOT_ACCEPTED", "STEP_UP_REQUIRED"],
  ...["RATE_LIMITED", "FORBIDDEN"],
]);

/** The seed system's code for a refusal; what it has no code for keeps Keyturn's. */
export function seedCode(sent: SentCredential | null, { code }: Refusal): string {
  if (!OF_CREDENTIAL.has(code)) return code;
  switch (kindOf(sent)) {
    case "password":
      return "CB_WA01";
    case "API token":
      return "GAIA_IA02";
    case "OAuth token":
      return "CB_OA01";
    case "none or a session":
      return code === "UNAUTHENTICATED" || code === "INVALID_CREDENTIALS" ? "CB_AU01" : code;
  }
}

/** What is too malformed to be of a type is known by what carried it. */
function kindOf(sent: SentCredential | null): "password" | "API token" | "OAuth token" | "none or a session" {
  if (sent?.type === "PASSWORD") return "password";
  if (sent?.type === "API_TOKEN") return "API token";
  if (sent?.type === "OAUTH_TOKEN") return "OAuth token";
  if (sent?.type !== "malformed") return "none or a session";
  if (sent.carrier === "X-Cybozu-Authorization" || sent.carrier === "Basic") return "password";
  if (sent.carrier === "X-Cybozu-API-Token") return "API token";
  return sent.carrier === "Bearer" ? "OAuth token" : "none or a session";
}

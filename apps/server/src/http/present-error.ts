import { GraphQLError, Kind } from "graphql";
import type { Logger } from "pino";
import type { MessageLocale } from "../platform/locale.js";
import { isOutage } from "../platform/outage.js";
import { HashQueueFullError } from "../platform/password-hash.js";
import { BadInput, Refusal, unreachable } from "../platform/problem.js";
import { words } from "../platform/words/index.js";

/** Says a refusal in words, with its code and what it tells. */
export function presentRefusal(
  refusal: Refusal,
  locale: MessageLocale,
): { message: string; extensions: object } {
  const extensions = { ...refusal.details, code: refusal.code };
  return { message: sentenceOf(refusal, locale), extensions };
}

/**
 * What an error is to the outside: a refusal as it is; a full queue or a database that does not answer as the refusal
 * that says so; anything else a fault of ours, logged with its cause and told by its request's id alone.
 */
export function refusalOf(error: unknown, { requestId, log }: { requestId: string; log: Logger }): Refusal {
  if (error instanceof Refusal) {
    if (error.code === "UNAVAILABLE") log.error({ err: error.cause, requestId }, "a part does not answer");
    return error;
  }
  if (error instanceof HashQueueFullError)
    return new Refusal("RATE_LIMITED", { retryAfterSeconds: error.retryAfterSeconds });
  const outage = isOutage(error);
  log.error({ err: error, requestId }, outage ? "the database does not answer" : "a fault");
  return outage
    ? new Refusal("UNAVAILABLE", { retryAfterSeconds: 5 })
    : new Refusal("INTERNAL", { requestId });
}

/** The HTTP status of a refusal that fails a request whole. */
export function statusOf({ code, details }: Refusal): number {
  if (code === "CREDENTIAL_NOT_ACCEPTED")
    return String(details["reason"]).startsWith("TWO_FACTOR") ? 401 : 200;
  return STATUS[code] ?? 200;
}

const STATUS: Partial<Record<Refusal["code"], number>> = {
  INVALID_CREDENTIALS: 401,
  RATE_LIMITED: 429,
  BAD_USER_INPUT: 400,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** The error that a resolver threw, out of graphql's wrapping; null where graphql itself refused the request. */
export function thrownBy(error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error;
  return error.originalError === undefined || blamesDocument(error) ? null : error.originalError;
}

/**
 * Says whether an error is the document's own: what does not validate, and what graphql sees only when it executes, such
 * as a variable that is null where only its default lets it stand. Faults of an answer point at its field, or nowhere.
 */
export function blamesDocument(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return false;
  const { path, originalError } = error;
  if (path === undefined) return originalError === undefined || originalError instanceof GraphQLError;
  if (!(originalError instanceof GraphQLError) || originalError.nodes === undefined) return false;
  return originalError.nodes.every(({ kind }) => kind !== Kind.FIELD);
}

function sentenceOf(refusal: Refusal, locale: MessageLocale): string {
  const say = words(locale);
  const { code, details } = refusal;
  if (refusal instanceof BadInput) return say.input({ path: refusal.path.join("."), rule: refusal.rule });
  switch (code) {
    case "CREDENTIAL_NOT_ACCEPTED":
      return say.notAccepted({
        reason: String(details["reason"]),
        accepted: details["accepted"] as string[],
      });
    case "STEP_UP_REQUIRED":
      return say.stepUp(details["methods"] as ("PASSWORD" | "TOTP" | "RECOVERY_CODE")[]);
    case "RATE_LIMITED":
      return details["retryAfterSeconds"] === null ? say.rateLimitedForever : say.refusals.RATE_LIMITED;
    case "UNAVAILABLE":
      return details["retryAfterSeconds"] === null ? say.outcomeUnknown : say.refusals.UNAVAILABLE;
    case "UNAUTHENTICATED":
    case "INVALID_CREDENTIALS":
    case "FORBIDDEN":
    case "NOT_FOUND":
    case "BAD_USER_INPUT":
    case "INTERNAL":
      return say.refusals[code];
    default:
      return unreachable(code);
  }
}

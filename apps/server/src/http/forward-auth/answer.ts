import type { FastifyReply } from "fastify";
import type { MessageLocale } from "../../platform/locale.js";
import { type Refusal, type RefusalCode, unreachable } from "../../platform/problem.js";
import { words } from "../../platform/words/index.js";
import type { Viewer } from "../../rooms/credentials/viewer.js";
import { challengeOf } from "../challenge.js";
import type { HeaderValues, SentCredential } from "../credentials/read-credential.js";
import { presentRefusal } from "../present-error.js";
import { PLEASE_LOGIN, seedCode, speaksSeed } from "./seed-code.js";

/** What a refused request was, as far as its answer depends on it. */
export interface RefusedRequest {
  readonly id: string;
  readonly headers: HeaderValues;
  readonly sent: SentCredential | null;
  readonly locale: MessageLocale;
}

/** Lets a request pass: 204, and who sent it in six headers. */
export function letPass(reply: FastifyReply, viewer: Viewer): void {
  void sayWho(reply, viewer).status(204).send();
}

/** Lets a request not pass: the refusal's status, its challenge, and a body that names it. */
export function refuse(reply: FastifyReply, refusal: Refusal, request: RefusedRequest): void {
  const { id, sent, headers } = request;
  const status = statusOf(refusal.code);
  const code = speaksSeed(headers) ? seedCode(sent, refusal) : refusal.code;
  const wait = refusal.details["retryAfterSeconds"];
  if (status === 401 || refusal.details["requiredScope"] !== undefined)
    reply.header("www-authenticate", challengeOf(sent, refusal));
  if (typeof wait === "number") reply.header("retry-after", wait);
  void sayWho(reply, null)
    .status(status)
    .header("x-keyturn-refusal", code)
    .header("content-type", "application/json; charset=utf-8")
    .send(JSON.stringify({ message: messageOf(refusal, request), id, code }));
}

/** All six, always: a header that is missing is one that a client can smuggle in. */
function sayWho(reply: FastifyReply, viewer: Viewer | null): FastifyReply {
  return reply
    .header("x-keyturn-account", viewer?.account.id ?? "")
    .header("x-keyturn-login-name", encodeURIComponent(viewer?.account.loginName ?? ""))
    .header("x-keyturn-role", viewer?.account.role ?? "")
    .header("x-keyturn-credential", viewer?.credential ?? "")
    .header("x-keyturn-assurance", viewer?.assurance ?? "")
    .header("x-keyturn-scopes", viewer?.scopes?.join(" ") ?? "");
}

/** Gateways know 401 and 403 alone, and make 500 of anything else: so that is left to what is a fault. */
function statusOf(code: RefusalCode): number {
  switch (code) {
    case "UNAUTHENTICATED":
    case "INVALID_CREDENTIALS":
    case "CREDENTIAL_NOT_ACCEPTED":
    case "STEP_UP_REQUIRED":
    case "RATE_LIMITED":
      return 401;
    case "FORBIDDEN":
    case "BAD_USER_INPUT":
      return 403;
    case "UNAVAILABLE":
      return 503;
    case "NOT_FOUND":
    case "INTERNAL":
      return 500;
    default:
      return unreachable(code);
  }
}

type OwnWords = ReturnType<typeof words>["forwardAuth"];

function messageOf(refusal: Refusal, { sent, headers, locale }: RefusedRequest): string {
  if (sent === null && refusal.code === "UNAUTHENTICATED" && speaksSeed(headers)) return PLEASE_LOGIN;
  const { reason, name } = refusal.details;
  const own = words(locale).forwardAuth;
  return typeof reason === "string" && Object.hasOwn(own, reason)
    ? own[reason as keyof OwnWords](String(name))
    : presentRefusal(refusal, locale).message;
}

import type { EntityManager } from "typeorm";
import { readToken } from "../../platform/bearer-token.js";
import type { Failure } from "../../platform/user-error.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { recordEvent } from "../audit/record-event.js";
import type { Caller } from "../credentials/viewer.js";
import type { ProofFailure } from "../two-factor/failures.js";
import { deliverToken } from "./deliver-token.js";
import type { SessionEntity } from "./session.entity.js";
import { type Session, toSession } from "./session.graphql.js";
import { endSession, endSessionOfToken, type NewSession, openSession } from "./session.repository.js";

/** A login that is complete. */
export interface LoggedInAnswer {
  readonly __typename: "LoggedIn";
  readonly account: Account;
  readonly session: Session;
  readonly sessionToken: string | null;
  readonly recoveryCodes: readonly string[] | null;
  readonly recoveryCodesRemaining: number | null;
}

/** What completing a login answers. */
export type CompleteLoginAnswer = LoggedInAnswer | ProofFailure<Failure<"CHALLENGE_EXPIRED">>;

/** What a completed login committed; {@link loggedIn} makes the answer of it. */
export interface CompletedLogin extends NewSession {
  readonly session: SessionEntity;
  readonly token: string;
}

/** Opens the session of a completed login, and ends the one that the request came with. */
export async function completeWithSession(
  manager: EntityManager,
  caller: Caller,
  login: NewSession,
): Promise<CompletedLogin> {
  const { account, request, now, proven } = login;
  const opened = await openSession(manager, login);
  const received = readToken(caller.cookies.received ?? "");
  if (received !== null) await endSessionOfToken(manager, received.hash);
  if (caller.viewer?.session) await endSession(manager, caller.viewer.session.id);
  const details = { methods: proven.methods.join(" ") };
  await recordEvent(
    manager,
    { now, request },
    { action: "login.succeeded", actor: account, subject: account, details },
  );
  return { ...login, ...opened };
}

/** Answers a completed login, after its commit. */
export function loggedIn(
  caller: Caller,
  { account, policy, session, token, useCookie, now }: CompletedLogin,
  extra: Partial<Pick<LoggedInAnswer, "recoveryCodes" | "recoveryCodesRemaining">> = {},
): LoggedInAnswer {
  const after = { ...account, lastLoginAt: now, lockedAt: null, lockedUntil: null };
  return {
    __typename: "LoggedIn",
    account: toAccount({ account: after, policy }, now),
    session: toSession(session, policy, session.id),
    sessionToken: deliverToken(caller, { token, useCookie }),
    recoveryCodes: null,
    recoveryCodesRemaining: null,
    ...extra,
  };
}

import type { Needs } from "../../platform/context.js";
import { readId } from "../../platform/input.js";
import { Refusal } from "../../platform/problem.js";
import { columns, readEntity, sql } from "../../platform/sql.js";
import { findAccount } from "../accounts/account.repository.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, sessionOf } from "../credentials/viewer.js";
import { holdSession } from "./hold-session.js";
import { SessionEntity } from "./session.entity.js";
import type { LoggedOut, OtherSessionsRevoked, SessionRevoked } from "./session.graphql.js";
import { endSession, endSessions } from "./session.repository.js";

/** Logs out: the session is dead at once, and the browser forgets its cookie. */
export async function logOut(needs: Needs<"db" | "now">, caller: Caller): Promise<LoggedOut> {
  const { account, session } = sessionOf(caller);
  await needs.db.transaction(async (manager) => {
    await endSession(manager, session.id);
    const event = {
      action: "session.ended",
      actor: account,
      subject: account,
      credential: "SESSION",
    } as const;
    await recordEvent(manager, { ...caller, now: needs.now() }, event);
  });
  if (session.useCookie) caller.cookies.clear();
  return { __typename: "LoggedOut", id: session.id };
}

/** Ends a session of one's own; for an administrator, anyone's. */
export async function revokeSession(
  needs: Needs<"db" | "now">,
  caller: Caller,
  input: { readonly id: string },
): Promise<SessionRevoked> {
  const { account } = sessionOf(caller);
  const id = readId(input.id);
  const text = `SELECT ${columns(SessionEntity, "s")} FROM sessions s WHERE s.id = $1`;
  const { rows } = await sql<Record<string, unknown>>(needs.db.read, text, [id]);
  const found = rows[0] === undefined ? null : readEntity(SessionEntity, rows[0], "s");
  const mine = found?.accountId === account.id;
  if (found === null || (!mine && account.role !== "ADMINISTRATOR")) throw new Refusal("NOT_FOUND");
  const owner = mine ? account : (await findAccount(needs.db.read, found.accountId))?.account;
  await needs.db.transaction(async (manager) => {
    await holdSession(manager, caller);
    if (!(await endSession(manager, id))) throw new Refusal("NOT_FOUND");
    const event = {
      actor: account,
      subject: owner ?? null,
      credential: "SESSION",
      details: { session: id },
    } as const;
    await recordEvent(manager, { ...caller, now: needs.now() }, { action: "session.revoked", ...event });
  });
  return { __typename: "SessionRevoked", id };
}

/** Ends every session of one's own but this one. */
export async function revokeOtherSessions(
  needs: Needs<"db" | "now">,
  caller: Caller,
): Promise<OtherSessionsRevoked> {
  const { account, session } = sessionOf(caller);
  const count = await needs.db.transaction(async (manager) => {
    const ended = await endSessions(manager, account.id, { except: session.id });
    const event = {
      actor: account,
      subject: account,
      credential: "SESSION",
      details: { sessions: ended },
    } as const;
    if (ended > 0)
      await recordEvent(manager, { ...caller, now: needs.now() }, { action: "session.revoked", ...event });
    return ended;
  });
  return { __typename: "OtherSessionsRevoked", count };
}

import type { Needs } from "../../platform/context.js";
import { readText } from "../../platform/input.js";
import { sql } from "../../platform/sql.js";
import type { Account } from "../accounts/account.graphql.js";
import { tellAccount } from "../accounts/tell-account.js";
import { type Caller, sessionOf } from "../credentials/viewer.js";
import { endSessions } from "../sessions/session.repository.js";
import { administer } from "./administer.js";

export interface AccountSessionsRevokedAnswer {
  readonly __typename: "AccountSessionsRevoked";
  readonly account: Account;
  readonly sessionsRevoked: number;
}

/**
 * Ends every session of an account, and the logins that are under way; of one's own all but the one that asks. Tokens
 * go on. The owner is told, with the reason.
 */
export async function revokeAccountSessions(
  needs: Needs<"db" | "now" | "mailer" | "config">,
  caller: Caller,
  input: { readonly accountId: string; readonly reason: string },
): Promise<AccountSessionsRevokedAnswer> {
  const reason = readText(input.reason, { path: ["input", "reason"], maximum: 500 });
  const { session } = sessionOf(caller);
  const done = await administer(needs, { caller, accountId: input.accountId }, async (held) => {
    const { manager, account: owner, administrator } = held;
    await sql(manager, "UPDATE accounts SET stamp = stamp + 1 WHERE id = $1", [owner.id]);
    const sessionsRevoked = await endSessions(manager, owner.id, { except: session.id });
    await held.record({ action: "session.revoked", details: { reason, sessions: sessionsRevoked } });
    return { owner, by: administrator.displayName, account: await held.shown(), sessionsRevoked };
  });
  const { owner, by, account, sessionsRevoked } = done;
  tellAccount(needs, owner, (mails, to) => mails.sessionsRevoked(to, { by, reason }));
  return { __typename: "AccountSessionsRevoked", account, sessionsRevoked };
}

import { loadTogether } from "../../platform/loader.js";
import type { AccountAndPolicy } from "../accounts/account.repository.js";
import type { Caller } from "../credentials/viewer.js";
import { type Session, toSession } from "./session.graphql.js";
import { isSessionLive } from "./session.policy.js";
import { listSessions } from "./session.repository.js";

/** Lists the sessions of an account that live, the newest first; those of many accounts in one statement. */
export async function listLiveSessions(
  { app, request, viewer }: Caller,
  owner: AccountAndPolicy,
): Promise<Session[]> {
  const asked = { kind: listSessions, key: owner.account.id };
  const sessions = await loadTogether(request, asked, async (ids) => {
    const all = await listSessions(app.db.read, ids);
    return ids.map((id) => all.filter(({ accountId }) => accountId === id));
  });
  const live = sessions.filter((session) => isSessionLive(session, owner, app.now()));
  return live.map((session) => toSession(session, owner.policy, viewer?.session?.id ?? null));
}

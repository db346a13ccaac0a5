import type { Needs } from "../../platform/context.js";
import type { AccountAndPolicy } from "../accounts/account.repository.js";
import type { Caller } from "../credentials/viewer.js";
import { type Session, toSession } from "./session.graphql.js";
import { isSessionLive } from "./session.policy.js";
import { listSessions } from "./session.repository.js";

/** Lists the sessions of an account that live, the newest first. */
export async function listLiveSessions(
  needs: Needs<"db" | "now">,
  { viewer }: Pick<Caller, "viewer">,
  owner: AccountAndPolicy,
): Promise<Session[]> {
  const sessions = await listSessions(needs.db.read, owner.account.id);
  const live = sessions.filter((session) => isSessionLive(session, owner, needs.now()));
  return live.map((session) => toSession(session, owner.policy, viewer?.session?.id ?? null));
}

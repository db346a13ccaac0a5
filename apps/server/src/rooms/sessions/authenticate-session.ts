import type { TokenHash } from "../../platform/bearer-token.js";
import type { Needs } from "../../platform/context.js";
import { Refusal } from "../../platform/problem.js";
import type { Viewer } from "../credentials/viewer.js";
import { isSessionLive } from "./session.policy.js";
import { findSession, touchSession } from "./session.repository.js";

/** How often a session's last use is written down, in milliseconds. */
const TOUCH_EVERY = 60_000;

/**
 * Authenticates a request by a session's token, in one statement; the last use is written after the answer.
 *
 * @throws Refusal INVALID_CREDENTIALS where the session ended, by whatever cause
 */
export async function authenticateSession(
  needs: Needs<"db" | "now" | "later">,
  tokenHash: TokenHash,
): Promise<Viewer> {
  const now = needs.now();
  const found = await findSession(needs.db.read, tokenHash);
  if (found === null || !isSessionLive(found.session, found, now)) throw new Refusal("INVALID_CREDENTIALS");
  const { session, account, policy } = found;
  if (now - session.lastUsedAt >= TOUCH_EVERY)
    needs.later(() => needs.db.transaction((manager) => touchSession(manager, session.id, now)));
  return {
    ...{ account, policy, session: { ...session, lastUsedAt: now }, scopes: null, credential: "SESSION" },
    ...{ assurance: session.assurance, authenticatedAt: session.authenticatedAt, tokenHash: null },
    methods: session.methods.split(" ").filter((method) => method !== ""),
  };
}

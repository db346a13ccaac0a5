import type { EntityManager } from "typeorm";
import { Refusal } from "../../platform/problem.js";
import { sql } from "../../platform/sql.js";
import { holdApiToken } from "../api-tokens/api-token.repository.js";
import { type Caller, viewerOf } from "../credentials/viewer.js";
import { holdSession } from "../sessions/hold-session.js";
import { holdOAuthToken } from "./hold-oauth-token.js";

/**
 * Takes the row of the caller's account and that of the credential that they sent, first in a transaction that changes
 * something, and sees once more that both are still good: what ends either comes before or after the whole change.
 *
 * @throws Refusal INVALID_CREDENTIALS
 */
export async function holdCredential(manager: EntityManager, caller: Caller): Promise<void> {
  const { account, credential, session, tokenHash } = viewerOf(caller);
  if (session !== null) return await holdSession(manager, caller);
  // The account first, as wherever its tokens end with it: in the other order the two could wait for each other.
  const text = "UPDATE accounts SET stamp = stamp WHERE id = $1 AND suspended_at IS NULL";
  const isActive = (await sql(manager, text, [account.id])).affected > 0;
  const hold = credential === "API_TOKEN" ? holdApiToken : holdOAuthToken;
  if (!isActive || (tokenHash !== null && !(await hold(manager, tokenHash))))
    throw new Refusal("INVALID_CREDENTIALS");
}

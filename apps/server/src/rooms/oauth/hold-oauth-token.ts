import type { EntityManager } from "typeorm";
import { sql } from "../../platform/sql.js";
import { USABLE_TOKEN } from "./client.repository.js";

/** Takes an OAuth token's row, so that its end comes before or after; false where it ended, or its client may not act. */
export async function holdOAuthToken(manager: EntityManager, tokenHash: string): Promise<boolean> {
  const text = `UPDATE oauth_tokens AS t SET spent = spent WHERE token_hash = $1 AND EXISTS
    (SELECT 1 FROM accounts a, oauth_clients c
     WHERE a.id = t.account_id AND c.id = t.client_id AND ${USABLE_TOKEN})`;
  return (await sql(manager, text, [tokenHash])).affected === 1;
}

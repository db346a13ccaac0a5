import type { Needs } from "./platform/context.js";
import type { Database } from "./platform/database.js";
import { sql } from "./platform/sql.js";
import { loadPolicy } from "./rooms/policy/policy.repository.js";

const BATCH = 500;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Deletes what has ended by time, a small batch of each kind, so that no request waits for it. */
export async function sweep({ db, now }: Needs<"db" | "now">): Promise<void> {
  const at = now();
  const policy = await loadPolicy(db.read);
  const due = [
    ["login_challenges", "expires_at", at],
    ["totp_enrollments", "expires_at", at],
    ["two_factor_reset_requests", "expires_at", at],
    ["oauth_authorization_requests", "expires_at", at],
    ["mail_links", "expires_at", at - HOUR],
    ["unknown_login_names", "updated_at", at - DAY],
    ["sessions", "last_used_at", at - policy.sessionIdleSeconds * 1000],
  ] as const;
  await sweepOAuth(db, at);
  for (const [table, column, before] of due) {
    const text = `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${column} <= $1 LIMIT ${BATCH})`;
    await db.transaction((manager) => sql(manager, text, [before]));
  }
}

/** A refresh token that was used stays as long as it could be used: its second use ends its family. */
async function sweepOAuth(db: Database, at: number): Promise<void> {
  const tokens = `DELETE FROM oauth_tokens WHERE token_hash IN
    (SELECT token_hash FROM oauth_tokens WHERE expires_at <= $1 LIMIT ${BATCH})`;
  // What led to no token any more, and whose code is dead, leads nowhere.
  const authorizations = `DELETE FROM oauth_authorizations WHERE id IN
    (SELECT z.id FROM oauth_authorizations z WHERE z.code_expires_at <= $1
     AND NOT EXISTS (SELECT 1 FROM oauth_tokens t WHERE t.authorization_id = z.id) LIMIT ${BATCH})`;
  for (const text of [tokens, authorizations]) await db.transaction((manager) => sql(manager, text, [at]));
}

import type { Needs } from "./platform/context.js";
import { sql } from "./platform/sql.js";
import { loadPolicy } from "./rooms/policy/policy.repository.js";

const BATCH = 500;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Makes what deletes, each time it runs, whatever has ended by time, in small batches: no request waits for it, and
 * what strangers can make grows by a minute's worth at most. It ends early where its signal says that the server stops.
 */
export function createSweep(needs: Needs<"db" | "now">): (stopping?: AbortSignal) => Promise<void> {
  let looked = "";
  return async (stopping) => {
    await sweepByTime(needs, stopping);
    looked = await sweepAuthorizations(needs, looked);
  };
}

async function sweepByTime(
  { db, now }: Needs<"db" | "now">,
  stopping: AbortSignal | undefined,
): Promise<void> {
  const at = now();
  const policy = await loadPolicy(db.read);
  const due = [
    ["login_challenges", "expires_at", at],
    ["totp_enrollments", "expires_at", at],
    ["two_factor_reset_requests", "expires_at", at],
    ["oauth_authorization_requests", "expires_at", at],
    // A refresh token that was used stays as long as it could be used: its second use ends its family.
    ["oauth_tokens", "expires_at", at],
    ["oauth_retired_keys", "hints_until", at],
    ["mail_links", "expires_at", at - HOUR],
    ["unknown_login_names", "updated_at", at - DAY],
    ["sessions", "last_used_at", at - policy.sessionIdleSeconds * 1000],
  ] as const;
  for (const [table, column, before] of due) {
    const key = table === "oauth_tokens" ? "token_hash" : "id";
    const text = `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${column} <= $1 LIMIT ${BATCH})`;
    for (let taken = BATCH; taken === BATCH && stopping?.aborted !== true; )
      taken = (await db.transaction((manager) => sql(manager, text, [before]))).affected;
  }
}

/**
 * What led to no token any more, and whose code is dead, leads nowhere. Few are so, and no index tells them, so that a
 * batch is looked at each time, from where the last one ended. Returns where that is.
 */
async function sweepAuthorizations({ db, now }: Needs<"db" | "now">, after: string): Promise<string> {
  const next = `SELECT id FROM oauth_authorizations WHERE id > $1 ORDER BY id LIMIT ${BATCH}`;
  const { rows } = await sql<{ id: string }>(db.read, next, [after]);
  const last = rows.at(-1)?.id;
  if (last === undefined) return "";
  const text = `DELETE FROM oauth_authorizations WHERE id > $1 AND id <= $2 AND code_expires_at <= $3
    AND NOT EXISTS (SELECT 1 FROM oauth_tokens t WHERE t.authorization_id = oauth_authorizations.id)`;
  await db.transaction((manager) => sql(manager, text, [after, last, now()]));
  return rows.length < BATCH ? "" : last;
}

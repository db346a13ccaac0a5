import type { Needs } from "../../platform/context.js";
import { sql } from "../../platform/sql.js";

const PAGE = 500;

/** An account with two-factor on, and what it can prove it with. */
export interface ProtectedAccount {
  readonly loginName: string;
  readonly displayName: string;
  /** Since when. */
  readonly enabledAt: number;
  readonly authenticators: number;
  readonly recoveryCodes: number;
}

/** Lists who has two-factor on, in the order of their login names, page by page. */
export async function* listProtectedAccounts({
  db,
}: Needs<"db">): AsyncGenerator<readonly ProtectedAccount[]> {
  const text = `SELECT a.login_name_key AS key, a.login_name AS "loginName", a.display_name AS "displayName",
      a.two_factor_enabled_at AS "enabledAt",
      (SELECT count(*) FROM authenticators t WHERE t.account_id = a.id) AS authenticators,
      (SELECT count(*) FROM recovery_codes r WHERE r.account_id = a.id) AS "recoveryCodes"
    FROM accounts a WHERE a.two_factor_enabled_at IS NOT NULL AND a.login_name_key > $1
    ORDER BY a.login_name_key LIMIT ${PAGE}`;
  for (let after: string | undefined = ""; after !== undefined; ) {
    const { rows }: { rows: (ProtectedAccount & { key: string })[] } = await sql(db.read, text, [after]);
    yield rows.map(({ key: _key, ...account }) => account);
    after = rows.length < PAGE ? undefined : rows.at(-1)?.key;
  }
}

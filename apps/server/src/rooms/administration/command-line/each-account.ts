import type { Needs } from "../../../platform/context.js";
import { readText } from "../../../platform/input.js";
import type { AccountAndPolicy } from "../../accounts/account.repository.js";
import { type AccountFilter, findAccounts } from "../../accounts/find-accounts.js";

const PAGE = 500;

/** Finds every account that a filter wants, the oldest first, page by page. */
export async function* eachAccount(
  needs: Needs<"db" | "now">,
  given: AccountFilter,
): AsyncGenerator<readonly AccountAndPolicy[]> {
  const search = given.search == null ? null : readText(given.search, { path: ["--search"], maximum: 200 });
  const range = { limit: PAGE, now: needs.now() };
  for (let after: string | null | undefined = null; after !== undefined; ) {
    const found: AccountAndPolicy[] = await findAccounts(
      needs.db.read,
      { ...given, search },
      { ...range, after },
    );
    yield found;
    after = found.length < PAGE ? undefined : found.at(-1)?.account.id;
  }
}

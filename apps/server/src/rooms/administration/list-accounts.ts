import type { Needs } from "../../platform/context.js";
import { readText } from "../../platform/input.js";
import { type Connection, type PageArguments, readPage, toConnection } from "../../platform/page.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { type AccountFilter, countAccounts, findAccounts } from "../accounts/find-accounts.js";

/** A page of accounts; how many there are in all is counted where it is asked for. */
export interface AccountPage extends Connection<Account> {
  readonly totalCount: () => Promise<number>;
}

/** Lists accounts page by page, the oldest first. */
export async function listAccounts(
  needs: Needs<"db" | "now">,
  asked: PageArguments,
  given: AccountFilter,
): Promise<AccountPage> {
  const page = readPage(asked);
  const filter = { ...given, search: readSearch(given.search ?? null) };
  const now = needs.now();
  const { read } = needs.db;
  const range = { after: page.after?.id ?? null, limit: page.limit + 1, now };
  const rows = await findAccounts(read, filter, range);
  const connection = toConnection(rows, page, {
    placeOf: ({ account }) => ({ at: account.createdAt, id: account.id }),
    toNode: (found) => toAccount(found, now),
  });
  return { ...connection, totalCount: () => countAccounts(read, filter, now) };
}

/** An empty search is none. */
export function readSearch(search: string | null): string | null {
  if (search === null || search.trim() === "") return null;
  return readText(search, { path: ["filter", "search"], maximum: 200 });
}

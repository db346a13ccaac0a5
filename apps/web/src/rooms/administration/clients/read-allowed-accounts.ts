import { type ClientFieldsFragment, ListAllowedAccounts } from "../../../generated/oauth-clients";
import { send } from "../../../graphql/send";
import type { FoundAccount } from "../account-search/account-search";

/** Reads all accounts on a client's list, page by page. */
export async function readAllowedAccounts({ id, access }: ClientFieldsFragment): Promise<FoundAccount[]> {
  const all: FoundAccount[] = [];
  let after: string | null = null;
  let isMore = access === "LISTED";
  while (isMore) {
    const page = await readPage(id, after);
    all.push(...page.nodes);
    after = page.pageInfo.endCursor;
    isMore = page.pageInfo.hasNextPage;
  }
  return all;
}

interface Page {
  readonly nodes: readonly FoundAccount[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const NOTHING: Page = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

async function readPage(id: string, after: string | null): Promise<Page> {
  const { oauthClient } = await send(ListAllowedAccounts, { id, after });
  return oauthClient?.allowedAccounts ?? NOTHING;
}

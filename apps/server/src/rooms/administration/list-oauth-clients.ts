import type { Needs, RequestFacts } from "../../platform/context.js";
import { loadTogether } from "../../platform/loader.js";
import { type Connection, type PageArguments, readPage, toConnection } from "../../platform/page.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { findAccountsById } from "../accounts/account.repository.js";
import { displayNameKey } from "../accounts/login-name.js";
import { type OAuthClient, toOAuthClient } from "../oauth/client.graphql.js";
import {
  countOAuthClients,
  findOAuthClient as findClient,
  listClientNames,
  listOAuthClients as listClients,
} from "../oauth/client.repository.js";
import {
  countAllowedAccounts,
  listAllowedAccounts as listAllowed,
} from "../oauth/client-account.repository.js";
import { type AccountPage, readSearch } from "./list-accounts.js";

/** A page of clients; how many there are in all is counted where it is asked for. */
export interface OAuthClientPage extends Connection<OAuthClient> {
  readonly totalCount: () => Promise<number>;
}

/** Which clients are wanted; what is absent or null wants all. */
export interface OAuthClientFilter {
  /** Part of the name, in any case, or the whole client_id. */
  readonly search?: string | null;
}

/** Lists the clients, the oldest first. */
export async function listOAuthClients(
  { db }: Needs<"db">,
  asked: PageArguments,
  { search }: OAuthClientFilter,
): Promise<OAuthClientPage> {
  const page = readPage(asked);
  const ids = await findByName(db, readSearch(search ?? null));
  const rows = await listClients(db.read, { ids, after: page.after, limit: page.limit + 1 });
  const connection = toConnection(rows, page, {
    placeOf: ({ createdAt, id }) => ({ at: createdAt, id }),
    toNode: toOAuthClient,
  });
  return { ...connection, totalCount: async () => ids?.length ?? (await countOAuthClients(db.read)) };
}

/** The ids of the clients that a search finds; null where nothing is searched for. */
async function findByName({ read }: Needs<"db">["db"], search: string | null): Promise<string[] | null> {
  if (search === null) return null;
  const key = displayNameKey(search);
  const all = await listClientNames(read);
  return all
    .filter(({ id, name }) => id === search || displayNameKey(name).includes(key))
    .map(({ id }) => id);
}

/** Finds one client by its client_id. */
export async function findOAuthClient({ db }: Needs<"db">, id: string): Promise<OAuthClient | null> {
  const found = await findClient(db.read, id);
  return found === null ? null : toOAuthClient(found);
}

/** Of which client or account something is asked, and by which request. */
export interface Asking {
  readonly id: string;
  readonly request: RequestFacts;
}

/** Lists the accounts on a client's list, the oldest first; one statement for all clients of a page. */
export async function listAllowedAccounts(
  { db, now }: Needs<"db" | "now">,
  { id, request }: Asking,
  asked: PageArguments,
): Promise<AccountPage> {
  const page = readPage(asked);
  const range = { after: page.after?.id ?? null, limit: page.limit + 1 };
  const kind = `allowed accounts ${range.limit} ${range.after}`;
  const rows = await loadTogether(request, { kind, key: id }, async (ids) => {
    const all = await listAllowed(db.read, ids, range);
    return ids.map((each) => all.filter(({ clientId }) => clientId === each));
  });
  const at = now();
  const connection = toConnection(rows, page, {
    placeOf: ({ account }) => ({ at: account.createdAt, id: account.id }),
    toNode: (found) => toAccount(found, at),
  });
  const totalCount = (): Promise<number> =>
    loadTogether(request, { kind: countAllowedAccounts, key: id }, async (ids) => {
      const counts = await countAllowedAccounts(db.read, ids);
      return ids.map((each) => counts.get(each) ?? 0);
    });
  return { ...connection, totalCount };
}

/** Finds the account for which a client acts by itself. */
export async function findServiceAccount(
  { db, now }: Needs<"db" | "now">,
  { id, request }: Asking,
): Promise<Account | null> {
  const found = await loadTogether(request, { kind: findServiceAccount, key: id }, async (ids) => {
    const all = await findAccountsById(db.read, new Set(ids));
    return ids.map((each) => all.get(each) ?? null);
  });
  return found === null ? null : toAccount(found, now());
}

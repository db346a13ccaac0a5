import type { ListAccountsQueryVariables } from "../../../generated/accounts";

/** What can be asked of the list beside the text that is searched, with the values that each takes. */
export const FILTERS = {
  twoFactor: ["ENABLED", "DISABLED"],
  locked: ["true", "false"],
  role: ["USER", "ADMINISTRATOR"],
  kind: ["PERSON", "GUEST", "SERVICE"],
  status: ["ACTIVE", "SUSPENDED"],
} as const;

export type FilterName = keyof typeof FILTERS;
type Filters = { readonly [Name in FilterName]: (typeof FILTERS)[Name][number] | "" };

/** What the address of the list asks for: a page of the accounts that are like this. */
export interface ListAddress {
  readonly search: string;
  readonly filters: Filters;
  /** From one on. */
  readonly page: number;
  /** The cursor behind which the page begins; null on the first one. */
  readonly after: string | null;
}

/** Reads the part of an address behind the question mark; what makes no sense there is left out. */
export function readListAddress(query: string): ListAddress {
  const parameters = new URLSearchParams(query);
  const read = <Name extends FilterName>(name: Name): Filters[Name] => {
    const known: readonly string[] = FILTERS[name];
    const value = parameters.get(name) ?? "";
    return (known.includes(value) ? value : "") as Filters[Name];
  };
  const after = parameters.get("after");
  const page = Number(parameters.get("page"));
  return {
    search: parameters.get("search") ?? "",
    filters: {
      twoFactor: read("twoFactor"),
      locked: read("locked"),
      role: read("role"),
      kind: read("kind"),
      status: read("status"),
    },
    page: after !== null && Number.isSafeInteger(page) && page > 1 ? page : 1,
    after,
  };
}

/** Writes an address of the list, without what it does not ask for. */
export function writeListAddress({ search, filters, page, after }: ListAddress): string {
  const asked = Object.entries({ search, ...filters }).filter(([, value]) => value !== "");
  const parameters = new URLSearchParams(asked);
  if (after !== null) {
    parameters.set("page", String(page));
    parameters.set("after", after);
  }
  return parameters.size === 0 ? "/accounts" : `/accounts?${parameters}`;
}

/** The filter as the server takes it. */
export function toFilter({ search, filters }: ListAddress): ListAccountsQueryVariables["filter"] {
  const { twoFactor, locked, role, kind, status } = filters;
  return {
    ...(search !== "" && { search }),
    ...(twoFactor !== "" && { twoFactor }),
    ...(locked !== "" && { locked: locked === "true" }),
    ...(role !== "" && { role }),
    ...(kind !== "" && { kind }),
    ...(status !== "" && { status }),
  };
}

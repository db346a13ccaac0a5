import type { ListAccountsQueryVariables } from "../../../generated/accounts";
import { type Place, readPlace, writePlace } from "../use-pages";

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
export interface ListAddress extends Place {
  readonly search: string;
  readonly filters: Filters;
}

/** Reads the part of an address behind the question mark; what makes no sense there is left out. */
export function readListAddress(query: string): ListAddress {
  const parameters = new URLSearchParams(query);
  const read = <Name extends FilterName>(name: Name): Filters[Name] => {
    const known: readonly string[] = FILTERS[name];
    const value = parameters.get(name) ?? "";
    return (known.includes(value) ? value : "") as Filters[Name];
  };
  return {
    search: parameters.get("search") ?? "",
    filters: {
      twoFactor: read("twoFactor"),
      locked: read("locked"),
      role: read("role"),
      kind: read("kind"),
      status: read("status"),
    },
    ...readPlace(parameters),
  };
}

/** Writes an address of the list, without what it does not ask for. */
export function writeListAddress({ search, filters, ...place }: ListAddress): string {
  const asked = Object.entries({ search, ...filters }).filter(([, value]) => value !== "");
  const parameters = new URLSearchParams(asked);
  writePlace(parameters, place);
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

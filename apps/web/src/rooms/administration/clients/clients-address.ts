import { useSearch } from "wouter";
import { FIRST_PAGE, type Pages, type Place, readPlace, usePages, writePlace } from "../use-pages";

/** What the list of clients shows. */
export interface ClientsAddress extends Place {
  /** Empty where nothing is searched for. */
  readonly search: string;
}

interface KeptAddress extends Omit<Pages<ClientsAddress>, "go"> {
  readonly address: ClientsAddress;
  /** Searches, from the first page on. */
  readonly ask: (search: string) => void;
}

/** What the list shows stands in the address, so that reloading keeps it and the browser's back button undoes it. */
export function useClientsAddress(): KeptAddress {
  const parameters = new URLSearchParams(useSearch());
  const address = { ...readPlace(parameters), search: parameters.get("search") ?? "" };
  const { go, ...pages } = usePages(address, write);
  return { ...pages, address, ask: (search) => go({ search, ...FIRST_PAGE }) };
}

function write(address: ClientsAddress): string {
  const parameters = new URLSearchParams();
  if (address.search !== "") parameters.set("search", address.search);
  writePlace(parameters, address);
  const query = parameters.toString();
  return query === "" ? "/clients" : `/clients?${query}`;
}

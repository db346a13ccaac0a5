import { useSearch } from "wouter";
import { FIRST_PAGE, type Pages, usePages } from "../use-pages";
import { type ListAddress, readListAddress, writeListAddress } from "./list-address";

interface KeptAddress extends Omit<Pages<ListAddress>, "go"> {
  readonly address: ListAddress;
  /** Asks for other accounts, from the first page on. */
  readonly ask: (change: Partial<Pick<ListAddress, "search" | "filters">>) => void;
}

/** What the list shows stands in the address, so that reloading keeps it and the browser's back button undoes it. */
export function useListAddress(): KeptAddress {
  const address = readListAddress(useSearch());
  const { go, ...pages } = usePages(address, writeListAddress);
  return { ...pages, address, ask: (change) => go({ ...address, ...change, ...FIRST_PAGE }) };
}

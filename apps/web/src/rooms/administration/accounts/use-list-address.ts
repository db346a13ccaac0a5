import { useLocation, useSearch } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { type ListAddress, readListAddress, writeListAddress } from "./list-address";

interface Trail {
  /** The cursors of the pages before, the first one's null. They stay with the entry of the browser's history. */
  readonly trail?: readonly (string | null)[];
}

interface KeptAddress {
  readonly address: ListAddress;
  /** Asks for other accounts, from the first page on. */
  readonly ask: (change: Partial<Pick<ListAddress, "search" | "filters">>) => void;
  readonly goOn: (endCursor: string) => void;
  /** Whoever came to a page by its address alone goes back to the first one. */
  readonly goBack: () => void;
}

/** What the list shows stands in the address, so that reloading keeps it and the browser's back button undoes it. */
export function useListAddress(): KeptAddress {
  const address = readListAddress(useSearch());
  const { trail = [] } = useHistoryState<Trail | null>() ?? {};
  const [, navigate] = useLocation();
  const go = (next: ListAddress, nextTrail: readonly (string | null)[]): void =>
    navigate(writeListAddress(next), { state: { trail: nextTrail } });
  const { page, after } = address;
  return {
    address,
    ask: (change) => go({ ...address, ...change, page: 1, after: null }, []),
    goOn: (endCursor) => go({ ...address, page: page + 1, after: endCursor }, [...trail, after]),
    goBack: () => {
      const previous = trail.at(-1) ?? null;
      go({ ...address, page: previous === null ? 1 : page - 1, after: previous }, trail.slice(0, -1));
    },
  };
}

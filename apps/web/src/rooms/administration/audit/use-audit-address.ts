import { useLocation, useSearch } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { type AuditAddress, type AuditFilters, readAuditAddress, writeAuditAddress } from "./audit-address";

interface Trail {
  /** The cursors of the pages before, the first one's null. They stay with the entry of the browser's history. */
  readonly trail?: readonly (string | null)[];
}

interface KeptAddress {
  readonly address: AuditAddress;
  /** Asks for other events, from the first page on. */
  readonly ask: (filters: AuditFilters) => void;
  readonly goOn: (endCursor: string) => void;
  /** Whoever came to a page by its address alone goes back to the first one. */
  readonly goBack: () => void;
}

/** What the log shows stands in the address, so that reloading keeps it and the browser's back button undoes it. */
export function useAuditAddress(): KeptAddress {
  const address = readAuditAddress(useSearch());
  const { trail = [] } = useHistoryState<Trail | null>() ?? {};
  const [, navigate] = useLocation();
  const go = (next: AuditAddress, nextTrail: readonly (string | null)[]): void =>
    navigate(writeAuditAddress(next), { state: { trail: nextTrail } });
  const { page, after } = address;
  return {
    address,
    ask: (filters) => go({ filters, page: 1, after: null }, []),
    goOn: (endCursor) => go({ ...address, page: page + 1, after: endCursor }, [...trail, after]),
    goBack: () => {
      const previous = trail.at(-1) ?? null;
      go({ ...address, page: previous === null ? 1 : page - 1, after: previous }, trail.slice(0, -1));
    },
  };
}

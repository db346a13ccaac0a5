import { useSearch } from "wouter";
import { FIRST_PAGE, type Pages, usePages } from "../use-pages";
import { type AuditAddress, type AuditFilters, readAuditAddress, writeAuditAddress } from "./audit-address";

interface KeptAddress extends Omit<Pages<AuditAddress>, "go"> {
  readonly address: AuditAddress;
  /** Asks for other events, from the first page on. */
  readonly ask: (filters: AuditFilters) => void;
}

/** What the log shows stands in the address, so that reloading keeps it and the browser's back button undoes it. */
export function useAuditAddress(): KeptAddress {
  const address = readAuditAddress(useSearch());
  const { go, ...pages } = usePages(address, writeAuditAddress);
  return { ...pages, address, ask: (filters) => go({ filters, ...FIRST_PAGE }) };
}

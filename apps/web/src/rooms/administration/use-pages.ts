import { useLocation } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import type { Back } from "../../ui/pager";
import { say } from "../../words/say";

/** A page of a long list. */
export interface Place {
  /** From one on. */
  readonly page: number;
  /** The cursor behind which the page begins; null on the first one. */
  readonly after: string | null;
}

/** Where every list begins. */
export const FIRST_PAGE: Place = { page: 1, after: null };

/** The cursors of the pages before, the first one's null. They stay with the entry of the browser's history. */
export interface Trail {
  readonly trail?: readonly Place["after"][];
}

/** How a list goes from one of its pages to another. */
export interface Pages<Address extends Place> {
  readonly go: (address: Address) => void;
  readonly goOn: (endCursor: string) => void;
  readonly back: Back;
}

/** Reads the page out of an address; what makes no sense there is the first one. */
export function readPlace(parameters: URLSearchParams): Place {
  const after = parameters.get("after");
  const page = Number(parameters.get("page"));
  return after !== null && Number.isSafeInteger(page) && page > 1 ? { page, after } : FIRST_PAGE;
}

/** Writes a page into an address, where it is not the first one. */
export function writePlace(parameters: URLSearchParams, { page, after }: Place): void {
  if (after === null) return;
  parameters.set("page", String(page));
  parameters.set("after", after);
}

/** Leads through the pages of a list, whose address is kept. Cursors lead on only, so the way back is remembered. */
export function usePages<Address extends Place>(
  address: Address,
  write: (address: Address) => string,
): Pages<Address> {
  const { trail = [] } = useHistoryState<Trail | null>() ?? {};
  const [, navigate] = useLocation();
  const go = (next: Address, nextTrail: readonly Place["after"][] = []): void =>
    navigate(write(next), { state: { trail: nextTrail } });
  const { page, after } = address;
  const goOn = (endCursor: string): void =>
    go({ ...address, page: page + 1, after: endCursor }, [...trail, after]);
  const goToFirst = (): void => go({ ...address, ...FIRST_PAGE });
  const goBack = (): void =>
    go({ ...address, page: page - 1, after: trail.at(-1) ?? null }, trail.slice(0, -1));
  return { go, goOn, back: backFrom(page, { trail, goBack, goToFirst }) };
}

interface Ways extends Required<Trail> {
  readonly goBack: () => void;
  readonly goToFirst: () => void;
}

/** Whoever came by a link to a later page has no trail: only the first page is known. */
function backFrom(page: number, { trail, goBack, goToFirst }: Ways): Back {
  if (page === 1) return null;
  if (trail.length === page - 1) return { name: say.everyPage.previous, go: goBack };
  return { name: page === 2 ? say.everyPage.previous : say.everyPage.firstPage, go: goToFirst };
}

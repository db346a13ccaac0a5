import { type RefObject, useEffect, useRef } from "react";

const ACTS = "a, button, input, select, textarea";

/** Where an act takes away what held the focus, the first thing of a place takes it, and not the page as a whole. */
export function useKeptFocus(place: RefObject<HTMLElement | null>, changing: unknown): void {
  const before = useRef(changing);
  useEffect(() => {
    const isLost = document.activeElement === document.body;
    const taker = place.current?.querySelector<HTMLElement>(ACTS) ?? place.current;
    if (before.current !== changing && isLost) taker?.focus();
    before.current = changing;
  }, [place, changing]);
}

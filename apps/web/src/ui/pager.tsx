import type { ReactElement } from "react";
import { say } from "../words/say";
import { Button } from "./button";

/** The way back, and what it is called; null on the first page. */
export type Back = { readonly name: string; readonly go: () => void } | null;

interface PagerProps {
  readonly back: Back;
  /** Goes a page on; null on the last one. */
  readonly onNext: (() => void) | null;
  /** Where one is, such as "51–100 of 4,711". */
  readonly children?: string;
}

/** Leads through a long list, page by page. */
export function Pager({ back, onNext, children }: PagerProps): ReactElement | null {
  if (back === null && onNext === null) return null;
  return (
    <nav className="row" aria-label={children ?? say.everyPage.next}>
      <Button isDisabled={back === null} onPress={() => back?.go()}>
        {back?.name ?? say.everyPage.previous}
      </Button>
      <Button isDisabled={onNext === null} onPress={() => onNext?.()}>
        {say.everyPage.next}
      </Button>
      {children !== undefined && <span className="quiet">{children}</span>}
    </nav>
  );
}

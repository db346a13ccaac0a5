import type { ReactElement } from "react";
import { say } from "../words/say";
import { Button } from "./button";

interface PagerProps {
  /** Goes a page back; null on the first one. */
  readonly onPrevious: (() => void) | null;
  /** Goes a page on; null on the last one. */
  readonly onNext: (() => void) | null;
  /** Where one is, such as "51–100 of 4,711". */
  readonly children?: string;
}

/** Leads through a long list, page by page. */
export function Pager({ onPrevious, onNext, children }: PagerProps): ReactElement | null {
  if (onPrevious === null && onNext === null) return null;
  return (
    <nav className="row" aria-label={children ?? say.everyPage.next}>
      <Button isDisabled={onPrevious === null} onPress={() => onPrevious?.()}>
        {say.everyPage.previous}
      </Button>
      <Button isDisabled={onNext === null} onPress={() => onNext?.()}>
        {say.everyPage.next}
      </Button>
      {children !== undefined && <span className="quiet">{children}</span>}
    </nav>
  );
}

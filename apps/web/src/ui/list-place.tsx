import { type ReactElement, useEffect, useRef } from "react";
import "./list-place.css";

/** Where in a list one is, or that there is nothing in it. Another page begins here again, for the eye and for the focus. */
export function ListPlace({ children }: { readonly children: string }): ReactElement {
  const place = useRef<HTMLParagraphElement>(null);
  const shown = useRef(children);
  useEffect(() => {
    const focused = document.activeElement;
    // What led here may be gone by now, and the focus with it.
    const isMoved = focused === document.body || focused?.closest("nav") != null;
    if (shown.current !== children && isMoved) place.current?.focus();
    shown.current = children;
  }, [children]);
  return (
    <p ref={place} className="quiet list-place" tabIndex={-1} role="status">
      {children}
    </p>
  );
}

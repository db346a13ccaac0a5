import { type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { ConfirmDialog } from "./confirm-dialog";
import { setWayBackListener } from "./way-back";

interface AskBeforeLeavingProps {
  readonly title: string;
  /** What leaving is called, on the button that does it. */
  readonly act: string;
  /** What is lost by leaving. */
  readonly children: ReactNode;
}

/** While it is there the page is not left unasked: neither by a link nor by the way back, nor by closing it. */
export function AskBeforeLeaving({ title, act, children }: AskBeforeLeavingProps): ReactElement {
  const [leave, setLeave] = useState<(() => void) | null>(null);
  const isLeaving = useRef(false);
  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal, capture: true };
    const ask = (how: () => void): void => setLeave(() => how);
    const whenBound =
      <Happening extends Event>(listener: (event: Happening) => void) =>
      (event: Happening): void => {
        if (!isLeaving.current) listener(event);
      };
    window.addEventListener("beforeunload", whenBound(holdWindow), options);
    window.addEventListener("click", whenBound(holdLinks(ask)), options);
    setWayBackListener(whenBound(holdWayBack(ask)));
    return () => {
      stop.abort();
      setWayBackListener(null);
    };
  }, []);
  const confirm = (): void => {
    isLeaving.current = true;
    setLeave(null);
    leave?.();
  };
  return (
    <ConfirmDialog
      {...{ title, act }}
      isOpen={leave !== null}
      isPending={false}
      onConfirm={confirm}
      onClose={() => setLeave(null)}
    >
      {children}
    </ConfirmDialog>
  );
}

/** The browser asks in words of its own. */
function holdWindow(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Keeps a link that leads away from being followed, before whoever follows links hears of it. */
function holdLinks(ask: (leave: () => void) => void): (event: MouseEvent) => void {
  return (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target === "_blank";
    if (link === null || isElsewhere || link.href === "" || isHere(link)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(() => link.click());
  };
}

/** The way back was taken already: puts this page on top of it again, before whoever shows pages hears of it. */
function holdWayBack(ask: (leave: () => void) => void): (event: PopStateEvent) => void {
  const { href } = window.location;
  const here = new URL(href);
  return (event) => {
    if (isHere(here)) return;
    event.stopImmediatePropagation();
    window.history.pushState(null, "", href);
    ask(() => window.history.back());
  };
}

/** Whether an address is that of this page, or of a place on it. */
function isHere({ origin, pathname, search }: Pick<URL, "origin" | "pathname" | "search">): boolean {
  const here = window.location;
  return origin === here.origin && pathname === here.pathname && search === here.search;
}

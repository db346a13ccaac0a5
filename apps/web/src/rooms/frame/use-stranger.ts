import { useEffect, useState } from "react";
import { setStrangerListener } from "../../graphql/send";

/**
 * Whether another account is logged in than the page is of: told by whatever the page sends, and looked at whenever it
 * comes into view again. A page that the browser kept for its way back is made anew, and shows nothing until then.
 */
export function useStranger(ask: () => Promise<void>): boolean {
  const [isStranger, setStranger] = useState(false);
  useEffect(() => {
    setStrangerListener(() => setStranger(true));
    const stop = new AbortController();
    const { signal } = stop;
    const look = (): void => {
      if (document.visibilityState === "visible") void ask();
    };
    document.addEventListener("visibilitychange", look, { signal });
    window.addEventListener("focus", look, { signal });
    window.addEventListener("pagehide", hideWhatIsKept, { signal });
    window.addEventListener("pageshow", makeAnew, { signal });
    return () => {
      stop.abort();
      setStrangerListener(null);
    };
  }, [ask]);
  return isStranger;
}

function hideWhatIsKept({ persisted }: PageTransitionEvent): void {
  if (persisted) document.body.hidden = true;
}

function makeAnew({ persisted }: PageTransitionEvent): void {
  if (persisted) window.location.reload();
}

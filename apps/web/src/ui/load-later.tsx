import { type ComponentType, type ReactElement, useEffect, useState } from "react";
import { ComingPage } from "./card-page";

/**
 * A page that is loaded when it is first shown; or a part of one, with something of its own in its place meanwhile.
 * React's own `lazy` holds back what comes after its fallback for a third of a second, however soon it was there.
 */
export function loadLater<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType = ComingPage,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function LoadedLater(props: Props): ReactElement {
    const [Part, setPart] = useState<ComponentType<Props> | null>(() => loaded);
    const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
    useEffect(() => {
      if (Part !== null) return;
      load().then(
        (part) => {
          loaded = part;
          setPart(() => part);
        },
        (error: unknown) => setFailure({ error }),
      );
    }, [Part]);
    if (failure !== null) throw failure.error;
    return Part === null ? <Meanwhile /> : <Part {...props} />;
  };
}

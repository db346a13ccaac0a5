import { useCallback, useEffect, useState } from "react";
import { Refusal } from "./refusal";
import { send } from "./send";
import type { TypedDocument } from "./typed-document";

/** What a page knows of what it asked. */
export type Query<Answer> =
  | { readonly state: "loading" }
  | { readonly state: "refused"; readonly refusal: Refusal }
  /** `isStale`: what is shown is of an earlier question, and the answer to the present one is on its way. */
  | { readonly state: "answered"; readonly data: Answer; readonly isStale: boolean };

/**
 * Asks a question when the page appears, and again where its variables change or `reload` is called. Answers that
 * arrive late, to questions that were asked before, are dropped.
 */
export function useQuery<Answer, Variables>(
  document: TypedDocument<Answer, Variables>,
  variables: Variables,
): readonly [Query<Answer>, () => Promise<void>] {
  const [query, setQuery] = useState<Query<Answer>>({ state: "loading" });
  const [asked, setAsked] = useState(0);
  const key = JSON.stringify(variables);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what `asked` is for
  useEffect(() => {
    let isLate = false;
    setQuery((before) => (before.state === "answered" ? { ...before, isStale: true } : before));
    send(document, JSON.parse(key) as Variables).then(
      (data) => isLate || setQuery({ state: "answered", data, isStale: false }),
      (error: unknown) => isLate || setQuery({ state: "refused", refusal: refusalOf(error) }),
    );
    return () => {
      isLate = true;
    };
  }, [document, key, asked]);
  const reload = useCallback(async () => {
    const data = await send(document, JSON.parse(key) as Variables).catch(() => null);
    if (data === null) setAsked((count) => count + 1);
    else setQuery({ state: "answered", data, isStale: false });
  }, [document, key]);
  return [query, reload];
}

/** What was thrown as a refusal; anything else is a fault of this page, and is thrown on. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

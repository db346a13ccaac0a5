import { useCallback, useEffect, useRef, useState } from "react";
import { Refusal } from "./refusal";
import { send } from "./send";
import type { TypedDocument } from "./typed-document";

/** What a page knows of what it asked. */
export type Query<Answer> =
  | { readonly state: "loading" }
  | { readonly state: "refused"; readonly refusal: Refusal }
  | {
      readonly state: "answered";
      readonly data: Answer;
      /** What is shown is of an earlier question, and the answer to the present one is on its way. */
      readonly isStale: boolean;
      /** Why it could not be read anew; null where it is as new as it can be. */
      readonly refusal: Refusal | null;
    };

/**
 * Asks a question when the page appears, and again where its variables change or `reload` is called. Answers that
 * arrive late, to questions that were asked before, are dropped. What is there stays where it cannot be read anew.
 */
export function useQuery<Answer, Variables>(
  document: TypedDocument<Answer, Variables>,
  variables: Variables,
): readonly [Query<Answer>, () => Promise<void>] {
  const [query, setQuery] = useState<Query<Answer>>({ state: "loading" });
  const latest = useRef(0);
  const key = JSON.stringify(variables);
  const ask = useCallback(
    async (whereRefused: (refusal: Refusal) => (before: Query<Answer>) => Query<Answer>) => {
      latest.current += 1;
      const asked = latest.current;
      const answered = await send(document, JSON.parse(key) as Variables).then(
        (data): Query<Answer> => ({ state: "answered", data, isStale: false, refusal: null }),
        (error: unknown) => whereRefused(refusalOf(error)),
      );
      if (asked === latest.current) setQuery(answered);
    },
    [document, key],
  );
  useEffect(() => {
    setQuery((before) => (before.state === "answered" ? { ...before, isStale: true } : before));
    void ask((refusal) => () => ({ state: "refused", refusal }));
  }, [ask]);
  const reload = useCallback(() => ask(keepWhatIsThere), [ask]);
  return [query, reload];
}

function keepWhatIsThere<Answer>(refusal: Refusal): (before: Query<Answer>) => Query<Answer> {
  return (before) => (before.state === "answered" ? { ...before, refusal } : { state: "refused", refusal });
}

/** What was thrown as a refusal; anything else is a fault of this page, and is thrown on. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

import { type ReactElement, type ReactNode, useRef } from "react";
import type { Refusal } from "../graphql/refusal";
import { useAction } from "../graphql/use-action";
import type { Query } from "../graphql/use-query";
import { say } from "../words/say";
import { Button } from "./button";
import { Refused } from "./form";
import { Loading } from "./loading";
import { useKeptFocus } from "./use-kept-focus";

interface AskedProps<Answer> {
  readonly query: Query<Answer>;
  readonly reload: () => Promise<void>;
  readonly children: (data: Answer) => ReactNode;
}

/** Shows what was asked once it is there; before, that it is on its way, or why it does not come. */
export function Asked<Answer>({ query, reload, children }: AskedProps<Answer>): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const refusal = query.state === "loading" ? null : query.refusal;
  useKeptFocus(place, refusal === null);
  if (query.state === "loading") return <Loading />;
  return (
    <>
      {refusal !== null && <NotRead refusal={refusal} reload={reload} />}
      {query.state === "answered" && (
        <div ref={place} tabIndex={-1} {...(query.isStale && { "aria-busy": true })}>
          {children(query.data)}
        </div>
      )}
    </>
  );
}

interface NotReadProps {
  readonly refusal: Refusal;
  readonly reload: () => Promise<void>;
}

/** Why something could not be read, and how to try again. */
function NotRead({ refusal, reload }: NotReadProps): ReactElement {
  const { run, isPending } = useAction(reload);
  return (
    <div className="stack">
      <Refused refusal={refusal} />
      <div className="row">
        <Button onPress={() => void run()} isPending={isPending}>
          {say.everyPage.tryAgain}
        </Button>
      </div>
    </div>
  );
}

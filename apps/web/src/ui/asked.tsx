import type { ReactElement, ReactNode } from "react";
import type { Refusal } from "../graphql/refusal";
import { useAction } from "../graphql/use-action";
import type { Query } from "../graphql/use-query";
import { say } from "../words/say";
import { Button } from "./button";
import { Refused } from "./form";
import { Loading } from "./loading";

interface AskedProps<Answer> {
  readonly query: Query<Answer>;
  readonly reload: () => Promise<void>;
  readonly children: (data: Answer) => ReactNode;
}

/** Shows what was asked once it is there; before, that it is on its way, or why it does not come. */
export function Asked<Answer>({ query, reload, children }: AskedProps<Answer>): ReactElement {
  if (query.state === "loading") return <Loading />;
  const { refusal } = query;
  return (
    <>
      {refusal !== null && <NotRead refusal={refusal} reload={reload} />}
      {query.state === "answered" && (
        <div {...(query.isStale && { "aria-busy": true })}>{children(query.data)}</div>
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

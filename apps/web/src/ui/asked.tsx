import type { ReactElement, ReactNode } from "react";
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
  if (query.state === "answered")
    return <div {...(query.isStale && { "aria-busy": true })}>{children(query.data)}</div>;
  return (
    <div className="stack">
      <Refused refusal={query.refusal} />
      <div className="row">
        <Button onPress={() => void reload()}>{say.everyPage.tryAgain}</Button>
      </div>
    </div>
  );
}

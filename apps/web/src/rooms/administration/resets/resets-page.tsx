import { type ReactElement, useState } from "react";
import { ListTwoFactorResets } from "../../../generated/two-factor-resets";
import { useQuery } from "../../../graphql/use-query";
import { Asked } from "../../../ui/asked";
import { PageTitle } from "../../../ui/card-page";
import { Told, useTold } from "../../../ui/told";
import { say } from "../../../words/say";
import { WaitingReset } from "./waiting-reset";

/** The pending resets, which wait for a second administrator. */
export function ResetsPage(): ReactElement {
  const [query, reload] = useQuery(ListTwoFactorResets, {});
  const [told, tell] = useTold();
  const [gone, setGone] = useState<string | null>(null);
  const decided = (message: string): void => {
    setGone(null);
    tell(message);
    void reload();
  };
  const missed = (message: string): void => {
    setGone(message);
    void reload();
  };
  return (
    <>
      <PageTitle>{say.resets.title}</PageTitle>
      <p>{say.resets.introduction}</p>
      {gone === null ? told : <Told kind="warn">{gone}</Told>}
      <Asked query={query} reload={reload}>
        {({ twoFactorResetRequests: { nodes, pageInfo } }) => (
          <div className="stack">
            {nodes.length === 0 && <Nothing />}
            {nodes.map((reset) => (
              <WaitingReset key={reset.id} reset={reset} onDecided={decided} onGone={missed} />
            ))}
            {pageInfo.hasNextPage && <p className="quiet">{say.resets.moreWait}</p>}
          </div>
        )}
      </Asked>
    </>
  );
}

function Nothing(): ReactElement {
  return (
    <div className="table-empty">
      <p>{say.resets.empty}</p>
      <p className="quiet">{say.resets.emptyHint}</p>
    </div>
  );
}

import type { ReactElement } from "react";
import { EndOtherSessions, GetSessions } from "../../generated/sessions";
import { send } from "../../graphql/send";
import { useQuery } from "../../graphql/use-query";
import { Asked } from "../../ui/asked";
import { PageTitle } from "../../ui/card-page";
import { ConfirmedAct } from "../../ui/confirmed-act";
import { useTold } from "../../ui/told";
import { say } from "../../words/say";
import { SessionsTable } from "./sessions-table";

/** Where one is logged in, and how to end that elsewhere. */
export function SessionsPage(): ReactElement {
  const [query, reload] = useQuery(GetSessions, {});
  const [told, tell] = useTold();
  const ended = (message: string): void => {
    tell(message);
    void reload();
  };
  return (
    <>
      <PageTitle>{say.sessions.title}</PageTitle>
      <p>{say.sessions.introduction}</p>
      {told}
      <Asked query={query} reload={reload}>
        {({ viewer }) => {
          const sessions = viewer?.sessions ?? [];
          return (
            <section className="section" aria-label={say.sessions.title}>
              <SessionsTable sessions={sessions} onEnded={() => ended(say.sessions.ended)} />
              {sessions.length > 1 ? <EndOthers onEnded={ended} /> : <p>{say.sessions.nowhereElse}</p>}
            </section>
          );
        }}
      </Asked>
    </>
  );
}

function EndOthers({ onEnded }: { readonly onEnded: (message: string) => void }): ReactElement {
  return (
    <div className="row">
      <ConfirmedAct
        act={say.sessions.endOthers}
        button="danger"
        title={say.sessions.endOthersTitle}
        onConfirm={async () => (await send(EndOtherSessions, {})).revokeOtherSessions}
        onDone={({ count }) => onEnded(say.sessions.othersEnded(count))}
      >
        <p>{say.sessions.endOthersHint}</p>
      </ConfirmedAct>
    </div>
  );
}

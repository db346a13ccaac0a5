import { type ReactElement, useState } from "react";
import { EndAccountSessions } from "../../../generated/edit-account";
import { send } from "../../../graphql/send";
import { emptyAmong } from "../../../graphql/use-change";
import { ConfirmedAct } from "../../../ui/confirmed-act";
import { Section } from "../../../ui/section";
import { say } from "../../../words/say";
import { SessionsTable } from "../../sessions/sessions-table";
import type { PartProps } from "./edited-account";
import { ReasonInput } from "./reason-input";

/** Where the account is logged in; one session can be ended, or all. */
export function SessionsPart(part: PartProps): ReactElement {
  const sessions = part.account.sessions ?? [];
  return (
    <Section title={say.sessions.title}>
      <SessionsTable sessions={sessions} onEnded={() => part.onDone(say.sessions.ended)} />
      {sessions.length > 0 && !part.isOwn && <EndAll {...part} />}
    </Section>
  );
}

function EndAll({ account, onDone }: PartProps): ReactElement {
  const [reason, setReason] = useState("");
  return (
    <div className="row">
      <ConfirmedAct
        act={say.editUser.endAll}
        title={say.editUser.endAllTitle}
        fields={["reason"]}
        onConfirm={async () =>
          emptyAmong({ reason }) ??
          (await send(EndAccountSessions, { input: { accountId: account.id, reason } })).revokeAccountSessions
        }
        onDone={({ sessionsRevoked }) => onDone(say.editUser.allEnded(sessionsRevoked))}
      >
        {(errorAt) => (
          <>
            <p>{say.editUser.endAllHint}</p>
            <ReasonInput
              hint={say.editUser.reasonHint}
              value={reason}
              onChange={setReason}
              error={errorAt("reason")}
            />
          </>
        )}
      </ConfirmedAct>
    </div>
  );
}

import type { ReactElement } from "react";
import { EndSession, type SessionFactsFragment } from "../../generated/sessions";
import { send } from "../../graphql/send";
import { Badge } from "../../ui/badge";
import { ConfirmedAct } from "../../ui/confirmed-act";
import { DataTable } from "../../ui/data-table";
import { moment } from "../../words/formats";
import { say } from "../../words/say";
import { deviceName } from "./device-name";

interface SessionsTableProps {
  readonly sessions: readonly SessionFactsFragment[];
  readonly onEnded: () => void;
}

/** Where an account is logged in, the latest used first; each but this one can be ended. */
export function SessionsTable({ sessions, onEnded }: SessionsTableProps): ReactElement {
  return (
    <DataTable
      caption={say.sessions.title}
      columns={[
        { name: say.sessions.device, cell: (session) => <Device session={session} /> },
        { name: say.sessions.address, holds: "long text", cell: ({ ipAddress }) => ipAddress },
        { name: say.sessions.lastUsed, cell: ({ lastUsedAt }) => moment(lastUsedAt) },
        { name: say.sessions.loggedIn, cell: ({ createdAt }) => moment(createdAt) },
        { name: say.sessions.provenBy, cell: ({ methods }) => say.sessions.proofs[proofIn(methods)] },
        {
          name: say.everyPage.act,
          holds: "acts",
          cell: (session) => (session.current ? null : <End session={session} onEnded={onEnded} />),
        },
      ]}
      rows={sessions.toSorted((one, other) => other.lastUsedAt.localeCompare(one.lastUsedAt))}
      keyOf={({ id }) => id}
      empty={say.sessions.none}
    />
  );
}

function Device({ session }: { readonly session: SessionFactsFragment }): ReactElement {
  return (
    <span className="row">
      {deviceName(session.userAgent)}
      {session.current && <Badge kind="good">{say.sessions.thisSession}</Badge>}
    </span>
  );
}

function proofIn(methods: readonly string[]): keyof typeof say.sessions.proofs {
  if (methods.includes("recovery_code")) return "recoveryCode";
  return methods.includes("otp") ? "code" : "password";
}

function End({
  session,
  onEnded,
}: {
  readonly session: SessionFactsFragment;
  readonly onEnded: () => void;
}): ReactElement {
  const device = deviceName(session.userAgent);
  return (
    <ConfirmedAct
      act={say.sessions.end}
      label={say.sessions.endOf(device)}
      title={say.sessions.endTitle}
      onConfirm={async () => (await send(EndSession, { input: { id: session.id } })).revokeSession}
      onDone={onEnded}
    >
      <p>{say.sessions.endHint(device, moment(session.lastUsedAt))}</p>
    </ConfirmedAct>
  );
}

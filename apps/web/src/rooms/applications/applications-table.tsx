import type { ReactElement } from "react";
import { type AuthorizedApplicationFactsFragment, DisconnectApplication } from "../../generated/applications";
import { send } from "../../graphql/send";
import { ConfirmedAct } from "../../ui/confirmed-act";
import { DataTable } from "../../ui/data-table";
import { ScopeList } from "../../ui/scope-list";
import { moment } from "../../words/formats";
import { say } from "../../words/say";

interface ApplicationsTableProps {
  readonly applications: readonly AuthorizedApplicationFactsFragment[];
  readonly onDisconnected: () => void;
}

/** The applications that an account allowed, and what they may do; each can be disconnected. */
export function ApplicationsTable({ applications, onDisconnected }: ApplicationsTableProps): ReactElement {
  return (
    <DataTable
      caption={say.applications.title}
      columns={[
        { name: say.applications.name, cell: ({ application }) => application.name },
        { name: say.applications.scopes, cell: ({ scopes }) => <ScopeList scopes={scopes} /> },
        { name: say.applications.since, cell: ({ authorizedAt }) => moment(authorizedAt) },
        {
          name: say.applications.lastUsed,
          cell: ({ lastUsedAt }) => (lastUsedAt === null ? say.everyPage.never : moment(lastUsedAt)),
        },
        {
          name: say.everyPage.act,
          holds: "acts",
          cell: (allowed) => <Disconnect allowed={allowed} onDisconnected={onDisconnected} />,
        },
      ]}
      rows={applications}
      keyOf={({ id }) => id}
      empty={say.applications.none}
    />
  );
}

function Disconnect({
  allowed,
  onDisconnected,
}: {
  readonly allowed: AuthorizedApplicationFactsFragment;
  readonly onDisconnected: () => void;
}): ReactElement {
  const { name } = allowed.application;
  return (
    <ConfirmedAct
      act={say.applications.disconnect}
      label={say.applications.disconnectOf(name)}
      title={say.applications.disconnectTitle(name)}
      onConfirm={async () =>
        (await send(DisconnectApplication, { input: { id: allowed.id } })).revokeAuthorizedApplication
      }
      onDone={onDisconnected}
    >
      <p>{say.applications.disconnectHint(name)}</p>
    </ConfirmedAct>
  );
}

import type { ReactElement } from "react";
import { type AuthorizedApplicationFactsFragment, WithdrawApplication } from "../../generated/applications";
import { send } from "../../graphql/send";
import { ConfirmedAct } from "../../ui/confirmed-act";
import { DataTable } from "../../ui/data-table";
import { ScopeList } from "../../ui/scope-list";
import { moment } from "../../words/formats";
import { say } from "../../words/say";

interface ApplicationsTableProps {
  readonly applications: readonly AuthorizedApplicationFactsFragment[];
  readonly onWithdrawn: () => void;
}

/** The applications that an account allowed, and what they may do; each can be withdrawn. */
export function ApplicationsTable({ applications, onWithdrawn }: ApplicationsTableProps): ReactElement {
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
          cell: (allowed) => <Withdraw allowed={allowed} onWithdrawn={onWithdrawn} />,
        },
      ]}
      rows={applications}
      keyOf={({ id }) => id}
      empty={say.applications.none}
    />
  );
}

function Withdraw({
  allowed,
  onWithdrawn,
}: {
  readonly allowed: AuthorizedApplicationFactsFragment;
  readonly onWithdrawn: () => void;
}): ReactElement {
  const { name } = allowed.application;
  return (
    <ConfirmedAct
      act={say.applications.withdraw}
      label={say.applications.withdrawOf(name)}
      title={say.applications.withdrawTitle(name)}
      onConfirm={async () =>
        (await send(WithdrawApplication, { input: { id: allowed.id } })).revokeAuthorizedApplication
      }
      onDone={onWithdrawn}
    >
      <p>{say.applications.withdrawHint(name)}</p>
    </ConfirmedAct>
  );
}

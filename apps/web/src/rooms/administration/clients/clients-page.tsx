import type { ReactElement } from "react";
import { Link } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { type ClientFieldsFragment, ListOAuthClients } from "../../../generated/oauth-clients";
import { useQuery } from "../../../graphql/use-query";
import { Asked } from "../../../ui/asked";
import { Badge } from "../../../ui/badge";
import { PageTitle } from "../../../ui/card-page";
import { DataTable } from "../../../ui/data-table";
import { Notice } from "../../../ui/notice";
import { moment } from "../../../words/formats";
import { say } from "../../../words/say";
import { Endpoints } from "./endpoints";
import { useDiscovery } from "./use-discovery";

/** The registered clients. */
export function ClientsPage(): ReactElement {
  const [query, reload] = useQuery(ListOAuthClients, {});
  const discovery = useDiscovery();
  const { deleted } = useHistoryState<{ deleted?: string } | null>() ?? {};
  return (
    <>
      <PageTitle>{say.oauthClients.title}</PageTitle>
      {deleted !== undefined && <Notice kind="good">{say.oauthClients.deleted(deleted)}</Notice>}
      <p>{say.oauthClients.introduction}</p>
      <p>
        <Link href="/clients/new" className="button button-main">
          {say.oauthClients.create}
        </Link>
      </p>
      <Asked query={query} reload={reload}>
        {({ oauthClients: { nodes } }) => <ClientsTable clients={nodes} />}
      </Asked>
      <Endpoints discovery={discovery} />
    </>
  );
}

function ClientsTable({ clients }: { readonly clients: readonly ClientFieldsFragment[] }): ReactElement {
  return (
    <DataTable
      caption={say.oauthClients.title}
      columns={[
        { name: say.oauthClients.name, cell: ({ id, name }) => <Link href={`/clients/${id}`}>{name}</Link> },
        { name: say.oauthClients.type, cell: ({ type }) => say.oauthClients.types[type] },
        { name: say.oauthClients.access, cell: ({ access }) => say.oauthClients.accesses[access] },
        { name: say.oauthClients.state, cell: ({ enabled }) => <ClientState isEnabled={enabled} /> },
        { name: say.oauthClients.createdAt, cell: ({ createdAt }) => moment(createdAt) },
      ]}
      rows={clients}
      keyOf={({ id }) => id}
      empty={say.oauthClients.empty}
    />
  );
}

/** Whether a client can be used. */
export function ClientState({ isEnabled }: { readonly isEnabled: boolean }): ReactElement {
  return isEnabled ? (
    <Badge kind="good">{say.oauthClients.enabled}</Badge>
  ) : (
    <Badge kind="warn">{say.oauthClients.disabled}</Badge>
  );
}

import type { ReactElement } from "react";
import { Link } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import {
  type ClientFieldsFragment,
  ListOAuthClients,
  type ListOAuthClientsQuery,
} from "../../../generated/oauth-clients";
import { useQuery } from "../../../graphql/use-query";
import { Asked } from "../../../ui/asked";
import { Badge } from "../../../ui/badge";
import { PageTitle } from "../../../ui/card-page";
import { DataTable } from "../../../ui/data-table";
import { ListPlace } from "../../../ui/list-place";
import { Notice } from "../../../ui/notice";
import { type Back, Pager } from "../../../ui/pager";
import { moment, number } from "../../../words/formats";
import { say } from "../../../words/say";
import { useClientsAddress } from "./clients-address";
import { ClientsSearch } from "./clients-search";
import { Endpoints } from "./endpoints";
import { useDiscovery } from "./use-discovery";

const PAGE_SIZE = 50;

/** The registered clients, page by page. */
export function ClientsPage(): ReactElement {
  const { address, ask, goOn, back } = useClientsAddress();
  const { search, after, page } = address;
  const variables = { first: PAGE_SIZE, after, filter: { search } };
  const [query, reload] = useQuery(ListOAuthClients, variables);
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
      <ClientsSearch search={search} onAsk={ask} />
      <Asked query={query} reload={reload}>
        {({ oauthClients: clients }) => <OnePage {...{ clients, page, search, goOn, back }} />}
      </Asked>
      <Endpoints discovery={discovery} />
    </>
  );
}

interface OnePageProps {
  readonly clients: ListOAuthClientsQuery["oauthClients"];
  readonly page: number;
  readonly search: string;
  readonly goOn: (endCursor: string) => void;
  readonly back: Back;
}

function OnePage({ clients, page, search, goOn, back }: OnePageProps): ReactElement {
  const { nodes, totalCount, pageInfo } = clients;
  const { hasNextPage, endCursor } = pageInfo;
  const from = (page - 1) * PAGE_SIZE + 1;
  const last = from + nodes.length - 1;
  const range =
    nodes.length === 0 ? null : say.oauthClients.range(number(from), number(last), number(totalCount));
  const none = search === "" ? say.oauthClients.empty : say.oauthClients.noneFound;
  return (
    <div className="stack">
      <ListPlace>{range ?? (page === 1 ? none : say.oauthClients.noneOnPage)}</ListPlace>
      {range !== null && <ClientsTable clients={nodes} />}
      <Pager back={back} onNext={hasNextPage && endCursor !== null ? () => goOn(endCursor) : null}>
        {range ?? say.everyPage.previous}
      </Pager>
    </div>
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

import type { ReactElement } from "react";
import { Link } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { ListAccounts, type ListAccountsQuery } from "../../../generated/accounts";
import { useQuery } from "../../../graphql/use-query";
import { Asked } from "../../../ui/asked";
import { PageTitle } from "../../../ui/card-page";
import { ListPlace } from "../../../ui/list-place";
import { Notice } from "../../../ui/notice";
import { type Back, Pager } from "../../../ui/pager";
import { number } from "../../../words/formats";
import { say } from "../../../words/say";
import { AccountsSearch } from "./accounts-search";
import { AccountsTable } from "./accounts-table";
import { toFilter } from "./list-address";
import { useListAddress } from "./use-list-address";

const PAGE_SIZE = 50;

/** Every account, page by page. */
export function AccountsPage(): ReactElement {
  const { address, ask, goOn, back } = useListAddress();
  const { deleted } = useHistoryState<{ deleted?: string } | null>() ?? {};
  const variables = { first: PAGE_SIZE, after: address.after, filter: toFilter(address) };
  const [query, reload] = useQuery(ListAccounts, variables);
  return (
    <>
      <div className="accounts-head">
        <PageTitle>{say.administration.accounts}</PageTitle>
        <Link href="/accounts/new" className="button button-main">
          {say.accounts.create}
        </Link>
      </div>
      {deleted !== undefined && <Notice kind="good">{say.editUser.deleted(deleted)}</Notice>}
      <AccountsSearch address={address} onAsk={ask} />
      <Asked query={query} reload={reload}>
        {({ accounts }) => <OnePage page={address.page} {...{ accounts, goOn, back }} />}
      </Asked>
    </>
  );
}

interface OnePageProps {
  readonly page: number;
  readonly accounts: ListAccountsQuery["accounts"];
  readonly goOn: (endCursor: string) => void;
  readonly back: Back;
}

function OnePage({ page, accounts, goOn, back }: OnePageProps): ReactElement {
  const { nodes, totalCount, pageInfo } = accounts;
  const { hasNextPage, endCursor } = pageInfo;
  const from = (page - 1) * PAGE_SIZE + 1;
  const last = from + nodes.length - 1;
  const range =
    nodes.length === 0 ? null : say.accounts.range(number(from), number(last), number(totalCount));
  const empty = page === 1 ? say.accounts.none : say.accounts.noneOnPage;
  return (
    <div className="stack">
      <ListPlace>{range ?? empty}</ListPlace>
      {range !== null && <AccountsTable accounts={nodes} />}
      <Pager back={back} onNext={hasNextPage && endCursor !== null ? () => goOn(endCursor) : null}>
        {range ?? say.everyPage.previous}
      </Pager>
    </div>
  );
}

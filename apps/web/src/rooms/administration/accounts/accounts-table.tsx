import type { ReactElement } from "react";
import { Link, useSearch } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import type { ListAccountsQuery } from "../../../generated/accounts";
import { DataTable } from "../../../ui/data-table";
import { moment } from "../../../words/formats";
import { say } from "../../../words/say";
import type { Trail } from "../use-pages";
import { StatusBadges, TwoFactorBadge } from "./account-states";

type ListedAccount = ListAccountsQuery["accounts"]["nodes"][number];

/** One page of the accounts. */
export function AccountsTable({ accounts }: { readonly accounts: readonly ListedAccount[] }): ReactElement {
  return (
    <DataTable
      caption={say.administration.accounts}
      columns={[
        { name: say.accounts.account, cell: (account) => <Name account={account} /> },
        {
          name: say.accounts.twoFactor,
          cell: ({ kind, twoFactor }) => <TwoFactorBadge kind={kind} state={twoFactor.state} />,
        },
        { name: say.accounts.role, cell: ({ role }) => say.accounts.roles[role] },
        { name: say.accounts.kind, cell: ({ kind }) => say.accounts.kinds[kind] },
        { name: say.accounts.status, cell: (account) => <StatusBadges {...account} /> },
        {
          name: say.accounts.lastLogin,
          cell: ({ lastLoginAt }) => (lastLoginAt === null ? say.everyPage.never : moment(lastLoginAt)),
        },
      ]}
      rows={accounts}
      keyOf={({ id }) => id}
    />
  );
}

function Name({ account }: { readonly account: ListedAccount }): ReactElement {
  const list = useSearch();
  const { trail } = useHistoryState<Trail | null>() ?? {};
  return (
    <div>
      <Link href={`/accounts/${account.id}`} state={{ list, trail }}>
        {account.displayName}
      </Link>
      <div className="quiet">{account.loginName}</div>
    </div>
  );
}

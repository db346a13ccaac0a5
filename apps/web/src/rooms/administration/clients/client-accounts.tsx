import { type ReactElement, useRef } from "react";
import { Button } from "../../../ui/button";
import { FieldSet } from "../../../ui/field-set";
import { useKeptFocus } from "../../../ui/use-kept-focus";
import { say } from "../../../words/say";
import { AccountSearch, type FoundAccount, nameOf } from "../account-search/account-search";
import type { ClientFieldsProps } from "./client-draft";

/** The accounts that may use a client. */
export function AllowedAccounts({ draft, change, errorAt }: ClientFieldsProps): ReactElement {
  const { allowedAccounts } = draft;
  const search = useRef<HTMLDivElement>(null);
  useKeptFocus(search, allowedAccounts.length);
  const others = (account: FoundAccount): FoundAccount[] =>
    allowedAccounts.filter(({ id }) => id !== account.id);
  return (
    <FieldSet label={say.oauthClients.allowedAccounts} error={errorAt("allowedAccountIds")}>
      {allowedAccounts.length === 0 && <p className="quiet">{say.oauthClients.nobodyListed}</p>}
      <ul className="chosen-accounts">
        {allowedAccounts.map((account) => (
          <li key={account.id}>
            <span>{nameOf(account)}</span>
            <Button
              kind="plain"
              aria-label={say.oauthClients.takeOffOf(nameOf(account))}
              onPress={() => change({ allowedAccounts: others(account) })}
            >
              {say.oauthClients.takeOff}
            </Button>
          </li>
        ))}
      </ul>
      <div ref={search}>
        <AccountSearch
          label={say.oauthClients.findAccount}
          act={say.oauthClients.add}
          onChoose={(account) => change({ allowedAccounts: [...others(account), account] })}
        />
      </div>
    </FieldSet>
  );
}

/** The account for which a client acts by itself. */
export function ServiceAccount({ draft, change, errorAt }: ClientFieldsProps): ReactElement {
  return (
    <FieldSet label={say.oauthClients.serviceAccount} hint={say.oauthClients.serviceAccountMeans}>
      {draft.serviceAccount !== null && <p role="status">{nameOf(draft.serviceAccount)}</p>}
      <AccountSearch
        label={say.oauthClients.findServiceAccount}
        kind="SERVICE"
        act={say.oauthClients.choose}
        onChoose={(serviceAccount) => change({ serviceAccount })}
        error={errorAt("serviceAccountId")}
      />
    </FieldSet>
  );
}

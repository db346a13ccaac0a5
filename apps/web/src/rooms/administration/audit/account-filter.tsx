import { type ReactElement, useRef } from "react";
import { GetAccountName } from "../../../generated/account-search";
import { useQuery } from "../../../graphql/use-query";
import { Button } from "../../../ui/button";
import { FieldSet } from "../../../ui/field-set";
import { useKeptFocus } from "../../../ui/use-kept-focus";
import { say } from "../../../words/say";
import { AccountSearch, nameOf } from "../account-search/account-search";
import type { FilterFieldsProps } from "./audit-address";

/** Asks for the events of one account. */
export function AccountFilter({ draft, change }: FilterFieldsProps): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place, draft.account);
  return (
    <FieldSet label={say.audit.account} hint={say.audit.accountHint}>
      <div ref={place}>
        {draft.account === "" ? (
          <AccountSearch
            label={say.audit.findAccount}
            act={say.audit.choose}
            onChoose={({ id }) => change({ account: id })}
          />
        ) : (
          <div className="row" role="status">
            <AccountName id={draft.account} />
            <Button onPress={() => change({ account: "" })}>{say.audit.anyAccount}</Button>
          </div>
        )}
      </div>
    </FieldSet>
  );
}

/** Events outlive their account: then its id is all that is known. */
function AccountName({ id }: { readonly id: string }): ReactElement | null {
  const [query] = useQuery(GetAccountName, { id });
  if (query.state === "loading") return null;
  const account = query.state === "answered" ? query.data.account : null;
  return <span>{account === null ? say.accountSearch.gone(id) : nameOf(account)}</span>;
}

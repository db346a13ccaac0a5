import { type ReactElement, useEffect, useRef, useState } from "react";
import { Button } from "../../../ui/button";
import { Choice } from "../../../ui/choice";
import { Form } from "../../../ui/form";
import { TextInput } from "../../../ui/text-input";
import { say } from "../../../words/say";
import { FILTERS, type FilterName, type ListAddress } from "./list-address";
import "./accounts.css";

interface AccountsSearchProps {
  readonly address: ListAddress;
  readonly onAsk: (change: Partial<Pick<ListAddress, "search" | "filters">>) => void;
}

/** Narrows the list: by a text, once it is sent; by a state, at once. */
export function AccountsSearch({ address, onAsk }: AccountsSearchProps): ReactElement {
  const [search, setSearch] = useState(address.search);
  useEffect(() => setSearch(address.search), [address.search]);
  const names = Object.keys(FILTERS) as FilterName[];
  const isNarrowed = address.search !== "" || names.some((name) => address.filters[name] !== "");
  const place = useRef<HTMLElement>(null);
  const clear = (): void => {
    // The button goes, and leaves the focus here.
    place.current?.querySelector("input")?.focus();
    onAsk({ search: "", filters: { twoFactor: "", locked: "", role: "", kind: "", status: "" } });
  };
  return (
    <search ref={place} className="stack">
      <Form onSubmit={() => onAsk({ search: search.trim() })}>
        <div className="accounts-search">
          <TextInput
            label={say.accounts.search}
            hint={say.accounts.searchHint}
            type="search"
            value={search}
            onChange={setSearch}
          />
          <Button type="submit">{say.accounts.find}</Button>
        </div>
      </Form>
      <fieldset className="accounts-filters">
        <legend className="visually-hidden">{say.accounts.filters}</legend>
        {names.map((name) => (
          <Filter key={name} name={name} address={address} onAsk={onAsk} />
        ))}
      </fieldset>
      {isNarrowed && (
        <div>
          <Button kind="plain" onPress={clear}>
            {say.accounts.clear}
          </Button>
        </div>
      )}
    </search>
  );
}

const NAMES: Readonly<Record<FilterName, readonly [string, Readonly<Record<string, string>>]>> = {
  twoFactor: [say.accounts.twoFactor, say.accounts.twoFactorStates],
  locked: [say.accounts.lock, { true: say.accounts.locks["true"], false: say.accounts.locks["false"] }],
  role: [say.accounts.role, say.accounts.roles],
  kind: [say.accounts.kind, say.accounts.kinds],
  status: [say.accounts.status, say.accounts.statuses],
};

function Filter({ name, address, onAsk }: AccountsSearchProps & { readonly name: FilterName }): ReactElement {
  const [label, values] = NAMES[name];
  const options = FILTERS[name].map((value) => ({ value: value as string, name: values[value] ?? value }));
  return (
    <Choice
      label={label}
      value={address.filters[name] as string}
      onChange={(value) => onAsk({ filters: { ...address.filters, [name]: value } })}
      options={[{ value: "", name: say.accounts.anything }, ...options]}
    />
  );
}

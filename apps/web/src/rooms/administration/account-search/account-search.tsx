import { type ReactElement, useEffect, useRef, useState } from "react";
import { SearchAccounts, type SearchAccountsQuery } from "../../../generated/account-search";
import { useQuery } from "../../../graphql/use-query";
import { Asked } from "../../../ui/asked";
import { Button } from "../../../ui/button";
import { TextInput } from "../../../ui/text-input";
import { say } from "../../../words/say";
import "./account-search.css";

/** An account as a search finds it. */
export type FoundAccount = SearchAccountsQuery["accounts"]["nodes"][number];

interface AccountSearchProps {
  readonly label: string;
  /** What choosing an account is called, on its button. */
  readonly act: (name: string) => string;
  readonly onChoose: (account: FoundAccount) => void;
  readonly kind?: "SERVICE";
  readonly error?: string | undefined;
}

const PAUSE = 250;

/** Finds an account by what is typed, and lets the person choose it. */
export function AccountSearch({ label, act, onChoose, kind, error }: AccountSearchProps): ReactElement {
  const [typed, setTyped] = useState("");
  const search = useLater(typed.trim());
  const place = useRef<HTMLDivElement>(null);
  const choose = (account: FoundAccount): void => {
    // What was pressed goes with the list, and leaves the focus here.
    place.current?.querySelector("input")?.focus();
    setTyped("");
    onChoose(account);
  };
  return (
    <div ref={place} className="stack-tight">
      <TextInput
        type="search"
        label={label}
        hint={say.accountSearch.hint}
        value={typed}
        onChange={setTyped}
        error={error}
        // The search stands within a form, which is not to be sent by it.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      {typed.trim() !== "" && search !== "" && (
        <Found filter={{ search, ...(kind !== undefined && { kind }) }} act={act} onChoose={choose} />
      )}
    </div>
  );
}

interface FoundProps extends Pick<AccountSearchProps, "act" | "onChoose"> {
  readonly filter: { readonly search: string; readonly kind?: "SERVICE" };
}

function Found({ filter, act, onChoose }: FoundProps): ReactElement {
  const [query, reload] = useQuery(SearchAccounts, { filter });
  return (
    <Asked query={query} reload={reload}>
      {({ accounts: { nodes, totalCount } }) => (
        <div className="stack-tight">
          <p className="quiet" role="status">
            {writeFound(nodes.length, totalCount)}
          </p>
          <ul className="found-accounts">
            {nodes.map((account) => (
              <li key={account.id}>
                <Button onPress={() => onChoose(account)}>{act(nameOf(account))}</Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Asked>
  );
}

/** An account by both its names. */
export function nameOf({ displayName, loginName }: FoundAccount): string {
  return say.accountSearch.name(displayName, loginName);
}

function writeFound(shown: number, all: number): string {
  if (all === 0) return say.accountSearch.nobody;
  return shown < all ? say.accountSearch.more(shown, all) : say.accountSearch.found(all);
}

/** The same text, once it stood still for a moment. */
function useLater(text: string): string {
  const [later, setLater] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return later;
}

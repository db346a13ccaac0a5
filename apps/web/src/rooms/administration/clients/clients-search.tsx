import { type ReactElement, useEffect, useState } from "react";
import { Button } from "../../../ui/button";
import { Form } from "../../../ui/form";
import { TextInput } from "../../../ui/text-input";
import { say } from "../../../words/say";
import "../accounts/accounts.css";

interface ClientsSearchProps {
  readonly search: string;
  readonly onAsk: (search: string) => void;
}

/** Narrows the list by a text, once it is sent. */
export function ClientsSearch({ search, onAsk }: ClientsSearchProps): ReactElement {
  const [typed, setTyped] = useState(search);
  useEffect(() => setTyped(search), [search]);
  return (
    <search className="stack">
      <Form onSubmit={() => onAsk(typed.trim())}>
        <div className="accounts-search">
          <TextInput
            label={say.oauthClients.search}
            hint={say.oauthClients.searchHint}
            type="search"
            value={typed}
            onChange={setTyped}
          />
          <Button type="submit">{say.oauthClients.find}</Button>
        </div>
      </Form>
    </search>
  );
}

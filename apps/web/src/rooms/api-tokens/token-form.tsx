import { type ReactElement, useState } from "react";
import { type Failure, isFailure, unmetAmong, useChange } from "../../graphql/use-change";
import { Button } from "../../ui/button";
import { CheckboxGroup } from "../../ui/checkbox-group";
import { Form } from "../../ui/form";
import { ShownOnce } from "../../ui/shown-once";
import { TextInput } from "../../ui/text-input";
import { say } from "../../words/say";
import { scopeName } from "../../words/scope-name";
import { tokenScopes } from "./token-scopes";

/** A token as a person asks for it. */
export interface WantedToken {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
}

interface TokenFormProps {
  /** Whether the token's account may have the scopes of administrators. */
  readonly isAdministrator: boolean;
  /** Makes the token; returns it, or what was wrong. */
  readonly onCreate: (wanted: WantedToken) => Promise<{ readonly token: string } | Failure>;
  readonly onCreated: () => void;
}

/** Makes a token, and shows it this once. */
export function TokenForm({ isAdministrator, onCreate, onCreated }: TokenFormProps): ReactElement {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [lastDay, setLastDay] = useState("");
  const [token, setToken] = useState<string | null>(null);
  const { run, isPending, error, errorAt, refusal } = useChange(async () => {
    setToken(null);
    const missing = missingOf({ name, scopes });
    if (missing !== null) return missing;
    const answer = await onCreate({ name, scopes, expiresAt: endOf(lastDay) });
    if (isFailure(answer)) return answer;
    setToken(answer.token);
    setName("");
    setScopes([]);
    setLastDay("");
    onCreated();
    return null;
  }, ["name", "scopes", "expiresAt"]);
  return (
    <div className="stack">
      {token !== null && <CreatedToken token={token} />}
      <Form onSubmit={() => void run()} error={error} refusal={refusal} label={say.apiTokens.create}>
        <TextInput
          label={say.apiTokens.name}
          hint={say.apiTokens.nameHint}
          value={name}
          onChange={setName}
          error={errorAt("name")}
        />
        <CheckboxGroup
          label={say.apiTokens.scopes}
          options={tokenScopes(isAdministrator).map((scope) => ({ value: scope, name: scopeName(scope) }))}
          values={scopes}
          onChange={setScopes}
          error={errorAt("scopes")}
        />
        <TextInput
          label={say.apiTokens.lastDay}
          hint={say.apiTokens.lastDayHint}
          type="date"
          isRequired={false}
          value={lastDay}
          onChange={setLastDay}
          error={errorAt("expiresAt")}
        />
        <div className="row">
          <Button kind="main" type="submit" isPending={isPending}>
            {say.apiTokens.create}
          </Button>
        </div>
      </Form>
    </div>
  );
}

function CreatedToken({ token }: { readonly token: string }): ReactElement {
  return <ShownOnce name={say.apiTokens.token} message={say.apiTokens.created} secret={token} />;
}

function missingOf({ name, scopes }: Omit<WantedToken, "expiresAt">): Failure | null {
  return unmetAmong([
    ["name", name.trim() !== "", say.everyPage.fillIn],
    ["scopes", scopes.length > 0, say.apiTokens.noScope],
  ]);
}

/** The last moment of a day, where the person is. */
function endOf(day: string): string | null {
  return day === "" ? null : new Date(`${day}T23:59:59`).toISOString();
}

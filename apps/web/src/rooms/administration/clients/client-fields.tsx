import type { ReactElement } from "react";
import { CheckboxGroup } from "../../../ui/checkbox-group";
import { Choice } from "../../../ui/choice";
import { RadioChoice } from "../../../ui/radio-choice";
import { TextInput } from "../../../ui/text-input";
import { say } from "../../../words/say";
import { scopeName } from "../../../words/scope-name";
import { AllowedAccounts, ServiceAccount } from "./client-accounts";
import type { ClientFieldsProps, GrantType } from "./client-draft";

interface AllFieldsProps extends ClientFieldsProps {
  /** The scopes that the server knows. */
  readonly scopes: readonly string[];
  /** Whether it has a list, which is forgotten where it is for everyone. */
  readonly hasList?: boolean;
}

const ACCESSES = ["EVERYONE", "LISTED"] as const;
const ALGORITHMS = ["RS256", "ES256"] as const;

/** Everything about a client that can be changed later. */
export function ClientFields(props: AllFieldsProps): ReactElement {
  const { draft, change, errorAt, hasList = false } = props;
  const everyone = hasList ? say.oauthClients.forgetsList : say.oauthClients.accessesMean.EVERYONE;
  return (
    <>
      <TextInput
        label={say.oauthClients.name}
        hint={say.oauthClients.nameHint}
        value={draft.name}
        onChange={(name) => change({ name })}
        error={errorAt("name")}
      />
      <GrantFields {...props} />
      <ScopeField {...props} />
      <RadioChoice
        label={say.oauthClients.access}
        value={draft.access}
        onChange={(access) => change({ access })}
        options={ACCESSES.map((access) => ({
          value: access,
          name: say.oauthClients.accesses[access],
          hint: access === "EVERYONE" ? everyone : say.oauthClients.accessesMean[access],
        }))}
        error={errorAt("access")}
      />
      {draft.access === "LISTED" && <AllowedAccounts {...props} />}
      <Choice
        label={say.oauthClients.idTokenAlgorithm}
        value={draft.idTokenAlgorithm}
        onChange={(idTokenAlgorithm) => change({ idTokenAlgorithm })}
        options={ALGORITHMS.map((value) => ({ value, name: say.oauthClients.algorithms[value] }))}
      />
    </>
  );
}

/** What the client does, and what each of that needs. */
function GrantFields(props: ClientFieldsProps): ReactElement {
  const { draft, change, errorAt } = props;
  const possible: readonly GrantType[] = ["AUTHORIZATION_CODE", "REFRESH_TOKEN"];
  const grantTypes = draft.type === "PUBLIC" ? possible : [...possible, "CLIENT_CREDENTIALS" as const];
  return (
    <>
      <CheckboxGroup
        label={say.oauthClients.grantTypes}
        options={grantTypes.map((value) => ({ value, name: say.oauthClients.grantTypeNames[value] }))}
        values={draft.grantTypes}
        onChange={(chosen) => change({ grantTypes: grantTypes.filter((each) => chosen.includes(each)) })}
        error={errorAt("grantTypes")}
      />
      <TextInput
        label={say.oauthClients.redirectUris}
        hint={say.oauthClients.redirectUrisHint}
        lines={3}
        isRequired={draft.grantTypes.includes("AUTHORIZATION_CODE")}
        value={draft.redirectUris}
        onChange={(redirectUris) => change({ redirectUris })}
        error={errorAt("redirectUris")}
      />
      {draft.grantTypes.includes("CLIENT_CREDENTIALS") && <ServiceAccount {...props} />}
    </>
  );
}

/** A client keeps a scope that the server does not know any more until it is taken off here. */
function ScopeField({ draft, change, errorAt, scopes }: AllFieldsProps): ReactElement {
  const known = [...new Set([...scopes, ...draft.scopes])];
  return (
    <CheckboxGroup
      label={say.oauthClients.scopes}
      options={known.map((value) => ({ value, name: nameOfScope(value) }))}
      values={draft.scopes}
      onChange={(chosen) => change({ scopes: known.filter((each) => chosen.includes(each)) })}
      error={errorAt("scopes")}
    />
  );
}

/** Developers know a scope by its name, everyone else by what it allows. */
function nameOfScope(scope: string): string {
  const name = scopeName(scope);
  return name === scope ? scope : `${name} (${scope})`;
}

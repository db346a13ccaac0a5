import { type ReactElement, useEffect, useState } from "react";
import { type ClientFieldsFragment, UpdateOAuthClient } from "../../../generated/oauth-clients";
import { Refusal } from "../../../graphql/refusal";
import { send } from "../../../graphql/send";
import { isFailure, useChange } from "../../../graphql/use-change";
import { Button } from "../../../ui/button";
import { Checkbox } from "../../../ui/checkbox";
import { Form, Refused } from "../../../ui/form";
import { Loading } from "../../../ui/loading";
import { Notice } from "../../../ui/notice";
import { say } from "../../../words/say";
import { type ClientDraft, draftOf, FIELDS, missingOf, toChange } from "./client-draft";
import { ClientFields } from "./client-fields";
import { readAllowedAccounts } from "./read-allowed-accounts";

interface EditClientProps {
  readonly client: ClientFieldsFragment;
  readonly scopes: readonly string[];
  readonly onSaved: () => Promise<void>;
}

/** Reads a client's list whole, for it is sent whole, and lets the client be changed. */
export function EditClient(props: EditClientProps): ReactElement {
  const { client } = props;
  const [saved, setSaved] = useState<ClientDraft | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  // What is typed is kept while the page reads the client again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the client is read anew where it is another one
  useEffect(() => {
    readAllowedAccounts(client).then(
      (allowed) => setSaved(draftOf(client, allowed)),
      (error: unknown) => error instanceof Refusal && setRefusal(error),
    );
  }, [client.id]);
  if (refusal !== null) return <Refused refusal={refusal} />;
  if (saved === null) return <Loading />;
  return <ClientForm {...props} saved={saved} setSaved={setSaved} />;
}

interface ClientFormProps extends EditClientProps {
  readonly saved: ClientDraft;
  readonly setSaved: (saved: ClientDraft) => void;
}

type Outcome = "NOTHING" | "SAVED" | null;

function ClientForm({ client, scopes, onSaved, saved, setSaved }: ClientFormProps): ReactElement {
  const [draft, setDraft] = useState(saved);
  const [outcome, setOutcome] = useState<Outcome>(null);
  const [keepAuthorizations, setKept] = useState(false);
  const { run, isPending, error, errorAt, refusal } = useChange(async () => {
    setOutcome(null);
    const input = toChange(client.id, saved, draft);
    if (input === null) setOutcome("NOTHING");
    if (input === null) return null;
    const missing = missingOf(draft);
    if (missing !== null) return missing;
    const { updateOAuthClient: answer } = await send(UpdateOAuthClient, {
      input: { ...input, keepAuthorizations },
    });
    if (isFailure(answer)) return answer;
    const after = draftOf(answer.client, draft.access === "LISTED" ? draft.allowedAccounts : []);
    setSaved(after);
    setDraft(after);
    setOutcome("SAVED");
    await onSaved();
    return null;
  }, FIELDS);
  const change = (part: Partial<ClientDraft>): void => setDraft((before) => ({ ...before, ...part }));
  return (
    <Form onSubmit={() => void run()} error={error} refusal={refusal} label={say.oauthClients.settings}>
      <ClientFields {...{ draft, change, errorAt, scopes }} hasList={saved.access === "LISTED"} />
      {draft.access === "LISTED" && (
        <Checkbox isSelected={keepAuthorizations} onChange={setKept}>
          {say.oauthClients.keepOffList}
        </Checkbox>
      )}
      {outcome === "SAVED" && <Notice kind="good">{say.oauthClients.saved}</Notice>}
      {outcome === "NOTHING" && <Notice kind="info">{say.oauthClients.nothingChanged}</Notice>}
      <div className="row">
        <Button kind="main" type="submit" isPending={isPending}>
          {say.everyPage.save}
        </Button>
      </div>
    </Form>
  );
}

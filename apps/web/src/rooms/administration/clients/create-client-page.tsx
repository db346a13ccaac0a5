import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import { CreateOAuthClient } from "../../../generated/oauth-clients";
import { send } from "../../../graphql/send";
import { isFailure, useChange } from "../../../graphql/use-change";
import { Button } from "../../../ui/button";
import { PageTitle } from "../../../ui/card-page";
import { Form } from "../../../ui/form";
import { RadioChoice } from "../../../ui/radio-choice";
import { say } from "../../../words/say";
import {
  BLANK,
  type ClientDraft,
  type ClientFieldsProps,
  FIELDS,
  missingOf,
  toNewClient,
} from "./client-draft";
import { ClientFields } from "./client-fields";
import { type Created, CreatedClient } from "./created-client";
import { type Discovery, useDiscovery } from "./use-discovery";

const TYPES = ["CONFIDENTIAL", "PUBLIC"] as const;

/** Registers a client, and shows its secret this once. */
export function CreateClientPage(): ReactElement {
  const discovery = useDiscovery();
  const [created, setCreated] = useState<Created | null>(null);
  if (created !== null) return <CreatedClient created={created} discovery={discovery} />;
  return (
    <>
      <p>
        <Link href="/clients">{say.oauthClients.toList}</Link>
      </p>
      <PageTitle>{say.oauthClients.create}</PageTitle>
      <section className="section" aria-label={say.oauthClients.create}>
        <NewClient discovery={discovery} onCreated={setCreated} />
      </section>
    </>
  );
}

interface NewClientProps {
  readonly discovery: Discovery | null;
  readonly onCreated: (created: Created) => void;
}

function NewClient({ discovery, onCreated }: NewClientProps): ReactElement {
  const [draft, setDraft] = useState(BLANK);
  const change = (part: Partial<ClientDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const { run, isPending, error, errorAt, refusal } = useChange(async () => {
    const missing = missingOf(draft);
    if (missing !== null) return missing;
    const { createOAuthClient: answer } = await send(CreateOAuthClient, { input: toNewClient(draft) });
    if (isFailure(answer)) return answer;
    onCreated(answer);
    return null;
  }, FIELDS);
  return (
    <Form onSubmit={() => void run()} error={error} refusal={refusal} label={say.oauthClients.create}>
      <TypeField {...{ draft, change, errorAt }} />
      <ClientFields {...{ draft, change, errorAt }} scopes={discovery?.scopes_supported ?? []} />
      <div className="row">
        <Button kind="main" type="submit" isPending={isPending}>
          {say.oauthClients.create}
        </Button>
      </div>
    </Form>
  );
}

/** A client that cannot keep a secret cannot act for itself. */
function TypeField({ draft, change }: ClientFieldsProps): ReactElement {
  const grantTypes = draft.grantTypes.filter((each) => each !== "CLIENT_CREDENTIALS");
  return (
    <RadioChoice
      label={say.oauthClients.type}
      hint={say.oauthClients.typeStays}
      value={draft.type}
      onChange={(type) => change(type === "PUBLIC" ? { type, grantTypes } : { type })}
      options={TYPES.map((value) => ({
        value,
        name: say.oauthClients.types[value],
        hint: say.oauthClients.typesMean[value],
      }))}
    />
  );
}

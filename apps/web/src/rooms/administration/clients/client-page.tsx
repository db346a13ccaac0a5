import type { ReactElement } from "react";
import { Link } from "wouter";
import { type ClientFieldsFragment, GetOAuthClient } from "../../../generated/oauth-clients";
import { useQuery } from "../../../graphql/use-query";
import { Asked } from "../../../ui/asked";
import { PageTitle } from "../../../ui/card-page";
import { Facts } from "../../../ui/facts";
import { Section } from "../../../ui/section";
import { moment } from "../../../words/formats";
import { say } from "../../../words/say";
import { ClientActs } from "./client-acts";
import { ClientState } from "./clients-page";
import { EditClient } from "./edit-client";
import { copied, Endpoints } from "./endpoints";
import { useDiscovery } from "./use-discovery";

/** One client: its settings, its secret, its end. */
export function ClientPage({ id }: { readonly id: string }): ReactElement {
  const [query, reload] = useQuery(GetOAuthClient, { id });
  return (
    <Asked query={query} reload={reload}>
      {({ oauthClient }) =>
        oauthClient === null ? <Missing /> : <OneClient client={oauthClient} reload={reload} />
      }
    </Asked>
  );
}

interface OneClientProps {
  readonly client: ClientFieldsFragment;
  readonly reload: () => Promise<void>;
}

function OneClient({ client, reload }: OneClientProps): ReactElement {
  const discovery = useDiscovery();
  return (
    <div className="stack">
      <ToList />
      <PageTitle>{client.name}</PageTitle>
      <Facts
        facts={[
          copied(say.oauthClients.clientId, client.id),
          [say.oauthClients.type, say.oauthClients.types[client.type]],
          [say.oauthClients.state, <ClientState key="state" isEnabled={client.enabled} />],
          [say.oauthClients.createdAt, moment(client.createdAt)],
        ]}
      />
      <Section title={say.oauthClients.settings}>
        <EditClient client={client} scopes={discovery?.scopes_supported ?? []} onSaved={reload} />
      </Section>
      <ClientActs client={client} reload={reload} />
      <Endpoints discovery={discovery} />
    </div>
  );
}

function Missing(): ReactElement {
  return (
    <div className="stack">
      <ToList />
      <PageTitle>{say.oauthClients.title}</PageTitle>
      <p>{say.oauthClients.missing}</p>
    </div>
  );
}

function ToList(): ReactElement {
  return (
    <p>
      <Link href="/clients">{say.oauthClients.toList}</Link>
    </p>
  );
}

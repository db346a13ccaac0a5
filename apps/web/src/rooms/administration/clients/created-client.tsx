import type { ReactElement } from "react";
import { Link } from "wouter";
import type { CreateOAuthClientMutation } from "../../../generated/oauth-clients";
import { PageTitle } from "../../../ui/card-page";
import { Facts } from "../../../ui/facts";
import { Notice } from "../../../ui/notice";
import { Section } from "../../../ui/section";
import { ShownOnce } from "../../../ui/shown-once";
import { say } from "../../../words/say";
import { copied, Endpoints } from "./endpoints";
import type { Discovery } from "./use-discovery";

/** A client that was just made, with its secret. */
export type Created = Extract<
  CreateOAuthClientMutation["createOAuthClient"],
  { __typename: "OAuthClientCreated" }
>;

interface CreatedClientProps {
  readonly created: Created;
  readonly discovery: Discovery | null;
}

/** What the developer of a new client needs: its id, its secret this once, and the addresses. */
export function CreatedClient({ created, discovery }: CreatedClientProps): ReactElement {
  const { client, clientSecret } = created;
  return (
    <>
      <PageTitle>{say.oauthClients.createdTitle}</PageTitle>
      {clientSecret === null ? (
        <Notice kind="good">{say.oauthClients.noSecret}</Notice>
      ) : (
        <ShownOnce
          name={say.oauthClients.secret}
          message={say.oauthClients.secretOnce}
          secret={clientSecret}
        />
      )}
      <Section title={client.name}>
        <Facts facts={[copied(say.oauthClients.clientId, client.id)]} />
        <p>
          <Link href={`/clients/${client.id}`}>{say.oauthClients.toClient}</Link>
        </p>
      </Section>
      <Endpoints discovery={discovery} />
    </>
  );
}

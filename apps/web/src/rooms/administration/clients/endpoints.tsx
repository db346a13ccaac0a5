import type { ReactElement } from "react";
import { CopyButton } from "../../../ui/copy-button";
import { Facts } from "../../../ui/facts";
import { Section } from "../../../ui/section";
import { say } from "../../../words/say";
import { DISCOVERY_PATH, type Discovery } from "./use-discovery";

/** The addresses that a developer needs. */
export function Endpoints({ discovery }: { readonly discovery: Discovery | null }): ReactElement | null {
  if (discovery === null) return null;
  return (
    <Section title={say.oauthClients.endpointsTitle}>
      <p className="quiet">{say.oauthClients.endpointsHint}</p>
      <Facts
        facts={[
          copied(say.oauthClients.issuer, discovery.issuer),
          copied(say.oauthClients.discovery, `${discovery.issuer.replace(/\/$/, "")}${DISCOVERY_PATH}`),
          copied(say.oauthClients.authorizationEndpoint, discovery.authorization_endpoint),
          copied(say.oauthClients.tokenEndpoint, discovery.token_endpoint),
        ]}
      />
    </Section>
  );
}

/** A fact that is copied rather than typed; an address breaks after its slashes. */
export function copied(name: string, text: string): readonly [string, ReactElement] {
  const parts = text.matchAll(/(?:\w{1,20}:[/]{2})?[^/]+[/]?/g);
  return [
    name,
    <span key={name} className="row">
      <code>{[...parts].flatMap(({ index, 0: part }) => [part, <wbr key={index} />])}</code>
      <CopyButton text={text} label={say.everyPage.copyOf(name)} />
    </span>,
  ];
}

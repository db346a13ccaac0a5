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
          [say.oauthClients.issuer, <Copied key="issuer" text={discovery.issuer} />],
          [
            say.oauthClients.discovery,
            <Copied key="discovery" text={`${discovery.issuer.replace(/\/$/, "")}${DISCOVERY_PATH}`} />,
          ],
          [say.oauthClients.authorizationEndpoint, <code key="ask">{discovery.authorization_endpoint}</code>],
          [say.oauthClients.tokenEndpoint, <code key="token">{discovery.token_endpoint}</code>],
        ]}
      />
    </Section>
  );
}

/** A text that is copied rather than typed. */
export function Copied({ text }: { readonly text: string }): ReactElement {
  return (
    <span className="row">
      <code>{text}</code>
      <CopyButton text={text} />
    </span>
  );
}

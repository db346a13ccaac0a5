import { type ReactElement, useState } from "react";
import { useLocation } from "wouter";
import {
  type ClientFieldsFragment,
  DeleteOAuthClient,
  RotateOAuthClientSecret,
  UpdateOAuthClient,
} from "../../../generated/oauth-clients";
import { send } from "../../../graphql/send";
import { Checkbox } from "../../../ui/checkbox";
import { ConfirmedAct } from "../../../ui/confirmed-act";
import { Section } from "../../../ui/section";
import { ShownOnce } from "../../../ui/shown-once";
import { useTold } from "../../../ui/told";
import { say } from "../../../words/say";

interface ClientActsProps {
  readonly client: ClientFieldsFragment;
  readonly reload: () => Promise<void>;
}

/** What is done to a client as a whole. */
export function ClientActs({ client, reload }: ClientActsProps): ReactElement {
  const [secret, setSecret] = useState<string | null>(null);
  const [told, tell] = useTold();
  const switched = (isEnabled: boolean): void => {
    tell(isEnabled ? say.oauthClients.nowEnabled : say.oauthClients.nowDisabled);
    void reload();
  };
  return (
    <Section title={say.oauthClients.actsTitle}>
      {secret !== null && (
        <ShownOnce name={say.oauthClients.secret} message={say.oauthClients.secretOnce} secret={secret} />
      )}
      {told}
      <div className="row">
        {client.type === "CONFIDENTIAL" && <Rotate client={client} onRotated={setSecret} />}
        <Switch client={client} onSwitched={switched} />
        <Delete client={client} />
      </div>
    </Section>
  );
}

interface OfClient {
  readonly client: ClientFieldsFragment;
}

function Rotate({
  client,
  onRotated,
}: OfClient & { readonly onRotated: (secret: string) => void }): ReactElement {
  return (
    <ConfirmedAct
      act={say.oauthClients.rotate}
      title={say.oauthClients.rotateTitle(client.name)}
      onConfirm={async () => {
        const { id } = client;
        return (await send(RotateOAuthClientSecret, { input: { id } })).rotateOAuthClientSecret;
      }}
      onDone={({ clientSecret }) => onRotated(clientSecret)}
    >
      <p>{say.oauthClients.rotateMeans}</p>
    </ConfirmedAct>
  );
}

function Switch({
  client,
  onSwitched,
}: OfClient & { readonly onSwitched: (isEnabled: boolean) => void }): ReactElement {
  const { id, name, enabled } = client;
  const [keepAuthorizations, setKept] = useState(false);
  const input = { id, enabled: !enabled, keepAuthorizations };
  return (
    <ConfirmedAct
      key={String(enabled)}
      act={enabled ? say.oauthClients.disable : say.oauthClients.enable}
      title={enabled ? say.oauthClients.disableTitle(name) : say.oauthClients.enableTitle(name)}
      kind={enabled ? "danger" : "main"}
      onConfirm={async () => (await send(UpdateOAuthClient, { input })).updateOAuthClient}
      onDone={() => onSwitched(!enabled)}
    >
      <p>{enabled ? say.oauthClients.disableMeans : say.oauthClients.enableMeans}</p>
      {enabled && (
        <Checkbox isSelected={keepAuthorizations} onChange={setKept}>
          {say.oauthClients.keepAuthorizations}
        </Checkbox>
      )}
    </ConfirmedAct>
  );
}

function Delete({ client: { id, name } }: OfClient): ReactElement {
  const [, navigate] = useLocation();
  return (
    <ConfirmedAct
      act={say.oauthClients.end}
      button="danger"
      title={say.oauthClients.endTitle(name)}
      onConfirm={async () => (await send(DeleteOAuthClient, { input: { id } })).deleteOAuthClient}
      onDone={() => navigate("/clients", { replace: true, state: { deleted: name } })}
    >
      <p>{say.oauthClients.endMeans}</p>
    </ConfirmedAct>
  );
}

import type { ReactElement } from "react";
import { CreateServiceApiToken } from "../../../generated/edit-account";
import { send } from "../../../graphql/send";
import { Section } from "../../../ui/section";
import { say } from "../../../words/say";
import { TokenForm } from "../../api-tokens/token-form";
import { TokensTable } from "../../api-tokens/tokens-table";
import type { PartProps } from "./edited-account";

interface TokensPartProps extends PartProps {
  readonly onCreated: () => void;
}

/** The API tokens of the account; for a service account, new ones too. */
export function TokensPart({ account, onDone, onCreated }: TokensPartProps): ReactElement {
  return (
    <Section title={say.apiTokens.title}>
      <TokensTable tokens={account.apiTokens ?? []} onRevoked={() => onDone(say.apiTokens.revoked)} />
      {account.kind === "SERVICE" && (
        <>
          <h3>{say.editUser.newServiceToken}</h3>
          <TokenForm
            isAdministrator={account.role === "ADMINISTRATOR"}
            onCreate={async (wanted) => {
              const input = { accountId: account.id, ...wanted };
              return (await send(CreateServiceApiToken, { input })).createServiceApiToken;
            }}
            onCreated={onCreated}
          />
        </>
      )}
    </Section>
  );
}

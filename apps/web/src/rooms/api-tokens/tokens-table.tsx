import type { ReactElement } from "react";
import { type ApiTokenFactsFragment, RevokeApiToken } from "../../generated/api-tokens";
import { send } from "../../graphql/send";
import { ConfirmedAct } from "../../ui/confirmed-act";
import { DataTable } from "../../ui/data-table";
import { ScopeList } from "../../ui/scope-list";
import { day, moment } from "../../words/formats";
import { say } from "../../words/say";

interface TokensTableProps {
  readonly tokens: readonly ApiTokenFactsFragment[];
  readonly onRevoked: () => void;
}

/** The API tokens of an account; each can be revoked. */
export function TokensTable({ tokens, onRevoked }: TokensTableProps): ReactElement {
  return (
    <DataTable
      caption={say.apiTokens.title}
      columns={[
        { name: say.apiTokens.name, cell: (token) => <Name token={token} /> },
        { name: say.apiTokens.scopes, cell: ({ scopes }) => <ScopeList scopes={scopes} /> },
        {
          name: say.apiTokens.lastUsed,
          cell: ({ lastUsedAt }) => (lastUsedAt === null ? say.everyPage.never : moment(lastUsedAt)),
        },
        {
          name: say.apiTokens.ends,
          cell: ({ expiresAt }) => (expiresAt === null ? say.everyPage.never : day(expiresAt)),
        },
        {
          name: say.everyPage.act,
          holds: "acts",
          cell: (token) => <Revoke token={token} onRevoked={onRevoked} />,
        },
      ]}
      rows={tokens}
      keyOf={({ id }) => id}
      empty={say.apiTokens.none}
    />
  );
}

function Name({ token }: { readonly token: ApiTokenFactsFragment }): ReactElement {
  return (
    <div>
      {token.name}
      <div className="quiet">
        <code>{token.prefix}…</code>
      </div>
    </div>
  );
}

function Revoke({
  token,
  onRevoked,
}: {
  readonly token: ApiTokenFactsFragment;
  readonly onRevoked: () => void;
}): ReactElement {
  return (
    <ConfirmedAct
      act={say.apiTokens.revoke}
      label={say.apiTokens.revokeOf(token.name)}
      title={say.apiTokens.revokeTitle(token.name)}
      onConfirm={async () => (await send(RevokeApiToken, { input: { id: token.id } })).revokeApiToken}
      onDone={onRevoked}
    >
      <p>{say.apiTokens.revokeHint}</p>
    </ConfirmedAct>
  );
}

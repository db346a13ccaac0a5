import type { ReactElement } from "react";
import { CreateApiToken, GetApiTokens } from "../../generated/api-tokens";
import { send } from "../../graphql/send";
import { useQuery } from "../../graphql/use-query";
import { Asked } from "../../ui/asked";
import { PageTitle } from "../../ui/card-page";
import { Section } from "../../ui/section";
import { useTold } from "../../ui/told";
import { say } from "../../words/say";
import { useViewer } from "../frame/viewer";
import { TokenForm } from "./token-form";
import { TokensTable } from "./tokens-table";

/** One's own API tokens: those that there are, and a new one. */
export function ApiTokensPage(): ReactElement {
  const { viewer } = useViewer();
  const [query, reload] = useQuery(GetApiTokens, {});
  const [told, tell] = useTold();
  const revoked = (): void => {
    tell(say.apiTokens.revoked);
    void reload();
  };
  return (
    <>
      <PageTitle>{say.apiTokens.title}</PageTitle>
      <p>{say.apiTokens.introduction}</p>
      {told}
      <Asked query={query} reload={reload}>
        {(data) => (
          <section className="section" aria-label={say.apiTokens.title}>
            <TokensTable tokens={data.viewer?.apiTokens ?? []} onRevoked={revoked} />
          </section>
        )}
      </Asked>
      <Section title={say.apiTokens.createTitle}>
        <TokenForm
          isAdministrator={viewer.role === "ADMINISTRATOR"}
          onCreate={async (wanted) => (await send(CreateApiToken, { input: wanted })).createApiToken}
          onCreated={() => void reload()}
        />
      </Section>
    </>
  );
}

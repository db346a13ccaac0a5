import type { ReactElement } from "react";
import { GetApplications } from "../../generated/applications";
import { useQuery } from "../../graphql/use-query";
import { Asked } from "../../ui/asked";
import { PageTitle } from "../../ui/card-page";
import { useTold } from "../../ui/told";
import { say } from "../../words/say";
import { ApplicationsTable } from "./applications-table";

/** The applications that one allowed to act in one's name. */
export function ApplicationsPage(): ReactElement {
  const [query, reload] = useQuery(GetApplications, {});
  const [told, tell] = useTold();
  const disconnected = (): void => {
    tell(say.applications.disconnected);
    void reload();
  };
  return (
    <>
      <PageTitle>{say.applications.title}</PageTitle>
      <p>{say.applications.introduction}</p>
      {told}
      <Asked query={query} reload={reload}>
        {({ viewer }) => (
          <section className="section" aria-label={say.applications.title}>
            <ApplicationsTable
              applications={viewer?.authorizedApplications ?? []}
              onDisconnected={disconnected}
            />
          </section>
        )}
      </Asked>
    </>
  );
}

import type { ReactElement } from "react";
import { Section } from "../../../ui/section";
import { say } from "../../../words/say";
import { ApplicationsTable } from "../../applications/applications-table";
import type { PartProps } from "./edited-account";

/** The applications that the account allowed. */
export function ApplicationsPart({ account, onDone }: PartProps): ReactElement {
  return (
    <Section title={say.applications.title}>
      <ApplicationsTable
        applications={account.authorizedApplications ?? []}
        onDisconnected={() => onDone(say.applications.disconnected)}
      />
    </Section>
  );
}

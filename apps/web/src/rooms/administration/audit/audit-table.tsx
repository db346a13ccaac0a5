import { type ReactElement, useState } from "react";
import { Button } from "../../../ui/button";
import { DataTable } from "../../../ui/data-table";
import { exactMoment, momentToTheSecond } from "../../../words/formats";
import { say } from "../../../words/say";
import { actionName } from "./actions";
import { type AuditEvent, EventResult } from "./audit-event";
import { EventDialog } from "./event-dialog";

/** A page of the events. */
export function AuditTable({ events }: { readonly events: readonly AuditEvent[] }): ReactElement {
  const [opened, setOpened] = useState<AuditEvent | null>(null);
  return (
    <>
      <DataTable
        caption={say.audit.title}
        columns={[
          { name: say.audit.action, cell: (event) => actionName(event.action) },
          { name: say.audit.time, cell: ({ at }) => momentToTheSecond(at) },
          {
            name: say.audit.actor,
            holds: "long text",
            cell: ({ actorLoginName }) => actorLoginName ?? say.audit.nobody,
          },
          {
            name: say.audit.subject,
            holds: "long text",
            cell: ({ subjectLoginName }) => subjectLoginName ?? say.audit.nobody,
          },
          { name: say.audit.result, cell: (event) => <EventResult event={event} /> },
          {
            name: say.audit.details,
            holds: "acts",
            cell: (event) => <Details event={event} onOpen={setOpened} />,
          },
        ]}
        rows={events}
        keyOf={({ id }) => id}
      />
      {opened !== null && <EventDialog event={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

interface DetailsProps {
  readonly event: AuditEvent;
  readonly onOpen: (event: AuditEvent) => void;
}

function Details({ event, onOpen }: DetailsProps): ReactElement {
  const label = say.audit.detailsOf(actionName(event.action), exactMoment(event.at));
  return (
    <Button kind="plain" aria-label={label} onPress={() => onOpen(event)}>
      {say.audit.details}
    </Button>
  );
}

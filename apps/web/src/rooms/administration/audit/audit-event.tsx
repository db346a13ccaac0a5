import type { ReactElement } from "react";
import type { ListAuditEventsQuery } from "../../../generated/audit-events";
import { Badge } from "../../../ui/badge";
import { say } from "../../../words/say";

/** Something that happened. */
export type AuditEvent = ListAuditEventsQuery["auditEvents"]["nodes"][number];

/** How what happened went. */
export function EventResult({ event }: { readonly event: AuditEvent }): ReactElement {
  const name = say.audit.results[event.result];
  return <Badge kind={event.result === "FAILED" ? "bad" : "good"}>{name}</Badge>;
}

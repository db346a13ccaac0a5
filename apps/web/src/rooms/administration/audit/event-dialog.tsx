import type { ReactElement } from "react";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Facts } from "../../../ui/facts";
import { exactMoment } from "../../../words/formats";
import { say } from "../../../words/say";
import { actionName } from "./actions";
import { type AuditEvent, EventResult } from "./audit-event";

interface EventDialogProps {
  readonly event: AuditEvent;
  readonly onClose: () => void;
}

/** Everything that is known of an event. */
export function EventDialog({ event, onClose }: EventDialogProps): ReactElement {
  const { credential, details } = event;
  return (
    <Dialog title={actionName(event.action)} isOpen isSticky={false} onClose={onClose}>
      <Facts
        facts={[
          [say.audit.time, exactMoment(event.at)],
          [say.audit.name, <code key="name">{event.action}</code>],
          [say.audit.result, <EventResult key="result" event={event} />],
          [say.audit.level, say.audit.levels[event.level]],
          [say.audit.actor, writeWho(event.actorLoginName, event.actorId)],
          [say.audit.subject, writeWho(event.subjectLoginName, event.subjectId)],
          [say.audit.credential, credential === null ? say.audit.nobody : say.audit.credentials[credential]],
          [say.audit.address, event.ipAddress ?? say.audit.nobody],
          [say.audit.browser, event.userAgent ?? say.audit.nobody],
          [say.audit.requestId, <code key="request">{event.requestId}</code>],
        ]}
      />
      {details.length > 0 && (
        <>
          <h3>{say.audit.details}</h3>
          <Facts facts={details.map(({ name, value }) => [name, value] as const)} />
        </>
      )}
      <div className="dialog-acts">
        <Button onPress={onClose}>{say.everyPage.close}</Button>
      </div>
    </Dialog>
  );
}

/** The name as it was then, or as typed, and the id, where there was an account. */
function writeWho(loginName: string | null, id: string | null): string {
  const parts = [loginName, id === null ? null : `(${id})`].filter((part) => part !== null);
  return parts.length === 0 ? say.audit.nobody : parts.join(" ");
}

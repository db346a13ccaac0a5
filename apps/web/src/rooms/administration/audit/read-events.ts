import { ListAuditEvents } from "../../../generated/audit-events";
import { send } from "../../../graphql/send";
import { exactMoment, timeZone } from "../../../words/formats";
import { say } from "../../../words/say";
import { actionName } from "./actions";
import { type AuditFilters, toFilter } from "./audit-address";
import type { AuditEvent } from "./audit-event";

/** The most events that a file holds. */
export const EXPORT_LIMIT = 10_000;

const PAGE_SIZE = 100;

/** What was read, and whether there is more of it. */
export interface ReadEvents {
  readonly events: readonly AuditEvent[];
  readonly isCut: boolean;
}

/** Reads all events that the filters find, up to the limit, and says how many are there already. */
export async function readEvents(
  filters: AuditFilters,
  onProgress: (count: number) => void,
): Promise<ReadEvents> {
  const events: AuditEvent[] = [];
  let after: string | null = null;
  let isMore = true;
  while (isMore && events.length < EXPORT_LIMIT) {
    const page = await readPage(filters, after);
    events.push(...page.nodes);
    onProgress(events.length);
    after = page.pageInfo.endCursor;
    isMore = page.pageInfo.hasNextPage;
  }
  return { events, isCut: isMore };
}

async function readPage(filters: AuditFilters, after: string | null) {
  return (await send(ListAuditEvents, { first: PAGE_SIZE, after, filter: toFilter(filters) })).auditEvents;
}

/** Writes events as the rows of a table, under their names; machines read the first column, people the second. */
export function toRows(events: readonly AuditEvent[]): string[][] {
  const head = [
    ...["at", `${say.audit.time} (${timeZone})`, "action", say.audit.action, "level", "result"],
    ...["actorLoginName", "actorId", "subjectLoginName", "subjectId", "credential", "ipAddress"],
    ...["userAgent", "requestId", "details"],
  ];
  return [head, ...events.map(toRow)];
}

function toRow(event: AuditEvent): string[] {
  const { at, action, level, result, actorLoginName, actorId, subjectLoginName, subjectId } = event;
  const { credential, ipAddress, userAgent, requestId, details } = event;
  const cells = [
    ...[at, exactMoment(at), action, actionName(action), level, result],
    ...[actorLoginName, actorId, subjectLoginName, subjectId, credential, ipAddress],
    ...[userAgent, requestId, details.map(({ name, value }) => `${name}=${value}`).join("; ")],
  ];
  return cells.map((cell) => cell ?? "");
}

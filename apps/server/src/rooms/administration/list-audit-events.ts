import type { CredentialType } from "../../platform/access.js";
import type { Needs } from "../../platform/context.js";
import { isId } from "../../platform/id.js";
import { type Connection, type PageArguments, readPage, toConnection } from "../../platform/page.js";
import { BadInput } from "../../platform/problem.js";
import { toAccount } from "../accounts/account.graphql.js";
import { type AccountAndPolicy, findAccountsById } from "../accounts/account.repository.js";
import { type AuditLevel, type AuditResult, isAuditAction } from "../audit/actions.js";
import type { AuditEventEntity } from "../audit/audit-event.entity.js";
import { type AuditEventFilter as Filter, findAuditEvents } from "../audit/audit-event.repository.js";
import type { AuditEvent, AuditEventFilter } from "./audit-events.graphql.js";

/** Lists audit events page by page, the newest first, with the accounts that they name as these are now. */
export async function listAuditEvents(
  needs: Needs<"db" | "now">,
  asked: PageArguments,
  given: AuditEventFilter,
): Promise<Connection<AuditEvent>> {
  const { read } = needs.db;
  const page = readPage(asked);
  const filter = readFilter(given);
  const events = filter === null ? [] : await findAuditEvents(read, filter, page);
  const ids = events.flatMap(({ actorId, subjectId }) => [actorId, subjectId]).filter((id) => id !== null);
  const accounts = await findAccountsById(read, new Set(ids));
  const shown = { accounts, now: needs.now() };
  return toConnection(events, page, { placeOf: (event) => event, toNode: (event) => show(event, shown) });
}

/** Null: an id that names nothing is asked for, so nothing can be found. */
function readFilter(given: AuditEventFilter): Filter | null {
  const { action = null, level = null, result = null, credential = null, from = null, to = null } = given;
  if (action !== null && !isAuditAction(action))
    throw new BadInput(["filter", "action"], { rule: "auditAction" });
  const [accountId, requestId] = [given.accountId ?? null, given.requestId ?? null];
  if ([accountId, requestId].some((id) => id !== null && !isId(id))) return null;
  return {
    ...{ action, level, result, credential, from, to },
    ...{ accountId: accountId?.toLowerCase() ?? null, requestId: requestId?.toLowerCase() ?? null },
  };
}

interface Shown {
  readonly accounts: ReadonlyMap<string, AccountAndPolicy>;
  readonly now: number;
}

/** Shows an event: every field by name. */
function show(event: AuditEventEntity, { accounts, now }: Shown): AuditEvent {
  const { id, at, action, actorId, actorLoginName, subjectId, subjectLoginName } = event;
  const { ipAddress, userAgent, requestId } = event;
  const accountOf = (named: string | null): AuditEvent["actor"] => {
    const found = accounts.get(named ?? "");
    return found === undefined ? null : toAccount(found, now);
  };
  return {
    ...{ id, at, action, actorId, actorLoginName, subjectId, subjectLoginName },
    ...{ ipAddress, userAgent, requestId },
    level: event.level as AuditLevel,
    result: event.result as AuditResult,
    credential: event.credential as CredentialType | null,
    actor: accountOf(actorId),
    subject: accountOf(subjectId),
    details: Object.entries(JSON.parse(event.details) as Record<string, unknown>).map(([name, value]) => ({
      name,
      value: String(value),
    })),
  };
}

import type { EntityManager } from "typeorm";
import type { CredentialType } from "../../platform/access.js";
import type { RequestFacts } from "../../platform/context.js";
import { newId } from "../../platform/id.js";
import { insert } from "../../platform/sql.js";
import { AUDIT_ACTIONS, type AuditAction } from "./actions.js";
import { AuditEventEntity } from "./audit-event.entity.js";

/** An account, or a name as it was typed, with no account behind it. */
export interface Named {
  readonly id: string | null;
  readonly loginName: string;
}

/** What happened, by whom, to whom. */
export interface AuditEvent {
  readonly action: AuditAction;
  readonly failed?: true;
  readonly actor?: Named | null;
  readonly subject?: Named | null;
  readonly credential?: CredentialType | null;
  /** Facts, never a secret. */
  readonly details?: Readonly<Record<string, string | number | null>>;
}

/** Where something comes from: a request, or a run of the command line, which has no address. */
export type Origin = Pick<RequestFacts, "id" | "userAgent"> & { readonly ipAddress: string | null };

/** Where and when it happened. */
export interface Happening {
  readonly now: number;
  readonly request: Origin;
}

/** Records an event in the transaction that makes it true. */
export async function recordEvent(
  manager: EntityManager,
  happening: Happening,
  event: AuditEvent,
): Promise<void> {
  const { now, request } = happening;
  const facts = Object.entries(event.details ?? {}).filter(([, value]) => value !== null);
  await insert(manager, AuditEventEntity, {
    id: newId(now),
    at: now,
    action: event.action,
    level: AUDIT_ACTIONS[event.action],
    result: event.failed ? "FAILED" : "SUCCESS",
    actorId: event.actor?.id ?? null,
    actorLoginName: event.actor?.loginName ?? null,
    subjectId: event.subject?.id ?? null,
    subjectLoginName: event.subject?.loginName ?? null,
    credential: event.credential ?? null,
    ipAddress: request.ipAddress,
    userAgent: request.userAgent,
    requestId: request.id,
    details: JSON.stringify(Object.fromEntries(facts.map(([name, value]) => [name, String(value)]))),
    sequence: null,
    hash: null,
  });
}

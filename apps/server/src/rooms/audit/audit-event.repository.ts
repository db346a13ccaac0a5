import type { EntityManager } from "typeorm";
import type { CredentialType } from "../../platform/access.js";
import type { Page } from "../../platform/page.js";
import { columns, readEntity, sql } from "../../platform/sql.js";
import type { AuditAction, AuditLevel, AuditResult } from "./actions.js";
import { AuditEventEntity } from "./audit-event.entity.js";

/** Which events are looked for; null: any. */
export interface AuditEventFilter {
  readonly action: AuditAction | null;
  /** As actor or as subject. */
  readonly accountId: string | null;
  readonly level: AuditLevel | null;
  readonly result: AuditResult | null;
  readonly credential: CredentialType | null;
  readonly requestId: string | null;
  /** From this moment on, in epoch milliseconds. */
  readonly from: number | null;
  /** Before this moment. */
  readonly to: number | null;
}

/** Finds the events of a page, the newest first, and one more where there is one. */
export async function findAuditEvents(
  manager: EntityManager,
  filter: AuditEventFilter,
  { limit, after }: Page,
): Promise<AuditEventEntity[]> {
  const { accountId } = filter;
  const { conditions, values } = searchOf(filter, after);
  const newest = (selection: string, where: readonly string[]): string =>
    `SELECT ${selection} FROM audit_events e ${where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`}
     ORDER BY e.at DESC, e.id DESC LIMIT ${limit + 1}`;
  if (accountId !== null) values.push(accountId);
  // Each side has an index that ends at the page; one condition for both would read all events of the account.
  const sides = ["actor_id", "subject_id"].map(
    (side) =>
      `SELECT id FROM (${newest("e.id", [...conditions, `e.${side} = $${values.length}`])}) AS ${side}s`,
  );
  const where = accountId === null ? conditions : [`e.id IN (${sides.join(" UNION ")})`];
  const { rows } = await sql<Row>(manager, newest(columns(AuditEventEntity, "e"), where), values);
  return rows.map((row) => readEntity(AuditEventEntity, row, "e")).filter((event) => event !== null);
}

type Row = Record<string, unknown>;
type Value = string | number;

function searchOf(filter: AuditEventFilter, after: Page["after"]): { conditions: string[]; values: Value[] } {
  const { action, level, result, credential, requestId, from, to } = filter;
  const asked: (readonly [test: string, value: Value | null])[] = [
    ...([
      ["action =", action],
      ["level =", level],
      ["result =", result],
    ] as const),
    ...([
      ["credential =", credential],
      ["request_id =", requestId],
    ] as const),
    ...([
      ["at >=", from],
      ["at <", to],
    ] as const),
  ];
  const given = asked.flatMap(([test, value]) => (value === null ? [] : [{ test, value }]));
  const conditions = given.map(({ test }, index) => `e.${test} $${index + 1}`);
  const values = given.map(({ value }) => value);
  if (after === null) return { conditions, values };
  const place = `(e.at, e.id) < ($${values.length + 1}, $${values.length + 2})`;
  return { conditions: [...conditions, place], values: [...values, after.at, after.id] };
}

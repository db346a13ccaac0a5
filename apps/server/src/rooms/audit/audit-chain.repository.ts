import type { EntityManager } from "typeorm";
import { columns, forUpdate, insertOnce, readEntity, sql } from "../../platform/sql.js";
import { AuditChainEntity } from "./audit-chain.entity.js";
import { AuditEventEntity } from "./audit-event.entity.js";
import { type ChainHead, NO_EVENTS } from "./chain-hash.js";

type Row = Record<string, unknown>;

/** The one row of `audit_chain`. */
const ID = 1;

/** An event with its place and hash. */
export type SealedEvent = AuditEventEntity & { readonly sequence: number; readonly hash: string };

/** Finds the chain's head; null where there is none. */
export async function findHead(manager: EntityManager): Promise<ChainHead | null> {
  return await selectHead(manager, "");
}

/** Takes the chain's head for the rest of the transaction, and makes it where nothing was ever sealed. */
export async function holdHead(manager: EntityManager): Promise<ChainHead> {
  const found = await selectHead(manager, forUpdate(manager));
  if (found !== null) return found;
  await insertOnce(manager, AuditChainEntity, { id: ID, ...NO_EVENTS });
  return (await selectHead(manager, forUpdate(manager))) ?? NO_EVENTS;
}

/** Moves the head to the event that was sealed last. */
export async function saveHead(manager: EntityManager, { sequence, hash }: ChainHead): Promise<void> {
  await sql(manager, `UPDATE audit_chain SET sequence = $1, hash = $2 WHERE id = ${ID}`, [sequence, hash]);
}

/** Finds the oldest events that are not sealed. */
export async function findUnsealed(manager: EntityManager, limit: number): Promise<AuditEventEntity[]> {
  const text = `SELECT ${columns(AuditEventEntity, "e")} FROM audit_events e WHERE e.sequence IS NULL
    ORDER BY e.at, e.id LIMIT ${limit}`;
  return readEvents((await sql<Row>(manager, text)).rows);
}

/** Says whether any event is not sealed yet. */
export async function hasUnsealed(manager: EntityManager): Promise<boolean> {
  const text = "SELECT id FROM audit_events WHERE sequence IS NULL LIMIT 1";
  return (await sql(manager, text)).rows.length > 0;
}

/** Counts the events that are not sealed yet. */
export async function countUnsealed(manager: EntityManager): Promise<number> {
  const text = "SELECT count(*) AS count FROM audit_events WHERE sequence IS NULL";
  return (await sql<{ count: number }>(manager, text)).rows[0]?.count ?? 0;
}

/** Gives events their places and hashes; one that was taken away meanwhile is a fault. */
export async function saveSeals(manager: EntityManager, events: readonly SealedEvent[]): Promise<void> {
  // One parameter for all: both databases take JSON apart by the same words, and the text is the same for any number.
  const seals = Object.fromEntries(events.map(({ id, sequence, hash }) => [id, [sequence, hash]]));
  const text = `UPDATE audit_events SET sequence = CAST(seal.value ->> 0 AS bigint), hash = seal.value ->> 1
    FROM json_each($1) AS seal WHERE audit_events.id = seal.key`;
  const { affected } = await sql(manager, text, [JSON.stringify(seals)]);
  if (affected !== events.length) throw new Error("events changed while they were sealed");
}

/** Reads the events that claim a place before the first, which no chain has. */
export async function readBeforeChain(manager: EntityManager, limit: number): Promise<SealedEvent[]> {
  const text = `SELECT ${columns(AuditEventEntity, "e")} FROM audit_events e
    WHERE e.sequence < 1 ORDER BY e.sequence, e.id LIMIT ${limit}`;
  return readEvents((await sql<Row>(manager, text)).rows) as SealedEvent[];
}

/** Reads the chain in the order of its places, after one of them; `id` tells apart what claims the same place. */
export async function readChain(
  manager: EntityManager,
  after: { readonly sequence: number; readonly id: string },
  limit: number,
): Promise<SealedEvent[]> {
  const text = `SELECT ${columns(AuditEventEntity, "e")} FROM audit_events e
    WHERE e.sequence >= $1 AND (e.sequence, e.id) > ($1, $2) ORDER BY e.sequence, e.id LIMIT ${limit}`;
  const { rows } = await sql<Row>(manager, text, [after.sequence, after.id]);
  return readEvents(rows) as SealedEvent[];
}

async function selectHead(manager: EntityManager, lock: string): Promise<ChainHead | null> {
  const text = `SELECT sequence, hash FROM audit_chain WHERE id = ${ID} ${lock}`;
  return (await sql<ChainHead>(manager, text)).rows[0] ?? null;
}

function readEvents(rows: readonly Row[]): AuditEventEntity[] {
  return rows.map((row) => readEntity(AuditEventEntity, row, "e")).filter((event) => event !== null);
}

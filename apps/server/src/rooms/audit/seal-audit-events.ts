import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import {
  findUnsealed,
  hasUnsealed,
  holdHead,
  type SealedEvent,
  saveHead,
  saveSeals,
} from "./audit-chain.repository.js";
import type { AuditEventEntity } from "./audit-event.entity.js";
import { type ChainHead, chainHash } from "./chain-hash.js";

/** Small enough that a login that waits for its turn to write does not notice. */
const BATCH = 200;

/**
 * Seals every event that is not sealed yet, the oldest first, and returns how many it sealed.
 *
 * Each batch is a transaction of its own under the lock of the chain's head: of sealers in several processes one
 * comes after the other.
 */
export async function sealAuditEvents({ db }: Needs<"db">): Promise<number> {
  let sealed = 0;
  // Asked without a transaction first: mostly there is nothing to do.
  while (await hasUnsealed(db.read)) {
    const count = await db.transaction(sealBatch);
    // Another process was quicker, or what was committed cannot be read: no reason to ask without end.
    if (count === 0) break;
    sealed += count;
  }
  return sealed;
}

async function sealBatch(manager: EntityManager): Promise<number> {
  const head = await holdHead(manager);
  const events = await findUnsealed(manager, BATCH);
  const sealed = chain(head, events);
  const last = sealed.at(-1);
  if (last === undefined) return 0;
  await saveSeals(manager, sealed);
  await saveHead(manager, last);
  return sealed.length;
}

function chain({ sequence, hash }: ChainHead, events: readonly AuditEventEntity[]): SealedEvent[] {
  let previous = hash;
  return events.map((event, index) => {
    const placed = { ...event, sequence: sequence + index + 1 };
    previous = chainHash(previous, placed);
    return { ...placed, hash: previous };
  });
}

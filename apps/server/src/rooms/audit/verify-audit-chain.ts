import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { countUnsealed, findHead, readBeforeChain, readChain } from "./audit-chain.repository.js";
import type { ChainFault } from "./chain-fault.js";
import { type ChainHead, NO_EVENTS } from "./chain-hash.js";
import { beginWalk, type ChainWalk, walkOn } from "./chain-walk.js";
import { judgeMisfits } from "./misfits.policy.js";

const PAGE = 1000;
/** Before whatever claims the first place. */
const BEGINNING = { sequence: 1, id: "" };

/** What a verification of the audit chain found. */
export interface AuditChainReport {
  /** Whether nothing is wrong with it. */
  readonly intact: boolean;
  /** How many events have a place in the chain, and how many none yet. */
  readonly sealed: number;
  readonly unsealed: number;
  /** The last event of the chain; noted elsewhere, it shows later that nothing up to it was cut or written anew. */
  readonly head: ChainHead;
  /** The first faults, in the order of their places. */
  readonly faults: readonly ChainFault[];
  /** Whether there are more faults than are named. */
  readonly moreFaults: boolean;
}

export interface VerificationOptions {
  /** A head that was noted elsewhere, and must still be in the chain. */
  readonly expectedHead?: ChainHead;
  /** Hears from time to time how many events were looked at. */
  readonly onProgress?: (events: number) => void;
}

/**
 * Recomputes the whole chain of audit events and reports what was changed, moved or taken away.
 *
 * Events may be recorded and sealed meanwhile. Whoever can write to the database and writes the whole chain anew is
 * found out by an expected head alone.
 */
export async function verifyAuditChain(
  { db }: Needs<"db">,
  { expectedHead, onProgress }: VerificationOptions = {},
): Promise<AuditChainReport> {
  const before = await findHead(db.read);
  const noted = [before ?? NO_EVENTS, ...(expectedHead === undefined ? [] : [expectedHead])];
  const walk = beginWalk(noted.map(({ sequence }) => sequence));
  await walkAll(db.read, walk, onProgress);
  // Read after the events: each of them was sealed together with a head that reaches it.
  const after = await findHead(db.read);
  const faults = judge(walk, { before, after, expected: expectedHead ?? null });
  const { sealed, last, overflowed } = walk;
  return {
    ...{ intact: faults.length === 0 && !overflowed, sealed, unsealed: await countUnsealed(db.read) },
    head: { sequence: last.sequence, hash: last.hash },
    ...{ faults, moreFaults: overflowed },
  };
}

async function walkAll(
  manager: EntityManager,
  walk: ChainWalk,
  onProgress: VerificationOptions["onProgress"],
): Promise<void> {
  // One page is enough: none of them may be there, and who put one there can put any number.
  for (const event of await readBeforeChain(manager, PAGE)) walkOn(walk, event);
  let after = BEGINNING;
  for (let isLast = false; !isLast; ) {
    const events = await readChain(manager, after, PAGE);
    for (const event of events) walkOn(walk, event);
    onProgress?.(walk.sealed);
    after = events.at(-1) ?? after;
    isLast = events.length < PAGE;
  }
}

/** The chain's head before and after the walk, and the one that was noted elsewhere. */
interface Heads {
  readonly before: ChainHead | null;
  readonly after: ChainHead | null;
  readonly expected: ChainHead | null;
}

function judge(walk: ChainWalk, { before, after, expected }: Heads): ChainFault[] {
  const { last, misfits, gaps, sealed } = walk;
  // Without a head nothing says how far the events should reach.
  const end = after?.sequence ?? last.sequence;
  const empty = [...gaps.map(({ from }) => from), last.sequence + 1];
  // Those beyond the end are told by the last of them, which only a whole number is: SQLite keeps anything there.
  const isBeyond = (place: number): boolean => Number.isInteger(place) && place > end;
  const faults = judgeMisfits(misfits, empty).filter(({ sequence }) => !isBeyond(sequence));
  faults.push(...missing(walk, { reach: before?.sequence ?? 0, end }));
  if (last.sequence > end)
    faults.push({ kind: "beyond-head", sequence: last.sequence, eventId: last.id, head: end });
  if ((after === null && sealed > 0) || (before !== null && isContradicted(walk, before)))
    faults.push({ kind: "head-mismatch", sequence: before?.sequence ?? 0, eventId: null });
  if (expected !== null && (walk.hashes.get(expected.sequence) === null || isContradicted(walk, expected)))
    faults.push({ kind: "expected-head-missing", sequence: expected.sequence, eventId: null });
  return faults.sort((one, other) => one.sequence - other.sequence);
}

/** What should be there: up to the end before any other event, and as far as the head reached at the beginning. */
function missing({ gaps, last }: ChainWalk, { reach, end }: { reach: number; end: number }): ChainFault[] {
  const known = gaps.map(({ from, through }) => ({ from, through: Math.min(through, end) }));
  const all = [...known, { from: last.sequence + 1, through: reach }];
  return all
    .filter(({ from, through }) => from <= through)
    .map(({ from, through }) => ({ kind: "missing", sequence: from, through, eventId: null }));
}

/** Says whether another hash stands at a head's place; where that event is a misfit, its right hash may be elsewhere. */
function isContradicted({ hashes, misfits }: ChainWalk, { sequence, hash }: ChainHead): boolean {
  const there = hashes.get(sequence) ?? null;
  const isKnown = misfits.some(({ event, computed }) => event.hash === hash || computed.includes(hash));
  return there !== null && there !== hash && !isKnown;
}

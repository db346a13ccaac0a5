import type { SealedEvent } from "./audit-chain.repository.js";
import { type ChainHead, chainHash, NO_EVENTS } from "./chain-hash.js";

/** How many misfits, and how many gaps, are kept to be named. */
const KEPT = 20;
/** After a hash that does not fit either it or the content can be right: so many of the possible ones are followed. */
const FOLLOWED = 4;

/** An event whose hash does not follow from what stands before it. */
export interface Misfit {
  readonly event: SealedEvent;
  /** The hashes that it could follow. */
  readonly previous: readonly string[];
  /** What its own hash would be after each of them. */
  readonly computed: readonly string[];
}

/** Places of the chain at which nothing stands. */
export interface Gap {
  readonly from: number;
  readonly through: number;
}

/** What a walk along the chain has met, event by event in the order of their places. */
export interface ChainWalk {
  sealed: number;
  /** The last event that stands at a place of its own; its id is empty before the first. */
  last: ChainHead & { readonly id: string };
  /** The hashes that the next event may follow; none where what stood before it is gone. */
  previous: readonly string[];
  readonly misfits: Misfit[];
  readonly gaps: Gap[];
  /** Whether there was more to name than is kept. */
  overflowed: boolean;
  /** The hashes at the places that were asked for; null where nothing stands there. */
  readonly hashes: Map<number, string | null>;
}

/** Begins a walk along a chain, which notes the hashes at `places`. */
export function beginWalk(places: readonly number[]): ChainWalk {
  return {
    ...{ sealed: 0, last: { ...NO_EVENTS, id: "" }, previous: [NO_EVENTS.hash], overflowed: false },
    ...{ misfits: [], gaps: [] },
    hashes: new Map(places.map((place) => [place, place === 0 ? NO_EVENTS.hash : null])),
  };
}

/** Takes the next event. */
export function walkOn(walk: ChainWalk, event: SealedEvent): void {
  const { sequence, hash } = event;
  walk.sealed += 1;
  // Places are counted from 1, whole, and each once: whatever else somebody wrote there stands at no place.
  if (!Number.isInteger(sequence) || sequence <= walk.last.sequence) {
    keep(walk, walk.misfits, { event, previous: [], computed: [] });
    return;
  }
  if (sequence > walk.last.sequence + 1) {
    keep(walk, walk.gaps, { from: walk.last.sequence + 1, through: sequence - 1 });
    walk.previous = [];
  }
  const { previous } = walk;
  const computed = previous.map((each) => chainHash(each, event));
  const fits = previous.length === 0 || computed.includes(hash);
  if (!fits) keep(walk, walk.misfits, { event, previous, computed });
  walk.previous = fits ? [hash] : [hash, ...computed].slice(0, FOLLOWED);
  if (walk.hashes.has(sequence)) walk.hashes.set(sequence, hash);
  walk.last = { sequence, hash, id: event.id };
}

function keep<Found>(walk: ChainWalk, list: Found[], found: Found): void {
  if (list.length < KEPT) list.push(found);
  else walk.overflowed = true;
}

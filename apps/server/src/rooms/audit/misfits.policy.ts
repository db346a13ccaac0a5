import type { ChainFault } from "./chain-fault.js";
import { chainHash } from "./chain-hash.js";
import type { Misfit } from "./chain-walk.js";

/**
 * Names what is wrong with events whose hashes do not follow from what stands before them.
 *
 * A hash that fits cannot be met by chance. So an event that fits at another place was moved from there; one that fits
 * at its own, after a hash that has gone elsewhere, is as it was; and of any other something was changed.
 */
export function judgeMisfits(misfits: readonly Misfit[], empty: readonly number[]): ChainFault[] {
  const hashes = new Set(misfits.map(({ event }) => event.hash));
  const previous = new Set(misfits.flatMap((each) => [each.event.hash, ...each.previous, ...each.computed]));
  const places = [...misfits.map(({ event }) => event.sequence), ...empty];
  const faults = misfits.flatMap(({ event }): ChainFault[] => {
    const { sequence, id: eventId } = event;
    const sealedAs = [sequence, ...places].find((place) =>
      [...previous].some((hash) => hashes.has(chainHash(hash, { ...event, sequence: place }))),
    );
    if (sealedAs === sequence) return [];
    return sealedAs === undefined
      ? [{ kind: "changed", sequence, eventId }]
      : [{ kind: "reordered", sequence, eventId, sealedAs }];
  });
  const [first] = misfits;
  if (faults.length > 0 || first === undefined) return faults;
  // Whoever was moved is beyond those that were kept.
  return [{ kind: "changed", sequence: first.event.sequence, eventId: first.event.id }];
}

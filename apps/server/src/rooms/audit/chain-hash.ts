import { createHash } from "node:crypto";
import type { AuditEventEntity } from "./audit-event.entity.js";

/** What the first event of a chain follows: 32 bytes of zeros, base64url. */
export const GENESIS = "A".repeat(43);

/** The end of a chain, or of a part of it: how many events, and the hash of the last. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

/** The head of a chain without events. */
export const NO_EVENTS: ChainHead = { sequence: 0, hash: GENESIS };

/** An event at a place of the chain, before it has a hash. */
export type PlacedEvent = Omit<AuditEventEntity, "hash">;

/**
 * Hashes an event at its place: SHA-256 of the hash before it and of the event as JSON (RFC 8785), base64url.
 *
 * Columns that are empty are left out, so that a column that is added one day changes no hash of before.
 */
export function chainHash(previous: string, event: PlacedEvent): string {
  const { hash: _, ...sealed } = event as AuditEventEntity;
  const facts = Object.entries(sealed).filter(([, value]) => value !== null);
  const sorted = Object.fromEntries(facts.sort(([one], [other]) => (one < other ? -1 : 1)));
  return createHash("sha256").update(previous).update(JSON.stringify(sorted)).digest("base64url");
}

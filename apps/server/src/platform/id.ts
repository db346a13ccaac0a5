import { randomInt } from "node:crypto";
import { v7, validate } from "uuid";

/** What was drawn last in this process. */
let last = { at: 0, sequence: 0 };

/**
 * Draws an identifier that sorts by time (UUID version 7, RFC 9562, section 5.7), and within a millisecond of one
 * process by the order of drawing (section 6.2, method 1). It is no secret.
 */
export function newId(now: number): string {
  // From the lower half, so that counting on has room.
  const sequence = last.at === now ? last.sequence + 1 : randomInt(2 ** 31);
  last = { at: now, sequence };
  return v7({ msecs: now, seq: sequence });
}

/** Says whether a text has the form of an identifier; anything else names nothing. */
export function isId(text: string): boolean {
  return validate(text);
}

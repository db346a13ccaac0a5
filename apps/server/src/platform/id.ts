import { randomInt } from "node:crypto";
import { v7, validate } from "uuid";

/** How many identifiers this process has drawn, counted from a random number. */
let drawn = randomInt(2 ** 31);

/**
 * Draws an identifier that sorts by time (UUID version 7, RFC 9562, section 5.7), and within a millisecond of one
 * process by the order of drawing (section 6.2, method 1). It is no secret.
 */
export function newId(now: number): string {
  drawn = (drawn + 1) % 2 ** 32;
  return v7({ msecs: now, seq: drawn });
}

/** Says whether a text has the form of an identifier; anything else names nothing. */
export function isId(text: string): boolean {
  return validate(text);
}

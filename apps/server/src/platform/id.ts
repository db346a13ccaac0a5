import { v7, validate } from "uuid";

/** Draws an identifier that sorts by time (UUID version 7, RFC 9562, section 5.7). It is no secret. */
export function newId(now: number): string {
  return v7({ msecs: now });
}

/** Says whether a text has the form of an identifier; anything else names nothing. */
export function isId(text: string): boolean {
  return validate(text);
}

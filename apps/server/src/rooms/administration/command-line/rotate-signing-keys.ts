import {
  deadKeys,
  ID_TOKEN_ALGORITHMS,
  type IdTokenAlgorithm,
  makeSigningKey,
  PUBLISHED_AHEAD,
  retireKey,
  type SigningKey,
} from "@keyturn/oauth2";
import type { Needs } from "../../../platform/context.js";
import { newId } from "../../../platform/id.js";
import { type Origin, recordEvent } from "../../audit/record-event.js";
import {
  addSigningKey,
  forgetRetiredKeys,
  forgetSigningKeys,
  type KeptSigningKeys,
  keepRetiredKey,
  readSigningKeys,
} from "../../oauth/signing-keys.js";
import { BY_COMMAND_LINE } from "./by-command-line.js";

/** How soon the new keys sign: once every client can know them, or at once, because an old one leaked. */
export type RotationPace = "published-ahead" | "at-once";

/** What a rotation did. */
export interface Rotation {
  readonly made: readonly SigningKey[];
  /** Made before, and not yet signing: nothing was made beside them. */
  readonly waiting: readonly SigningKey[];
  /** They signed no living token: their public halves stay for hints. */
  readonly retired: readonly SigningKey[];
  readonly forgotten: readonly string[];
}

/**
 * Makes the next key of each algorithm, and retires those that no living token was signed by. At once, it forgets every
 * other key: what they signed verifies no more, as a hint neither.
 */
export async function rotateSigningKeys(
  needs: Needs<"db" | "now" | "vault">,
  request: Origin,
  pace: RotationPace,
): Promise<Rotation> {
  const now = needs.now();
  const drawn = await Promise.all(
    ID_TOKEN_ALGORITHMS.map((algorithm) =>
      makeSigningKey(algorithm, { id: newId(now), signsFrom: now + PUBLISHED_AHEAD }),
    ),
  );
  return await needs.db.transaction(async (manager) => {
    const kept = await readSigningKeys(needs, manager);
    const rotation = pace === "at-once" ? replace(kept, drawn, now) : succeed(kept, drawn, now);
    const { made, retired, forgotten } = rotation;
    for (const key of made) await addSigningKey(needs, manager, key);
    for (const key of retired) await keepRetiredKey(manager, retireKey(key, now));
    await forgetSigningKeys(manager, forgotten);
    if (pace === "at-once") await forgetRetiredKeys(manager);
    if (made.length + retired.length + forgotten.length > 0) {
      const ids = { made: listOf(made), retired: listOf(retired), forgotten: listOf(forgotten) };
      const details = { ...BY_COMMAND_LINE.details, ...ids };
      await recordEvent(
        manager,
        { now, request },
        { ...BY_COMMAND_LINE, action: "signing-keys.rotated", details },
      );
    }
    return rotation;
  });
}

function replace(
  { opened, unreadable }: KeptSigningKeys,
  drawn: readonly SigningKey[],
  now: number,
): Rotation {
  const forgotten = [...opened, ...unreadable].map(({ id }) => id);
  const made = drawn.map((key) => ({ ...key, signsFrom: now }));
  return { made, waiting: [], retired: [], forgotten };
}

/** Keys that do not open stay: perhaps it is this environment that lacks a secret key. */
function succeed({ opened }: KeptSigningKeys, drawn: readonly SigningKey[], now: number): Rotation {
  const signing = (algorithm: IdTokenAlgorithm): boolean => opened.some((key) => key.algorithm === algorithm);
  const waiting = opened.filter(({ signsFrom }) => signsFrom > now);
  const made = drawn
    .filter(({ algorithm }) => waiting.every((key) => key.algorithm !== algorithm))
    // Where no key signs yet there is none to wait for.
    .map((key) => (signing(key.algorithm) ? key : { ...key, signsFrom: now }));
  return { made, waiting, retired: deadKeys(opened, now), forgotten: [] };
}

function listOf(keys: readonly (string | SigningKey)[]): string | null {
  const ids = keys.map((key) => (typeof key === "string" ? key : key.id));
  return ids.length === 0 ? null : ids.join(" ");
}

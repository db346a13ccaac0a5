import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { hash as hashArgon2id, verify as verifyArgon2 } from "@node-rs/argon2";
import pLimit from "p-limit";
import type { Argon2Cost } from "./config-values.js";
import { isReadableHash, phcBase64, verifyForeign } from "./foreign-hash.js";

/**
 * A password as it is kept: an Argon2id hash in the PHC string format; of an imported account, until its first login,
 * also one of bcrypt or scrypt (see {@link parsePasswordHash}).
 */
export type PasswordHash = string & { readonly brand: "PasswordHash" };

/** Reads a hash that another system made; null where no login could be compared with it, or only at too high a cost. */
export function parsePasswordHash(text: string): PasswordHash | null {
  return isReadableHash(text) ? (text as PasswordHash) : null;
}

/** Hashes and verifies passwords, as many at once as there are cores; whoever finds the queue full is told so. */
export interface PasswordHasher {
  /** @throws HashQueueFullError */
  hash(password: string): Promise<PasswordHash>;
  /**
   * Compares a password, exactly as it was sent, with a hash; with null it takes as long, and is wrong.
   *
   * `renew` says that the password was right and its hash is of another kind, or another cost, than the configured one.
   *
   * @throws HashQueueFullError
   */
  verify(hash: PasswordHash | null, password: string): Promise<{ right: boolean; renew: boolean }>;
}

export interface PasswordHasherOptions {
  /** How many hashes are computed at once; by default as many as there are cores. */
  readonly concurrency?: number;
  /** How many more may wait; 64 by default. */
  readonly waiting?: number;
}

/** Says that too many passwords wait to be hashed: nothing was compared. */
export class HashQueueFullError extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super("too many passwords wait to be hashed");
    this.name = "HashQueueFullError";
  }
}

/** Makes a hasher that computes Argon2id at the given cost. */
export function createPasswordHasher(cost: Argon2Cost, options: PasswordHasherOptions = {}): PasswordHasher {
  const enqueue = boundedQueue(options);
  const head = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;
  // Random bytes are the hash of no known password.
  const dummy = `${head}${phcBase64(randomBytes(16))}$${phcBase64(randomBytes(32))}` as PasswordHash;
  const { memoryCost, timeCost, parallelism } = cost;
  return {
    hash: async (password) =>
      (await enqueue(() => hashArgon2id(password, { memoryCost, timeCost, parallelism }))) as PasswordHash,
    verify: async (hash, password) => {
      const equal = await enqueue(() => compare(hash ?? dummy, password));
      const right = equal && hash !== null;
      return { right, renew: right && !hash.startsWith(head) };
    },
  };
}

function boundedQueue({ concurrency = availableParallelism(), waiting = 64 }: PasswordHasherOptions) {
  const limit = pLimit(concurrency);
  let lastMilliseconds = 0;
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    lastMilliseconds = performance.now() - start;
    return result;
  };
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (limit.activeCount + limit.pendingCount < concurrency + waiting) return await limit(timed, work);
    const untilEmpty = (lastMilliseconds * waiting) / concurrency;
    throw new HashQueueFullError(Math.max(1, Math.ceil(untilEmpty / 1000)));
  };
}

async function compare(hash: PasswordHash, password: string): Promise<boolean> {
  if (hash.startsWith("$argon2")) return await verifyArgon2(hash, password);
  const equal = await verifyForeign(hash, password);
  if (equal === null) throw new Error("a password hash is of no kind that is known");
  return equal;
}

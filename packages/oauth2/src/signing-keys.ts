import { randomUUID } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { FAMILY_LIFETIME } from "./lifetimes.js";

/** How ID tokens are signed; each key knows one algorithm and no other. */
export type IdTokenAlgorithm = (typeof ID_TOKEN_ALGORITHMS)[number];

/** Every algorithm, the default first. */
export const ID_TOKEN_ALGORITHMS = ["RS256", "ES256"] as const;

/** A signing key as a host keeps it. Its private half is secret: seal it at rest. */
export interface SigningKey {
  /** `kid`. */
  readonly id: string;
  readonly algorithm: IdTokenAlgorithm;
  readonly privateJwk: JWK;
  /** It signs from then on, and is published before. In milliseconds since the epoch. */
  readonly signsFrom: number;
}

/** What is left of a signing key that is dead: it verifies hints, and is published no more. */
export interface RetiredKey {
  readonly id: string;
  readonly algorithm: IdTokenAlgorithm;
  readonly publicJwk: JWK;
  /** No client can hold an ID token of its after that. In milliseconds since the epoch. */
  readonly hintsUntil: number;
}

/** Where a host keeps its signing keys. */
export interface SigningKeyStore {
  /** Every key that is kept. */
  list(): Promise<readonly SigningKey[]>;
  /** Every key that was retired. */
  listRetired(): Promise<readonly RetiredKey[]>;
  /** Keeps a key. Where two processes add the first of an algorithm at once, the store keeps both: either may sign. */
  add(key: SigningKey): Promise<void>;
}

/** What the endpoints need of the signing keys. */
export interface Keyring {
  /** The key that signs by an algorithm now; the first is made when it is needed. */
  signingKey(algorithm: IdTokenAlgorithm): Promise<{ id: string; key: CryptoKey }>;
  /** The public keys that verify what was signed and may live, and what will be signed soon. */
  publicKeys(): Promise<readonly JWK[]>;
  /** The public keys that verify an ID token that comes back as a hint, however old it is. */
  hintKeys(): Promise<readonly JWK[]>;
}

/** A key is published so long before it signs: longer than clients and processes hold on to what they read. */
export const PUBLISHED_AHEAD = 60 * 60_000;

/** An ID token lives one hour; clients' clocks may differ by a few minutes. */
const LIVES_ON = 65 * 60_000;

/** Keys that another process adds are seen after so long. */
const HELD = 60_000;

/** Makes a signing key; who rotates lets it sign `PUBLISHED_AHEAD` later. */
export async function makeSigningKey(
  algorithm: IdTokenAlgorithm,
  { id, signsFrom }: { id: string; signsFrom: number },
): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  return { id, algorithm, privateJwk: await exportJWK(privateKey), signsFrom };
}

/** The keys that no living token was signed by, to retire. */
export function deadKeys(keys: readonly SigningKey[], now: number): SigningKey[] {
  return keys.filter((key) => {
    const heir = heirOf(key, keys);
    return heir !== undefined && heir.signsFrom + LIVES_ON < now;
  });
}

/** Keeps of a dead key its public half, as long as the families of tokens whose sign-in it signed can live. */
export function retireKey(key: SigningKey, now: number): RetiredKey {
  const { id, algorithm } = key;
  return { id, algorithm, publicJwk: publicHalf(key), hintsUntil: now + FAMILY_LIFETIME };
}

/** Holds a store's keys, read anew every minute; one for a process. */
export function createKeyring(
  store: SigningKeyStore,
  { now = Date.now, drawId = randomUUID }: { now?: () => number; drawId?: () => string } = {},
): Keyring {
  let held: { keys: readonly SigningKey[]; retired: readonly RetiredKey[]; until: number } | null = null;
  const opened = new Map<string, Promise<CryptoKey>>();
  const readAll = async (): Promise<NonNullable<typeof held>> => {
    if (held !== null && held.until > now()) return held;
    const [keys, retired] = await Promise.all([store.list(), store.listRetired()]);
    held = { keys, retired, until: now() + HELD };
    return held;
  };
  const read = async (): Promise<readonly SigningKey[]> => (await readAll()).keys;
  const open = (key: SigningKey): Promise<CryptoKey> => {
    const imported = opened.get(key.id) ?? (importJWK(key.privateJwk, key.algorithm) as Promise<CryptoKey>);
    opened.set(key.id, imported);
    return imported;
  };
  const make = async (algorithm: IdTokenAlgorithm): Promise<SigningKey> => {
    const key = await makeSigningKey(algorithm, { id: drawId(), signsFrom: now() });
    await store.add(key);
    held = null;
    return key;
  };
  const making = new Map<IdTokenAlgorithm, Promise<SigningKey>>();
  const find = async (algorithm: IdTokenAlgorithm): Promise<SigningKey> => {
    const found = findSigningKey(await read(), algorithm, now());
    if (found !== undefined) return found;
    const made = making.get(algorithm) ?? make(algorithm).finally(() => making.delete(algorithm));
    making.set(algorithm, made);
    return await made;
  };
  return {
    async signingKey(algorithm) {
      const key = await find(algorithm);
      return { id: key.id, key: await open(key) };
    },
    async publicKeys() {
      for (const algorithm of ID_TOKEN_ALGORITHMS) await find(algorithm);
      const keys = await read();
      const dead = deadKeys(keys, now());
      return keys.filter((key) => !dead.includes(key)).map(publicHalf);
    },
    async hintKeys() {
      const { keys, retired } = await readAll();
      const live = retired.filter(({ hintsUntil }) => hintsUntil > now());
      return [...keys.map(publicHalf), ...live.map(({ publicJwk }) => publicJwk)];
    },
  };
}

/** The key that signs: of those whose time has come the newest. */
function findSigningKey(
  keys: readonly SigningKey[],
  algorithm: IdTokenAlgorithm,
  now: number,
): SigningKey | undefined {
  return keys
    .filter((key) => key.algorithm === algorithm && key.signsFrom <= now)
    .sort((one, other) => other.signsFrom - one.signsFrom || (one.id < other.id ? 1 : -1))[0];
}

/** The key that signs after another one. */
function heirOf(key: SigningKey, keys: readonly SigningKey[]): SigningKey | undefined {
  return keys
    .filter((each) => each.algorithm === key.algorithm && each.signsFrom > key.signsFrom)
    .sort((one, other) => one.signsFrom - other.signsFrom)[0];
}

/** What verifiers need (RFC 7517): never one of the private members. */
function publicHalf({ id, algorithm, privateJwk }: SigningKey): JWK {
  const { kty, n, e, crv, x, y } = privateJwk;
  const members = kty === "RSA" ? { kty, n, e } : { kty, crv, x, y };
  return { ...members, kid: id, alg: algorithm, use: "sig" } as JWK;
}

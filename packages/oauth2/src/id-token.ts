import { createHash } from "node:crypto";
import { createLocalJWKSet, errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { ID_TOKEN_ALGORITHMS, type IdTokenAlgorithm, type Keyring } from "./signing-keys.js";
import type { Authentication } from "./stores.js";

/** How strongly a person was authenticated, as `acr` says it. */
export const ONE_FACTOR_ACR = "urn:keyturn:one-factor";
export const TWO_FACTOR_ACR = "urn:keyturn:two-factor";

/** An ID token lives so many seconds. */
const ID_TOKEN_LIFETIME = 3600;

/** What an ID token says. */
export interface IdTokenFacts {
  readonly issuer: string;
  readonly clientId: string;
  readonly subject: string;
  readonly authentication: Authentication;
  /** As the client sent it; null where it sent none, and in what a refresh brings. */
  readonly nonce: string | null;
  readonly accessToken: string;
  readonly now: number;
}

/** The `acr` of an authentication. */
export function acrOf({ twoFactor }: Authentication): string {
  return twoFactor ? TWO_FACTOR_ACR : ONE_FACTOR_ACR;
}

/** Signs an ID token (OpenID Connect Core, section 2). */
export async function signIdToken(
  keyring: Keyring,
  algorithm: IdTokenAlgorithm,
  facts: IdTokenFacts,
): Promise<string> {
  const { id, key } = await keyring.signingKey(algorithm);
  const issuedAt = Math.floor(facts.now / 1000);
  return await new SignJWT({
    auth_time: Math.floor(facts.authentication.at / 1000),
    amr: [...facts.authentication.methods],
    acr: acrOf(facts.authentication),
    at_hash: accessTokenHash(facts.accessToken),
    ...(facts.nonce === null ? {} : { nonce: facts.nonce }),
  })
    .setProtectedHeader({ alg: algorithm, kid: id, typ: "JWT" })
    .setIssuer(facts.issuer)
    .setSubject(facts.subject)
    .setAudience(facts.clientId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ID_TOKEN_LIFETIME)
    .sign(key);
}

/** What an `id_token_hint` tells. */
export type IdTokenHint =
  /** None was sent. */
  | { readonly kind: "none" }
  /** An ID token of this issuer, for that person and client. */
  | { readonly kind: "person"; readonly subject: string; readonly clientId: string }
  /** It was not signed here, or by a key that is forgotten: nobody knows whom it means. */
  | { readonly kind: "unreadable" };

const UNREADABLE = { kind: "unreadable" } as const;

/**
 * Reads an ID token that comes back as a hint (OpenID Connect Core, section 3.1.2.1; RP-Initiated Logout, section 2): its
 * end does not matter, its signature does.
 */
export async function readIdTokenHint(
  keyring: Pick<Keyring, "hintKeys">,
  issuer: string,
  hint: string | undefined,
): Promise<IdTokenHint> {
  if (hint === undefined) return { kind: "none" };
  const keys = createLocalJWKSet({ keys: [...(await keyring.hintKeys())] });
  try {
    const options = { issuer, algorithms: [...ID_TOKEN_ALGORITHMS], currentDate: new Date(0) };
    const { payload } = await jwtVerify(hint, keys, options);
    return hintOf(payload);
  } catch (error) {
    if (error instanceof errors.JOSEError) return UNREADABLE;
    throw error;
  }
}

function hintOf({ sub, aud }: JWTPayload): IdTokenHint {
  return typeof sub === "string" && typeof aud === "string"
    ? { kind: "person", subject: sub, clientId: aud }
    : UNREADABLE;
}

/** The left half of the hash of the access token that comes along (OpenID Connect Core, section 3.1.3.6). */
function accessTokenHash(accessToken: string): string {
  return createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url");
}

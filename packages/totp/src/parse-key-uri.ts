import { parseSecret, type TotpSecret } from "./secret.js";

/** Why a key URI cannot be used: apps would compute other codes than this package, or none. */
export type KeyUriFault = "NOT_A_KEY_URI" | "NOT_TOTP" | "ALGORITHM" | "DIGITS" | "PERIOD" | "SECRET";

/** What reading a key URI gave. */
export type KeyUriRead =
  | { readonly state: "read"; readonly secret: TotpSecret }
  | { readonly state: "refused"; readonly fault: KeyUriFault };

const LONGEST = 4_096;

/** What a parameter may say; one that is absent says the same. */
const EXPECTED = [
  ["algorithm", /^sha-?1$/i, "ALGORITHM"],
  ["digits", /^6$/, "DIGITS"],
  ["period", /^30$/, "PERIOD"],
] as const;

/**
 * Reads the secret of an `otpauth://` URI that another system made, for imports.
 *
 * Only what {@link verifyTotp} computes is read: TOTP with SHA-1, six digits and steps of 30 seconds. Anything else is
 * refused with its fault, as is a parameter that stands there twice. Label, issuer and further parameters (`image`,
 * say) do not matter.
 */
export function parseKeyUri(text: string): KeyUriRead {
  const uri = readUri(text);
  if (uri === null) return refuse("NOT_A_KEY_URI");
  if (uri.host.toLowerCase() !== "totp") return refuse("NOT_TOTP");
  for (const [name, form, fault] of EXPECTED)
    if (!uri.searchParams.getAll(name).every((value, index) => index === 0 && form.test(value)))
      return refuse(fault);
  const [secret = "", ...more] = uri.searchParams.getAll("secret");
  const parsed = more.length === 0 ? parseSecret(secret) : null;
  return parsed === null ? refuse("SECRET") : { state: "read", secret: parsed };
}

function readUri(text: string): URL | null {
  if (typeof text !== "string" || text.length > LONGEST || !/^otpauth:\/\//i.test(text)) return null;
  return URL.canParse(text) ? new URL(text) : null;
}

function refuse(fault: KeyUriFault): KeyUriRead {
  return { state: "refused", fault };
}

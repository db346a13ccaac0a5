import type { GetOwnTwoFactorQuery } from "../../generated/own-two-factor";

/** What the account settings know of the person's own second factor, and of the policy on it. */
export type OwnTwoFactor = GetOwnTwoFactorQuery;

type Viewer = NonNullable<OwnTwoFactor["viewer"]>;

/** One of the person's authenticators. */
export type Authenticator = NonNullable<Viewer["twoFactor"]["authenticators"]>[number];

/** What a part of the settings needs: what is known, and how to say that something was done. */
export interface EnabledProps {
  readonly own: OwnTwoFactor;
  /** Reads everything anew, and tells the message. */
  readonly onDone: (message: string) => Promise<void>;
}

/** By what the person can prove their second factor; empty where they are not asked for one. */
export function methodsOf({ viewer }: OwnTwoFactor): readonly ("TOTP" | "RECOVERY_CODE")[] {
  if (viewer === null) return [];
  const { state, availability, verificationCodesExhausted, recoveryCodesRemaining } = viewer.twoFactor;
  if (state === "DISABLED" || availability === "NOT_ALLOWED") return [];
  if (verificationCodesExhausted) return ["RECOVERY_CODE"];
  return recoveryCodesRemaining === 0 ? ["TOTP"] : ["TOTP", "RECOVERY_CODE"];
}

/** Whether the policy asks the person to have a second factor, so that it cannot be disabled. */
export function isRequired({ viewer, securityPolicy }: OwnTwoFactor): boolean {
  const { twoFactor, twoFactorRequiredFrom } = securityPolicy;
  if (twoFactor === "REQUIRED_FOR_ADMINISTRATORS") return viewer?.role === "ADMINISTRATOR";
  const isInForce = twoFactorRequiredFrom === null || Date.parse(twoFactorRequiredFrom) <= Date.now();
  return twoFactor === "REQUIRED" && isInForce;
}

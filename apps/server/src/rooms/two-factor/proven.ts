import type { Assurance } from "../../platform/access.js";
import { type Proof, traitsOf } from "./factor.js";

/** What a comparison found right. */
export interface Compared {
  /** Whether a password was among it. */
  readonly password: boolean;
  readonly proof: Proof | null;
  /** After a recovery code: how many are left. */
  readonly recoveryCodesRemaining: number | null;
}

/**
 * What was proven, as sessions and tokens remember it.
 *
 * Its constructor is private, so that no flow writes one down by hand: it comes from a comparison, from the first code
 * of a new authenticator, and gets its password from a comparison or from a challenge that was taken.
 */
export class Proven {
  private constructor(
    /** Whether the account's password was compared, in this step or in the one that opened the challenge. */
    readonly password: boolean,
    /** The second factor as RFC 8176 names it, recovery_code where that has no word; null: none was proven. */
    private readonly factor: string | null,
    /** After a recovery code: how many are left. */
    readonly recoveryCodesRemaining: number | null,
  ) {}

  /** What a comparison proves. */
  static byComparison({ password, proof, recoveryCodesRemaining }: Compared): Proven {
    return new Proven(password, proof === null ? null : traitsOf(proof).reference, recoveryCodesRemaining);
  }

  /** What the first code of a new authenticator proves. */
  static byFirstCode(): Proven {
    return new Proven(false, traitsOf({ method: "TOTP" }).reference, null);
  }

  /** The same, with a password that was compared before: for the login or the session that it opened. */
  withEarlierPassword(): Proven {
    return new Proven(true, this.factor, this.recoveryCodesRemaining);
  }

  /** pwd, otp, mfa (RFC 8176); recovery_code is ours. */
  get methods(): readonly string[] {
    const password = this.password ? ["pwd"] : [];
    return this.factor === null ? password : [...password, this.factor, "mfa"];
  }

  get assurance(): Assurance {
    return this.factor === null ? "ONE_FACTOR" : "TWO_FACTOR";
  }
}

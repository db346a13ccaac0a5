/** What a person can still prove. */
export type ProofMethod = "PASSWORD" | "TOTP" | "RECOVERY_CODE";

interface RefusalFacts {
  readonly code: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A request that was refused as a whole: what a top-level error of GraphQL says, or that no answer came. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  /** A RefusalCode, or UNREACHABLE where no answer came. */
  readonly code: string;
  readonly extensions: Readonly<Record<string, unknown>>;

  /** The message is in the person's language. */
  constructor(message: string, { code, extensions = {}, cause }: RefusalFacts) {
    super(message, { cause });
    this.code = code;
    this.extensions = extensions;
  }

  /** The session is over, or there never was one. */
  get isSignedOut(): boolean {
    return this.code === "UNAUTHENTICATED" || this.code === "INVALID_CREDENTIALS";
  }

  /** The page is of an account that is not logged in any more: another one is. */
  get isOtherAccount(): boolean {
    return this.code === "CREDENTIAL_NOT_ACCEPTED" && this.extensions["reason"] === "OTHER_ACCOUNT";
  }

  /** What a fresh proof would take; null where none is asked for. */
  get proofAskedFor(): readonly ProofMethod[] | null {
    if (this.code !== "STEP_UP_REQUIRED") return null;
    const { methods } = this.extensions;
    return Array.isArray(methods) ? (methods as ProofMethod[]) : ["PASSWORD"];
  }
}

/** The person turned back from a proof that was asked for: nothing happened, and nothing needs to be said. */
export class TurnedBack extends Error {
  override readonly name = "TurnedBack";
}

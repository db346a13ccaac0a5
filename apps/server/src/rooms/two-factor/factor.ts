import type { EntityManager } from "typeorm";
import { BadInput } from "../../platform/problem.js";
import type { TwoFactorMethod } from "./two-factor.policy.js";

/** One proof of the second factor, as it was sent. */
export interface Proof {
  readonly method: TwoFactorMethod;
  readonly code: string;
}

/** What sets one method of proof apart from another: each says all of it. */
interface MethodTraits {
  /** Wrong codes of a guessable kind, such as six digits, spend the account's budget; 80 random bits need none. */
  readonly codes: "guessable" | "unguessable";
  /** How sessions and tokens name it: by RFC 8176 where that has a word. */
  readonly reference: string;
}

const METHODS: Readonly<Record<TwoFactorMethod, MethodTraits>> = {
  TOTP: { codes: "guessable", reference: "otp" },
  RECOVERY_CODE: { codes: "unguessable", reference: "recovery_code" },
};

/** Says what sets a method of proof apart. */
export function traitsOf({ method }: Pick<Proof, "method">): MethodTraits {
  return METHODS[method];
}

/**
 * What comparing a proof gave. A right one is not used yet: `redeem` uses it up, in the transaction of what it opens,
 * and says false where another request was quicker.
 */
export type Checked =
  | { readonly state: "right"; readonly redeem: (manager: EntityManager, now: number) => Promise<boolean> }
  | { readonly state: "wrong" }
  | { readonly state: "unreadable" };

/** A proof as GraphQL's `SecondFactorProof` brings it: exactly one field is there. */
export interface ProofInput {
  readonly verificationCode?: string | null;
  readonly recoveryCode?: string | null;
}

/** Reads a proof; null where none was sent. What its code must look like is its factor's to say. */
export function readProof(input: ProofInput | null | undefined): Proof | null {
  if (typeof input?.verificationCode === "string") return { method: "TOTP", code: input.verificationCode };
  if (typeof input?.recoveryCode === "string") return { method: "RECOVERY_CODE", code: input.recoveryCode };
  return null;
}

/** Refuses a missing proof before anything is compared: BAD_USER_INPUT at input.proof. */
export function requireProof(proof: Proof | null): Proof {
  if (proof === null) throw new BadInput(["input", "proof"], { rule: "proofMissing" });
  return proof;
}

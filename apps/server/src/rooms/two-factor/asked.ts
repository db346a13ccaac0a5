import type { CredentialType } from "../../platform/access.js";
import type { RequestFacts } from "../../platform/context.js";
import type { Subject } from "../accounts/attempts.js";
import type { AuditAction } from "../audit/actions.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import type { Proof } from "./factor.js";
import type { AuthenticatorEntity } from "./totp/authenticator.entity.js";

/**
 * The password of an attempt. The tag is the server's and the text a person's: whatever somebody types is compared,
 * and never read as a decision.
 */
export type AskedPassword =
  | { readonly kind: "typed"; readonly text: string }
  | { readonly kind: "not asked" };

/** One attempt: at most one password and, only after a right one, one proof, of one account. */
export interface Asked {
  readonly subject: Subject;
  readonly policy: SecurityPolicy;
  readonly request: RequestFacts;
  /** The name as it was typed, for the audit trail. */
  readonly loginName: string;
  readonly password: AskedPassword;
  /** Null: no proof of the second factor is asked. */
  readonly proof: Proof | null;
  /** Where they are known already; else they are loaded, after the password was right. */
  readonly authenticators: readonly AuthenticatorEntity[] | null;
  readonly completes: "login" | "nothing";
  readonly failure: AuditAction;
  readonly credential: CredentialType | null;
}

import { ANY_CREDENTIAL, type Assurance, type CredentialType } from "../../platform/access.js";
import type { AccountKind, Role } from "../accounts/account-kind.js";
import type { TwoFactorRule } from "../policy/two-factor-rule.js";
import type { TwoFactorState } from "../two-factor/two-factor.policy.js";

/** All that decides whether a kind of credential is accepted for an account. */
export interface CredentialCase {
  readonly credential: CredentialType;
  readonly twoFactor: TwoFactorState;
  readonly role: Role;
  /** The rule in force. */
  readonly rule: TwoFactorRule;
  readonly kind: AccountKind;
}

/** Why a credential is refused for an account, whatever the operation. */
export type CredentialRefusal = "TWO_FACTOR_ENABLED" | "TWO_FACTOR_REQUIRED";

/** What stands in for a password where it is refused. */
export const ALTERNATIVES = ANY_CREDENTIAL.filter((credential) => credential !== "PASSWORD");

/**
 * The credential policy: the one place that says which credential stands for which account. Null: accepted.
 *
 * A password alone never stands for an account with an active second factor, and for nobody where one is required.
 * A session stands for an account that must have a second factor only once it has one; tokens that exist go on.
 */
export function judgeCredential({
  credential,
  twoFactor,
  role,
  rule,
  kind,
}: CredentialCase): CredentialRefusal | null {
  const required =
    rule === "REQUIRED" || (rule === "REQUIRED_FOR_ADMINISTRATORS" && role === "ADMINISTRATOR");
  if (credential === "PASSWORD") {
    if (rule === "REQUIRED") return "TWO_FACTOR_REQUIRED";
    if (kind !== "PERSON") return null;
    if (twoFactor === "ENABLED" && rule !== "FORBIDDEN") return "TWO_FACTOR_ENABLED";
    return required ? "TWO_FACTOR_REQUIRED" : null;
  }
  if (credential === "SESSION" && kind === "PERSON" && required && twoFactor === "DISABLED")
    return "TWO_FACTOR_REQUIRED";
  return null;
}

/** Says whether a session still proves what its account asks for now. */
export function isAssured(
  assurance: Assurance,
  { twoFactor, rule }: Pick<CredentialCase, "twoFactor" | "rule">,
): boolean {
  return assurance === "TWO_FACTOR" || twoFactor === "DISABLED" || rule === "FORBIDDEN";
}

/** Every case of a person's credentials, in the order of the contract's enums. */
export function everyCredentialCase(): CredentialCase[] {
  const rules = ["FORBIDDEN", "OPTIONAL", "REQUIRED_FOR_ADMINISTRATORS", "REQUIRED"] as const;
  const states = ["DISABLED", "ENABLED"] as const;
  const roles = ["USER", "ADMINISTRATOR"] as const;
  return ANY_CREDENTIAL.flatMap((credential) =>
    states.flatMap((twoFactor) =>
      roles.flatMap((role) =>
        rules.map((rule) => ({ credential, twoFactor, role, rule, kind: "PERSON" as const })),
      ),
    ),
  );
}

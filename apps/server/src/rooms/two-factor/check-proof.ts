import type { Needs } from "../../platform/context.js";
import { unreachable } from "../../platform/problem.js";
import type { Checked, Proof } from "./factor.js";
import { checkRecoveryCode } from "./recovery-codes/recovery-code.repository.js";
import type { AuthenticatorEntity } from "./totp/authenticator.entity.js";
import { checkVerificationCode } from "./totp/check-verification-code.js";

/** Compares a proof with the factors of an account; a second factor is added here, and in a folder of its own. */
export function checkProof(
  needs: Needs<"vault" | "now">,
  { accountId, authenticators }: { accountId: string; authenticators: readonly AuthenticatorEntity[] },
  proof: Proof,
): Checked {
  switch (proof.method) {
    case "TOTP":
      return checkVerificationCode(needs, authenticators, proof.code);
    case "RECOVERY_CODE":
      return checkRecoveryCode(accountId, proof.code);
    default:
      return unreachable(proof.method);
  }
}

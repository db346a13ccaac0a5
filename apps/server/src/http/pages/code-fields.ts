import { html } from "ghtml";
import type { Words } from "../../platform/words/en.js";
import type { ProofInput } from "../../rooms/two-factor/factor.js";
import type { TwoFactorMethod } from "../../rooms/two-factor/two-factor.policy.js";
import { drawField, type Fault, faultAt } from "./fields.js";
import type { Visit } from "./visit.js";

const CODE = "verificationCode";
const RECOVERY_CODE = "recoveryCode";

/** Reads the proof of a form: the recovery code where one was typed, else the verification code; null for neither. */
export function proofOf({ field }: Visit): ProofInput | null {
  if (field(RECOVERY_CODE).trim() !== "") return { recoveryCode: field(RECOVERY_CODE) };
  return field(CODE).trim() === "" ? null : { verificationCode: field(CODE) };
}

/** The field that a wrong proof was typed in. */
export function fieldOf(proof: ProofInput): string {
  return typeof proof.recoveryCode === "string" ? RECOVERY_CODE : CODE;
}

/** What is wrong with a form that has no proof. */
export function proofMissing({ pages }: Words): Fault {
  return { field: CODE, message: pages.fillIn };
}

/** Draws the field for a verification code. */
export function drawCodeField(
  { pages }: Words,
  fault: Fault | null,
  { hint, autofocus }: { hint: string; autofocus: boolean },
): string {
  const error = faultAt(fault, CODE);
  const field = { name: CODE, label: pages.verificationCode, autocomplete: "one-time-code", digits: 6 };
  return drawField({ ...field, hint, error, autofocus });
}

/** Draws what a second factor is asked by: a code, or a recovery code in its place; that alone where codes are spent. */
export function drawProofFields(
  say: Words,
  fault: Fault | null,
  { methods, autofocus }: { methods: readonly TwoFactorMethod[]; autofocus: boolean },
): string {
  const { pages } = say;
  const error = faultAt(fault, RECOVERY_CODE);
  const [label, hint] = [pages.recoveryCode, pages.recoveryCodeHint];
  const field = { name: RECOVERY_CODE, label, hint, autocomplete: "off" };
  if (!methods.includes("TOTP")) {
    const alone = drawField({ ...field, error: error ?? faultAt(fault, CODE), autofocus });
    return html`<p>${pages.recoveryCodeAlone}</p>!${alone}`;
  }
  const open = error === undefined ? "" : " open";
  const code = drawCodeField(say, fault, { hint: pages.secondStepHint, autofocus });
  return html`!${code}
<details!${open}><summary>${pages.useRecoveryCode}</summary>
!${drawField({ ...field, error })}
</details>`;
}

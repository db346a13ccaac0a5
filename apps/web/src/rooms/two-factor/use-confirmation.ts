import { useState } from "react";
import { ConfirmTwoFactor, type ConfirmTwoFactorMutation } from "../../generated/own-two-factor";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { narrow } from "../../ui/code-input";
import { useFilledIn } from "../../ui/use-filled-in";
import type { Enrollment } from "./use-enrollment";
import { wrongCode } from "./wrong-code";

type Answer = ConfirmTwoFactorMutation["confirmTwoFactor"];

/** An authenticator that was just confirmed, with the recovery codes that came with the first one. */
export type Confirmed = Extract<Answer, { __typename: "TwoFactorConfirmed" }>;

type Fault = Exclude<Answer, Confirmed>;

/** What ends with the first authenticator, of what was made before it. */
export interface Ends {
  readonly revokeApiTokens: boolean;
  readonly revokeAuthorizedApplications: boolean;
}

/** Keeps what is typed to confirm an enrollment, sends it, and says what came of it. */
export function useConfirmation(enrollment: Enrollment, onConfirmed: (confirmed: Confirmed) => void) {
  const [code, setCode] = useState("");
  const [fault, setFault] = useState<Fault | null>(null);
  const { check, missing } = useFilledIn();
  const { run, isPending, refusal } = useAction(async (ends: Ends) => {
    setFault(null);
    if (!check(code)) return;
    const input = { enrollmentId: enrollment.id, verificationCode: narrow(code), ...ends };
    const { confirmTwoFactor } = await send(ConfirmTwoFactor, { input });
    if (confirmTwoFactor.__typename === "TwoFactorConfirmed") return onConfirmed(confirmTwoFactor);
    setCode("");
    setFault(confirmTwoFactor);
  });
  const isWrong = fault?.__typename === "InvalidVerificationCode";
  const codeError = isWrong && code === "" ? wrongCode(fault) : missing(code);
  return {
    ...{ code, setCode, codeError, run, isPending, refusal },
    error: isWrong ? null : (fault?.message ?? null),
    isExpired: fault?.__typename === "EnrollmentExpired",
  };
}

import { useState } from "react";
import { ChangePassword, type ChangePasswordMutation } from "../../generated/login-name-and-password";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { useFilledIn } from "../../ui/use-filled-in";
import { useWait } from "../../ui/wait";
import { useProof } from "../two-factor/use-proof";

type Fault = Exclude<ChangePasswordMutation["changePassword"], { __typename: "PasswordChanged" }>;
type Place = "WrongPassword" | "WeakPassword" | "InvalidVerificationCode" | "whole";

/** Keeps what is typed for a change of password, sends it, and says what came of it. */
export function useChangePassword(methods: readonly string[]) {
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState("");
  const [fault, setFault] = useState<Fault | null>(null);
  const [sessionsRevoked, setSessionsRevoked] = useState<number | null>(null);
  const proof = useProof(methods);
  const { check, missing } = useFilledIn();
  const isProofAsked = methods.length > 0;
  const { run, isPending, refusal } = useAction(async () => {
    setFault(null);
    setSessionsRevoked(null);
    wait.waitUntil(null);
    if (!check(current, wanted, ...(isProofAsked ? [proof.value] : []))) return;
    const input = { currentPassword: current, newPassword: wanted, proof: isProofAsked ? proof.proof : null };
    const { changePassword } = await send(ChangePassword, { input });
    if (changePassword.__typename !== "PasswordChanged") {
      // A weak password is told before the code was looked at.
      if (changePassword.__typename !== "WeakPassword") proof.clear();
      if (changePassword.__typename === "AccountLocked") wait.waitUntil(changePassword.lockedUntil);
      return setFault(changePassword);
    }
    setSessionsRevoked(changePassword.sessionsRevoked);
    for (const change of [setCurrent, setWanted, proof.clear]) change("");
  });
  const wait = useWait(refusal);
  const faultAt = (place: Place): string | undefined => {
    if (fault === null || placeOf(fault) !== place) return undefined;
    return wait.trueOf(fault.message) ?? undefined;
  };
  const submit = (): void => void run();
  return {
    ...{ current, setCurrent, wanted, setWanted, proof, isProofAsked, missing, faultAt },
    ...{ sessionsRevoked, wait, submit, isPending, refusal: wait.isOver ? null : refusal },
  };
}

function placeOf({ __typename }: Fault): Place {
  return __typename === "AccountLocked" || __typename === "TwoFactorUnreadable" ? "whole" : __typename;
}

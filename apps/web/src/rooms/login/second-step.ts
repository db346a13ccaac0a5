import { useState } from "react";
import { CompleteLogin, type CompleteLoginMutation } from "../../generated/login";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { useWait } from "../../ui/wait";
import type { LoggedIn } from "./login-steps";

/** What a second step leads to. */
export interface SecondStepEnds {
  readonly onLoggedIn: (loggedIn: LoggedIn) => void;
  /** Begins anew; the message says why. */
  readonly onStartOver: (message: string | null) => void;
}

type Proof = { readonly verificationCode: string } | { readonly recoveryCode: string };
type WrongCode = Extract<CompleteLoginMutation["completeLogin"], { __typename: "InvalidVerificationCode" }>;

/** Completes a login by a proof, and says what came of it. */
export function useSecondStep(challenge: string, { onLoggedIn, onStartOver }: SecondStepEnds) {
  const [wrong, setWrong] = useState<WrongCode | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(1);
  const { run, isPending, refusal } = useAction(async (proof: Proof) => {
    setWrong(null);
    setError(null);
    wait.waitUntil(null);
    const { completeLogin } = await send(CompleteLogin, { input: { challenge, proof } });
    switch (completeLogin.__typename) {
      case "LoggedIn":
        return onLoggedIn(completeLogin);
      case "ChallengeExpired":
        return onStartOver(completeLogin.message);
      case "InvalidVerificationCode":
        setAttempt((count) => count + 1);
        return setWrong(completeLogin);
      case "AccountLocked":
        wait.waitUntil(completeLogin.lockedUntil);
        return setError(completeLogin.message);
      case "TwoFactorUnreadable":
        setError(completeLogin.message);
    }
  });
  const wait = useWait(refusal);
  const submit = (proof: Proof): void => void run(proof);
  const told = { error: wait.trueOf(error), refusal: wait.isOver ? null : refusal };
  return { submit, isPending, wrong, forgetWrong: () => setWrong(null), attempt, wait, told };
}

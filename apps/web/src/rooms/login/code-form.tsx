import { type ReactElement, useEffect, useState } from "react";
import { Button } from "../../ui/button";
import { Form } from "../../ui/form";
import { ProofInput, type ProofMethodChoice, proofOf } from "../../ui/proof-input";
import { WaitCounter } from "../../ui/wait";
import { say } from "../../words/say";
import type { Challenge } from "./login-steps";
import { type SecondStepEnds, useSecondStep } from "./second-step";
import { StartOver } from "./start-over";

interface CodeFormProps extends SecondStepEnds {
  readonly challenge: Challenge;
}

/** Takes the second factor; six digits submit themselves. */
export function CodeForm({ challenge, ...ends }: CodeFormProps): ReactElement {
  const { methods } = challenge;
  const canUseCode = methods.includes("TOTP");
  const [method, setMethod] = useState<ProofMethodChoice>(canUseCode ? "TOTP" : "RECOVERY_CODE");
  const [code, setCode] = useState("");
  const [isMissing, setMissing] = useState(false);
  const { submit, isPending, wrong, forgetWrong, attempt, wait, told } = useSecondStep(
    challenge.challenge,
    ends,
  );
  useEffect(() => {
    // A refused code is of no use again: the field waits for the next one.
    if (attempt > 1) setCode("");
  }, [attempt]);
  const take = (typed: string): void => {
    setMissing(typed.trim() === "");
    if (typed.trim() !== "") submit(proofOf(method, typed));
  };
  const error = isMissing && code === "" ? say.everyPage.fillIn : wrong?.message;
  return (
    <Form onSubmit={() => take(code)} {...told}>
      {!canUseCode && <p>{say.login.recoveryCodeAlone}</p>}
      <WaitCounter wait={wait} />
      <ProofInput
        key={attempt}
        methods={methods}
        method={method}
        onMethod={(wanted) => {
          forgetWrong();
          setMethod(wanted);
        }}
        value={code}
        onChange={setCode}
        onComplete={take}
        error={error}
        autoFocus
      />
      <Button kind="main" type="submit" isPending={isPending} isDisabled={wait.secondsLeft > 0}>
        {say.login.submit}
      </Button>
      <p className="quiet">{say.login.nothingAtHand}</p>
      <StartOver onStartOver={ends.onStartOver} />
    </Form>
  );
}

import { type ReactElement, useEffect, useState } from "react";
import { Button } from "../../ui/button";
import { CardPage } from "../../ui/card-page";
import { Form } from "../../ui/form";
import { ProofInput, type ProofMethodChoice, proofOf, wrongProof } from "../../ui/proof-input";
import { WaitCounter } from "../../ui/wait";
import { say } from "../../words/say";
import type { Challenge } from "./login-steps";
import { type SecondStepEnds, useSecondStep } from "./second-step";
import { StartOver } from "./start-over";

interface CodePageProps extends SecondStepEnds {
  readonly challenge: Challenge;
}

/** The page that takes the second factor; six digits submit themselves. */
export function CodePage({ challenge, ...ends }: CodePageProps): ReactElement {
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
  const refused = wrong === null ? undefined : wrongProof(method);
  const title = method === "TOTP" ? say.login.codeTitle : say.login.recoveryCodeTitle;
  return (
    <CardPage title={title}>
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
          error={isMissing && code === "" ? say.everyPage.fillIn : refused}
          autoFocus
        />
        <Button kind="main" type="submit" isPending={isPending}>
          {say.login.submit}
        </Button>
        <p className="quiet">{say.login.nothingAtHand}</p>
        <StartOver onStartOver={ends.onStartOver} />
      </Form>
    </CardPage>
  );
}

import { type ReactElement, useEffect, useState } from "react";
import { Button } from "../../ui/button";
import { narrow } from "../../ui/code-input";
import { Form } from "../../ui/form";
import { WaitCounter } from "../../ui/wait";
import { say } from "../../words/say";
import { AuthenticatorSetup } from "../two-factor/authenticator-setup";
import { wrongCode } from "../two-factor/wrong-code";
import type { EnrollmentRequired } from "./login-steps";
import { type SecondStepEnds, useSecondStep } from "./second-step";
import { StartOver } from "./start-over";

interface EnrollmentFormProps extends SecondStepEnds {
  readonly required: EnrollmentRequired;
}

/** Sets a second factor up before the login goes on; the first code completes both. */
export function EnrollmentForm({ required, ...ends }: EnrollmentFormProps): ReactElement {
  const [code, setCode] = useState("");
  const [isMissing, setMissing] = useState(false);
  const { submit, isPending, wrong, attempt, wait, told } = useSecondStep(required.challenge, ends);
  useEffect(() => {
    // A refused code is of no use again: the field waits for the next one.
    if (attempt > 1) setCode("");
  }, [attempt]);
  const take = (typed: string): void => {
    setMissing(typed === "");
    if (typed !== "") submit({ verificationCode: narrow(typed) });
  };
  const refused = wrong === null ? undefined : wrongCode(wrong);
  return (
    <Form onSubmit={() => take(code)} {...told}>
      <p>{say.login.enrollIntroduction}</p>
      <WaitCounter wait={wait} />
      <AuthenticatorSetup
        enrollment={required.enrollment}
        code={code}
        onCode={setCode}
        onComplete={take}
        error={isMissing && code === "" ? say.everyPage.fillIn : refused}
      />
      <Button kind="main" type="submit" isPending={isPending}>
        {say.login.enrollSubmit}
      </Button>
      <StartOver onStartOver={ends.onStartOver} />
    </Form>
  );
}

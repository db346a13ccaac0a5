import { type ReactElement, useState } from "react";
import { StepUp } from "../../generated/step-up";
import type { ProofMethod } from "../../graphql/refusal";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { Button } from "../../ui/button";
import { Form } from "../../ui/form";
import { ProofInput, type ProofMethodChoice, wrongProof } from "../../ui/proof-input";
import { TextInput } from "../../ui/text-input";
import { useFilledIn } from "../../ui/use-filled-in";
import { useWait, WaitCounter } from "../../ui/wait";
import { say } from "../../words/say";
import { OwnName } from "../frame/own-name";
import { useViewer } from "../frame/viewer";
import { useProof } from "../two-factor/use-proof";

interface StepUpFormProps {
  readonly methods: readonly ProofMethod[];
  readonly onProven: () => void;
  readonly onTurnBack?: () => void;
}

/** Beside which field a fault is told; null: above them all. */
const AT = {
  WrongPassword: "password",
  InvalidVerificationCode: "code",
  AccountLocked: null,
  TwoFactorUnreadable: null,
} as const;

type Fault = { readonly at: "password" | "code" | null; readonly message: string };

/** Takes the password, and where the account has a second factor its proof too. */
export function StepUpForm({ methods, onProven, onTurnBack }: StepUpFormProps): ReactElement {
  const { viewer } = useViewer();
  const form = useStepUp(methods, onProven);
  const { proof, faultAt, missing, wait } = form;
  return (
    <Form onSubmit={form.submit} error={faultAt(null)} refusal={form.refusal}>
      <p>{say.stepUp.as(viewer.loginName)}</p>
      <p>{say.stepUp.introduction}</p>
      <WaitCounter wait={wait} />
      <OwnName />
      <TextInput
        label={say.login.password}
        name="password"
        type="password"
        autoComplete="current-password"
        value={form.password}
        onChange={form.setPassword}
        error={faultAt("password") ?? missing(form.password)}
        autoFocus
      />
      {form.needsProof && (
        <ProofInput {...proof.field} onMethod={form.turnTo} error={faultAt("code") ?? missing(proof.value)} />
      )}
      <div className="dialog-acts">
        {onTurnBack !== undefined && <Button onPress={onTurnBack}>{say.everyPage.cancel}</Button>}
        <Button kind="main" type="submit" isPending={form.isPending}>
          {say.stepUp.submit}
        </Button>
      </div>
    </Form>
  );
}

function useStepUp(methods: readonly ProofMethod[], onProven: () => void) {
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<Fault | null>(null);
  const needsProof = methods.includes("TOTP") || methods.includes("RECOVERY_CODE");
  const proof = useProof(methods);
  const { check, missing } = useFilledIn();
  const { run, isPending, refusal } = useAction(async () => {
    setFault(null);
    wait.waitUntil(null);
    if (!check(password, ...(needsProof ? [proof.value] : []))) return;
    const input = { password, proof: needsProof ? proof.proof : null };
    const { stepUp } = await send(StepUp, { input });
    if (stepUp.__typename === "SteppedUp") return onProven();
    if (stepUp.__typename === "AccountLocked") wait.waitUntil(stepUp.lockedUntil);
    const at = AT[stepUp.__typename];
    setFault({ at, message: at === "code" ? wrongProof(proof.field.method) : stepUp.message });
    proof.clear();
  });
  const wait = useWait(refusal);
  const faultAt = (at: Fault["at"]): string | undefined =>
    fault?.at === at ? (wait.trueOf(fault.message) ?? undefined) : undefined;
  const turnTo = (method: ProofMethodChoice): void => {
    setFault(null);
    proof.field.onMethod(method);
  };
  const submit = (): void => void run();
  return {
    ...{ password, setPassword, proof, needsProof, faultAt, missing },
    ...{ turnTo, wait, submit, isPending, refusal: wait.isOver ? null : refusal },
  };
}

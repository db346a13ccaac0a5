import { type ReactElement, useState } from "react";
import { say } from "../words/say";
import { Button } from "./button";
import { CodeInput, narrow } from "./code-input";
import { TextInput } from "./text-input";

/** By which of the two a second factor is proven. */
export type ProofMethodChoice = "TOTP" | "RECOVERY_CODE";

interface ProofInputProps {
  /** What can be used; where verification codes cannot, the recovery code alone is asked for. */
  readonly methods: readonly string[];
  readonly method: ProofMethodChoice;
  readonly onMethod: (method: ProofMethodChoice) => void;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Called once six digits are there. */
  readonly onComplete?: (value: string) => void;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}

/** One field for the second factor: the code of the app, or, by a press, a recovery code instead. */
export function ProofInput(props: ProofInputProps): ReactElement {
  const { methods, method, onMethod, value, onChange, onComplete, error, autoFocus = false } = props;
  const [isTurned, setTurned] = useState(false);
  const isCode = method === "TOTP";
  // The field that takes another's place takes the focus too.
  const field = { value, onChange, error, autoFocus: autoFocus || isTurned };
  const turn = (): void => {
    setTurned(true);
    onChange("");
    onMethod(isCode ? "RECOVERY_CODE" : "TOTP");
  };
  return (
    <div className="stack-tight">
      {isCode ? (
        <CodeInput
          {...field}
          {...(onComplete && { onComplete })}
          label={say.login.code}
          hint={say.login.codeHint}
        />
      ) : (
        <TextInput
          {...field}
          name="recoveryCode"
          label={say.login.recoveryCode}
          hint={say.login.recoveryCodeHint}
          autoComplete="off"
        />
      )}
      {methods.includes("TOTP") && methods.includes("RECOVERY_CODE") && (
        <div>
          <Button kind="plain" onPress={turn}>
            {isCode ? say.login.useRecoveryCode : say.login.useCode}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Why a proof was refused, and what to do: the server's sentence is for programs. */
export function wrongProof(method: ProofMethodChoice): string {
  return method === "TOTP" ? say.login.codeWrong : say.login.recoveryCodeWrong;
}

/** What was typed, as the server takes it. */
export function proofOf(
  method: ProofMethodChoice,
  value: string,
): { verificationCode: string } | { recoveryCode: string } {
  return method === "TOTP" ? { verificationCode: narrow(value) } : { recoveryCode: value };
}

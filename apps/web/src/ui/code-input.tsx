import type { ReactElement, ReactNode } from "react";
import { TextInput } from "./text-input";

interface CodeInputProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Called once six digits are there, typed or pasted. */
  readonly onComplete?: (code: string) => void;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}

/** The field for the six digits of an authenticator app. */
export function CodeInput({ value, onChange, onComplete, ...field }: CodeInputProps): ReactElement {
  const change = (typed: string): void => {
    const cleaned = typed.replace(/\s/g, "");
    onChange(cleaned);
    if (cleaned !== value && /^\d{6}$/.test(narrow(cleaned))) onComplete?.(narrow(cleaned));
  };
  return (
    <TextInput
      {...field}
      name="verificationCode"
      value={value}
      onChange={change}
      inputMode="numeric"
      autoComplete="one-time-code"
    />
  );
}

/** Digits as an authenticator app shows them: a Japanese keyboard types them wide. */
export function narrow(code: string): string {
  return code.normalize("NFKC");
}

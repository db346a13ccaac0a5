import type { ReactElement } from "react";
import { TextInput } from "../../../ui/text-input";
import { say } from "../../../words/say";

interface ReasonInputProps {
  /** Who reads it. */
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}

/** Why an administrator does something to somebody. */
export function ReasonInput(props: ReasonInputProps): ReactElement {
  return <TextInput {...props} label={say.editUser.reason} maxLength={500} autoFocus />;
}

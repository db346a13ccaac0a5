import type { ReactElement } from "react";
import { TextInput, type TextInputProps } from "../../../ui/text-input";

type NumberInputProps = Pick<TextInputProps, "label" | "hint" | "value" | "onChange" | "error">;

/** A whole number, as it is typed. */
export function NumberInput(props: NumberInputProps): ReactElement {
  return (
    <div className="narrow-field">
      <TextInput {...props} inputMode="numeric" />
    </div>
  );
}

import {
  type HTMLInputAutoCompleteAttribute,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useState,
} from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import { TextField, type TextFieldProps } from "react-aria-components/TextField";
import { say } from "../words/say";
import { Button } from "./button";
import "./text-input.css";

/** One field of a form. */
export interface TextInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is expected, under the label. */
  readonly hint?: ReactNode;
  /** What is wrong with what was typed; shown under the field, and read with it. */
  readonly error?: string | undefined;
  /** A password can be shown by a press. */
  readonly type?: "text" | "password" | "email" | "search" | "number" | "date" | "datetime-local";
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly inputMode?: "numeric" | "text" | "email";
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly name?: string;
  /** The field itself, where it is given the focus. */
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  /** So many lines instead of one. */
  readonly lines?: number;
  readonly maxLength?: number;
  readonly onKeyDown?: NonNullable<TextFieldProps["onKeyDown"]>;
}

/** Gives a field the focus so that what is typed next takes the place of what is in it. */
export function focusWhole(field: HTMLElement | null): void {
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
}

/** A text that a person types, with its label, its hint and its error bound to it. */
export function TextInput(props: TextInputProps): ReactElement {
  const { label, hint, error, lines, type = "text", inputMode, inputRef, ...field } = props;
  const [isShown, setShown] = useState(false);
  const shownType = type === "password" && isShown ? "text" : type;
  return (
    <TextField
      {...field}
      type={shownType}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className="text-input"
    >
      <Label>
        {label}
        {props.isRequired === false && <span className="quiet"> {say.everyPage.optional}</span>}
      </Label>
      {hint !== undefined && (
        <Text slot="description" className="quiet">
          {hint}
        </Text>
      )}
      <div className="text-input-box">
        {lines === undefined ? (
          <Input {...(inputMode && { inputMode })} {...(inputRef && { ref: inputRef })} />
        ) : (
          <TextArea rows={lines} />
        )}
        {type === "password" && (
          <Button kind="plain" onPress={() => setShown(!isShown)} aria-pressed={isShown}>
            {isShown ? say.everyPage.hide : say.everyPage.show}
          </Button>
        )}
      </div>
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  );
}

import { type ReactElement, type ReactNode, useId } from "react";
import { FieldSet } from "./field-set";

/** One of the choices. */
export interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly name: string;
  /** What choosing it means. */
  readonly hint?: ReactNode;
  readonly isDisabled?: boolean;
  /** What is asked besides, under the choice, once it is the one. */
  readonly part?: ReactNode;
}

interface RadioChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly RadioOption<Value>[];
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

/** One of a few, each with what it means. */
export function RadioChoice<Value extends string>(props: RadioChoiceProps<Value>): ReactElement {
  const { label, value, onChange, options, hint, error } = props;
  const name = useId();
  return (
    <FieldSet label={label} hint={hint} error={error}>
      {options.map((option) => (
        <div key={option.value} className="radio">
          <input
            type="radio"
            id={`${name}-${option.value}`}
            name={name}
            checked={option.value === value}
            disabled={option.isDisabled ?? false}
            onChange={() => onChange(option.value)}
            {...(option.hint !== undefined && { "aria-describedby": `${name}-${option.value}-hint` })}
          />
          <div>
            <label htmlFor={`${name}-${option.value}`}>{option.name}</label>
            {option.hint !== undefined && (
              <span id={`${name}-${option.value}-hint`} className="quiet">
                {option.hint}
              </span>
            )}
            {option.value === value && option.part}
          </div>
        </div>
      ))}
    </FieldSet>
  );
}

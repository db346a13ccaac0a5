import type { ReactElement } from "react";
import { Checkbox } from "./checkbox";
import { FieldSet } from "./field-set";

interface CheckboxGroupProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly error?: string | undefined;
}

/** Any number of several. */
export function CheckboxGroup(props: CheckboxGroupProps): ReactElement {
  const { label, options, values, onChange, error } = props;
  const toggle = (value: string, isSelected: boolean): void =>
    onChange(isSelected ? [...values, value] : values.filter((each) => each !== value));
  return (
    <FieldSet label={label} error={error}>
      {options.map(({ value, name }) => (
        <Checkbox
          key={value}
          isSelected={values.includes(value)}
          onChange={(isSelected) => toggle(value, isSelected)}
        >
          {name}
        </Checkbox>
      ))}
    </FieldSet>
  );
}

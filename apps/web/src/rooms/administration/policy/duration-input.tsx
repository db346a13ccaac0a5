import type { ReactElement } from "react";
import { Choice } from "../../../ui/choice";
import { FieldSet } from "../../../ui/field-set";
import { TextInput } from "../../../ui/text-input";
import { say } from "../../../words/say";
import { type Duration, UNITS } from "./duration";
import "./policy.css";

interface DurationInputProps {
  readonly label: string;
  readonly value: Duration;
  readonly onChange: (value: Duration) => void;
  readonly error?: string | undefined;
}

/** A number of seconds, minutes, hours or days. */
export function DurationInput({ label, value, onChange, error }: DurationInputProps): ReactElement {
  return (
    <FieldSet label={label}>
      <div className="duration">
        <TextInput
          label={say.policy.amount}
          inputMode="numeric"
          value={value.amount}
          onChange={(amount) => onChange({ ...value, amount })}
          error={error}
        />
        <Choice
          label={say.policy.unit}
          value={value.unit}
          onChange={(unit) => onChange({ ...value, unit })}
          options={UNITS.map((unit) => ({ value: unit, name: say.policy.units[unit] }))}
        />
      </div>
    </FieldSet>
  );
}

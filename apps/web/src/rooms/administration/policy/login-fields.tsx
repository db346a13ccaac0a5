import type { ReactElement } from "react";
import { RadioChoice } from "../../../ui/radio-choice";
import { Section } from "../../../ui/section";
import { say } from "../../../words/say";
import { NumberInput } from "./number-input";
import type { PolicyFieldsProps } from "./policy-draft";

/** When an account locks, and how its lock ends. */
export function LoginFields(fields: PolicyFieldsProps): ReactElement {
  const { draft, change, faults } = fields;
  return (
    <Section title={say.policy.loginsTitle}>
      <NumberInput
        label={say.policy.maximumFailedAttempts}
        hint={say.policy.maximumFailedAttemptsHint}
        value={draft.maximumFailedAttempts}
        onChange={(maximumFailedAttempts) => change({ maximumFailedAttempts })}
        error={faults.maximumFailedAttempts}
      />
      <RadioChoice
        label={say.policy.lock}
        value={draft.lock}
        onChange={(lock) => change({ lock })}
        options={[
          { value: "TIME", name: say.policy.lockByTime, part: <LockoutMinutes {...fields} /> },
          { value: "ADMINISTRATOR", name: say.policy.lockByAdministrator },
        ]}
      />
    </Section>
  );
}

function LockoutMinutes({ draft, change, faults }: PolicyFieldsProps): ReactElement {
  return (
    <NumberInput
      label={say.policy.lockoutMinutes}
      hint={say.policy.lockoutMinutesHint}
      value={draft.lockoutMinutes}
      onChange={(lockoutMinutes) => change({ lockoutMinutes })}
      error={faults.lockoutMinutes}
    />
  );
}

import type { ReactElement } from "react";
import { Section } from "../../../ui/section";
import { say } from "../../../words/say";
import { DurationInput } from "./duration-input";
import { NumberInput } from "./number-input";
import type { PolicyFieldsProps } from "./policy-draft";

/** How long sessions live. */
export function SessionFields({ draft, change, faults }: PolicyFieldsProps): ReactElement {
  return (
    <Section title={say.policy.sessionsTitle}>
      <DurationInput
        label={say.policy.sessionIdle}
        value={draft.idle}
        onChange={(idle) => change({ idle })}
        error={faults.idle}
      />
      <DurationInput
        label={say.policy.sessionLifetime}
        value={draft.lifetime}
        onChange={(lifetime) => change({ lifetime })}
        error={faults.lifetime}
      />
    </Section>
  );
}

/** What a new password must have. */
export function PasswordFields({ draft, change, faults }: PolicyFieldsProps): ReactElement {
  return (
    <Section title={say.policy.passwordsTitle}>
      <NumberInput
        label={say.policy.passwordMinimumLength}
        hint={say.policy.passwordMinimumLengthHint}
        value={draft.passwordMinimumLength}
        onChange={(passwordMinimumLength) => change({ passwordMinimumLength })}
        error={faults.passwordMinimumLength}
      />
    </Section>
  );
}

import type { ReactElement } from "react";
import { Checkbox } from "../../../ui/checkbox";
import { Notice } from "../../../ui/notice";
import { RadioChoice } from "../../../ui/radio-choice";
import { Section } from "../../../ui/section";
import { TextInput } from "../../../ui/text-input";
import { timeZone } from "../../../words/formats";
import { say } from "../../../words/say";
import { CredentialRules } from "./credential-rules";
import type { Policy, PolicyFieldsProps } from "./policy-draft";

const RULES = ["FORBIDDEN", "OPTIONAL", "REQUIRED_FOR_ADMINISTRATORS", "REQUIRED"] as const;
/** Organizations whose trial started before this day are not offered two-factor authentication. */
const OFFERED_FROM = "2019-09-08";

/** Who uses a second factor, from when, and who may turn it off. */
export function TwoFactorFields({ policy, ...fields }: PolicyFieldsProps & { policy: Policy }): ReactElement {
  const { draft, change } = fields;
  const isOffered = policy.trialStartedOn >= OFFERED_FROM;
  return (
    <Section title={say.policy.twoFactorTitle}>
      {!isOffered && <Notice kind="warn">{say.policy.trialTooOld}</Notice>}
      <RadioChoice
        label={say.policy.rule}
        value={draft.twoFactor}
        onChange={(twoFactor) => change({ twoFactor })}
        options={RULES.map((rule) => ({
          value: rule,
          name: say.policy.rules[rule],
          hint: say.policy.rulesMean[rule],
          isDisabled: !isOffered && rule.startsWith("REQUIRED"),
          part: rule === "REQUIRED" && <RequiredFrom {...fields} />,
        }))}
      />
      <CredentialRules rule={draft.twoFactor} />
      <div>
        <Checkbox
          isSelected={draft.resetNeedsApproval}
          onChange={(resetNeedsApproval) => change({ resetNeedsApproval })}
        >
          {say.policy.resetNeedsApproval}
        </Checkbox>
        <p className="quiet checkbox-hint">{say.policy.resetNeedsApprovalHint}</p>
      </div>
    </Section>
  );
}

function RequiredFrom({ draft, change, faults }: PolicyFieldsProps): ReactElement {
  return (
    <div className="narrow-field">
      <TextInput
        type="datetime-local"
        label={say.policy.requiredFrom}
        hint={say.policy.requiredFromHint(timeZone)}
        isRequired={false}
        value={draft.requiredFrom}
        onChange={(requiredFrom) => change({ requiredFrom })}
        error={faults.requiredFrom}
      />
    </div>
  );
}

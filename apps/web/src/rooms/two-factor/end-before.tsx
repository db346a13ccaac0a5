import type { ReactElement } from "react";
import { Checkbox } from "../../ui/checkbox";
import { FieldSet } from "../../ui/field-set";
import { say } from "../../words/say";
import type { OwnTwoFactor } from "./own-two-factor";
import type { Ends } from "./use-confirmation";

interface EndBeforeProps {
  readonly own: OwnTwoFactor;
  readonly ends: Ends;
  readonly onChange: (ends: Ends) => void;
}

/** What was made while a password alone was enough, and can be ended with it; nothing where there is none. */
export function EndBefore({ own, ends, onChange }: EndBeforeProps): ReactElement | null {
  const apiTokens = own.viewer?.apiTokens ?? [];
  const applications = own.viewer?.authorizedApplications ?? [];
  if (apiTokens.length + applications.length === 0) return null;
  const names = (named: readonly { readonly name: string }[]): string =>
    named.map(({ name }) => name).join(say.twoFactorSettings.and);
  return (
    <FieldSet label={say.twoFactorSettings.endBefore} hint={say.twoFactorSettings.endBeforeHint}>
      {apiTokens.length > 0 && (
        <Checkbox
          isSelected={ends.revokeApiTokens}
          onChange={(revokeApiTokens) => onChange({ ...ends, revokeApiTokens })}
        >
          {say.twoFactorSettings.endApiTokens(names(apiTokens))}
        </Checkbox>
      )}
      {applications.length > 0 && (
        <Checkbox
          isSelected={ends.revokeAuthorizedApplications}
          onChange={(revokeAuthorizedApplications) => onChange({ ...ends, revokeAuthorizedApplications })}
        >
          {say.twoFactorSettings.endApplications(names(applications.map(({ application }) => application)))}
        </Checkbox>
      )}
    </FieldSet>
  );
}

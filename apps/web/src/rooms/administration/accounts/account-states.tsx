import type { ReactElement } from "react";
import type { AccountKind } from "../../../generated/accounts";
import { Badge } from "../../../ui/badge";
import { say } from "../../../words/say";

interface TwoFactorBadgeProps {
  readonly kind: AccountKind;
  readonly state: "ENABLED" | "DISABLED";
}

/** Whether two-factor authentication is enabled, in a word: a warning for those who could enable it. */
export function TwoFactorBadge({ kind, state }: TwoFactorBadgeProps): ReactElement {
  const disabled = kind === "PERSON" ? "warn" : "plain";
  return <Badge kind={state === "ENABLED" ? "good" : disabled}>{say.accounts.twoFactorStates[state]}</Badge>;
}

/** Whether an account can be used. */
export function StatusBadges({
  status,
  locked,
}: {
  readonly status: "ACTIVE" | "SUSPENDED";
  readonly locked: boolean;
}): ReactElement {
  return (
    <span className="row">
      {status === "SUSPENDED" && <Badge kind="bad">{say.accounts.statuses.SUSPENDED}</Badge>}
      {locked && <Badge kind="warn">{say.accounts.locks.true}</Badge>}
      {status === "ACTIVE" && !locked && <Badge kind="plain">{say.accounts.statuses.ACTIVE}</Badge>}
    </span>
  );
}

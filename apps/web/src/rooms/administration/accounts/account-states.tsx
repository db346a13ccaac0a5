import type { ReactElement } from "react";
import { Badge } from "../../../ui/badge";
import { say } from "../../../words/say";

/** Whether two-factor authentication is enabled, in a word. */
export function TwoFactorBadge({ state }: { readonly state: "ENABLED" | "DISABLED" }): ReactElement {
  return <Badge kind={state === "ENABLED" ? "good" : "warn"}>{say.accounts.twoFactorStates[state]}</Badge>;
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

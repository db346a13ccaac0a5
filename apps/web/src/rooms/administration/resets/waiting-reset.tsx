import type { ReactElement } from "react";
import { Facts } from "../../../ui/facts";
import { Section } from "../../../ui/section";
import { moment } from "../../../words/formats";
import { say } from "../../../words/say";
import { useViewer, type Viewer } from "../../frame/viewer";
import { ApproveReset, RejectReset } from "./decide-reset";
import type { Reset, WaitingResetProps } from "./reset";
import { WhatEnds } from "./what-ends";

/** What is asked for, why, and what can be done about it. */
export function WaitingReset(props: WaitingResetProps): ReactElement {
  const { reset } = props;
  const { viewer } = useViewer();
  const { account, requestedBy } = reset;
  return (
    <Section title={say.resets.of(account.displayName, account.loginName)}>
      <Facts
        facts={[
          [say.resets.requestedBy, say.resets.of(requestedBy.displayName, requestedBy.loginName)],
          [say.resets.requestedAt, moment(reset.requestedAt)],
          [say.resets.reason, reset.reason],
          [say.resets.until, moment(reset.expiresAt)],
          [say.resets.ends, <WhatEnds key="ends" reset={reset} />],
        ]}
      />
      {!reset.approvable && <p className="quiet">{whyNot(reset, viewer)}</p>}
      <div className="row">
        {reset.approvable && <ApproveReset {...props} />}
        <RejectReset {...props} isOwn={requestedBy.id === viewer.id} />
      </div>
    </Section>
  );
}

function whyNot({ account, requestedBy }: Reset, viewer: Viewer): string {
  if (requestedBy.id === viewer.id) return say.resets.ownRequest;
  if (account.id === viewer.id) return say.resets.ownAccount;
  return viewer.twoFactor.state === "ENABLED" ? say.resets.notYet : say.resets.noSecondFactor;
}

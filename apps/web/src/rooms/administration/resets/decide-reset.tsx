import type { ReactElement } from "react";
import {
  ApproveTwoFactorReset,
  type ApproveTwoFactorResetMutation,
  RejectTwoFactorReset,
} from "../../../generated/two-factor-resets";
import { send } from "../../../graphql/send";
import { ConfirmedAct } from "../../../ui/confirmed-act";
import { say } from "../../../words/say";
import type { WaitingResetProps } from "./reset";
import { WhatEnds } from "./what-ends";

type Approved = Extract<
  ApproveTwoFactorResetMutation["approveTwoFactorReset"],
  { __typename: "TwoFactorReset" }
>;

/** Approves a reset, which disables two-factor authentication. */
export function ApproveReset({ reset, onDecided, onGone }: WaitingResetProps): ReactElement {
  const name = reset.account.displayName;
  const input = { approvalId: reset.id };
  return (
    <ConfirmedAct
      act={say.resets.approve}
      label={say.resets.approveOf(name)}
      button="main"
      title={say.resets.approveTitle(name)}
      onConfirm={async () => {
        const { approveTwoFactorReset: answer } = await send(ApproveTwoFactorReset, { input });
        if (answer.__typename === "ApprovalUnknown") onGone(answer.message);
        return answer;
      }}
      onDone={(answer) => onDecided(writeApproved(name, answer))}
    >
      <p>{say.resets.approveMeans}</p>
      <WhatEnds reset={reset} />
    </ConfirmedAct>
  );
}

/** Rejects a reset, or withdraws one's own request. */
export function RejectReset(props: WaitingResetProps & { readonly isOwn: boolean }): ReactElement {
  const { reset, onDecided, onGone, isOwn } = props;
  const name = reset.account.displayName;
  const input = { approvalId: reset.id };
  return (
    <ConfirmedAct
      act={isOwn ? say.resets.withdraw : say.resets.reject}
      label={isOwn ? say.resets.withdrawOf(name) : say.resets.rejectOf(name)}
      title={isOwn ? say.resets.withdrawTitle(name) : say.resets.rejectTitle(name)}
      kind="main"
      onConfirm={async () => {
        const { rejectTwoFactorReset: answer } = await send(RejectTwoFactorReset, { input });
        if (answer.__typename === "ApprovalUnknown") onGone(answer.message);
        return answer;
      }}
      onDone={() => onDecided(isOwn ? say.resets.withdrawn(name) : say.resets.rejected(name))}
    >
      <p>{isOwn ? say.resets.withdrawMeans : say.resets.rejectMeans}</p>
    </ConfirmedAct>
  );
}

function writeApproved(name: string, answer: Approved): string {
  const { sessionsRevoked, applicationsRevoked, apiTokensRevoked } = answer;
  const parts = [
    say.resets.approved(name),
    say.resets.sessionsEnded(sessionsRevoked),
    applicationsRevoked > 0 && say.resets.applicationsEnded(applicationsRevoked),
    apiTokensRevoked > 0 && say.resets.tokensEnded(apiTokensRevoked),
  ];
  return parts.filter((part) => part !== false).join(" ");
}

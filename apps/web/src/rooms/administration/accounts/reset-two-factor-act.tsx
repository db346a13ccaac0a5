import { type ReactElement, type ReactNode, useState } from "react";
import { Link } from "wouter";
import { ResetTwoFactor, type ResetTwoFactorMutation } from "../../../generated/edit-account";
import { send } from "../../../graphql/send";
import { emptyAmong, type Failure } from "../../../graphql/use-change";
import { Checkbox } from "../../../ui/checkbox";
import { ConfirmedAct } from "../../../ui/confirmed-act";
import { moment } from "../../../words/formats";
import { say } from "../../../words/say";
import type { PartProps } from "./edited-account";
import { ReasonInput } from "./reason-input";

type Done = Exclude<ResetTwoFactorMutation["resetTwoFactor"], Failure>;

/** Disables another account's second factor, after saying what that ends; or asks a second administrator to. */
export function ResetTwoFactorAct({
  account,
  onDone,
  needsApproval,
}: PartProps & { readonly needsApproval: boolean }): ReactElement {
  const [reason, setReason] = useState("");
  const [revokeAuthorizedApplications, setApplications] = useState(true);
  const [revokeApiTokens, setTokens] = useState(false);
  const [act, titleOf] = needsApproval
    ? [say.editUser.request, say.editUser.requestTitle]
    : [say.editUser.reset, say.editUser.resetTitle];
  const input = { accountId: account.id, reason, revokeAuthorizedApplications, revokeApiTokens };
  return (
    <div className="row">
      <ConfirmedAct
        act={act}
        button="danger"
        title={titleOf(account.displayName)}
        fields={["reason"]}
        onConfirm={async () =>
          emptyAmong({ reason }) ?? (await send(ResetTwoFactor, { input })).resetTwoFactor
        }
        onDone={(answer) => onDone(messageOf(answer))}
      >
        {(errorAt) => (
          <>
            {needsApproval && <p>{say.editUser.resetNeedsApproval}</p>}
            <p>{needsApproval ? say.editUser.resetOnceApproved : say.editUser.resetHint}</p>
            <ReasonInput
              hint={say.editUser.resetReasonHint}
              value={reason}
              onChange={setReason}
              error={errorAt("reason")}
            />
            <div>
              <Checkbox isSelected={revokeAuthorizedApplications} onChange={setApplications}>
                {say.editUser.alsoApplications}
              </Checkbox>
              <Checkbox isSelected={revokeApiTokens} onChange={setTokens}>
                {say.editUser.alsoTokens}
              </Checkbox>
            </div>
          </>
        )}
      </ConfirmedAct>
    </div>
  );
}

/** That a reset waits, and where it is decided. */
export function WaitingReset({ until }: { readonly until: string }): ReactElement {
  return (
    <>
      {say.editUser.resetPending(moment(until))} <Link href="/resets">{say.editUser.toResets}</Link>
    </>
  );
}

function messageOf(answer: Done): ReactNode {
  if (answer.__typename === "TwoFactorResetPending") return <WaitingReset until={answer.expiresAt} />;
  const { sessionsRevoked, apiTokensRevoked, applicationsRevoked } = answer;
  return say.editUser.resetDone(sessionsRevoked, apiTokensRevoked, applicationsRevoked);
}

import { type ReactElement, useState } from "react";
import { ReinstateAccount, SuspendAccount, UnlockAccount } from "../../../generated/edit-account";
import { send } from "../../../graphql/send";
import { useAction } from "../../../graphql/use-action";
import { emptyAmong } from "../../../graphql/use-change";
import { Button } from "../../../ui/button";
import { Checkbox } from "../../../ui/checkbox";
import { ConfirmedAct } from "../../../ui/confirmed-act";
import { Facts } from "../../../ui/facts";
import { Form } from "../../../ui/form";
import { Section } from "../../../ui/section";
import { moment } from "../../../words/formats";
import { say } from "../../../words/say";
import { StatusBadges } from "./account-states";
import { hintsFor, type PartProps } from "./edited-account";
import { ReasonInput } from "./reason-input";

/** Whether the account can be used: locked, suspended, or neither. */
export function AccessPart(part: PartProps): ReactElement {
  const { account } = part;
  const { status, locked, lockedUntil } = account;
  const { verificationCodesExhausted } = account.twoFactor;
  return (
    <Section title={say.editUser.access}>
      <StatusBadges status={status} locked={locked} />
      {status === "SUSPENDED" && <p>{say.editUser.isSuspended}</p>}
      {status === "ACTIVE" && !locked && <p>{say.editUser.isActive}</p>}
      {locked && <p>{say.editUser.isLocked}</p>}
      {lockedUntil !== null && <p>{say.editUser.lockedUntil(moment(lockedUntil))}</p>}
      {verificationCodesExhausted && <p>{say.editUser.codesRefused}</p>}
      <Facts
        facts={[
          [say.editUser.createdAt, moment(account.createdAt)],
          [
            say.accounts.lastLogin,
            account.lastLoginAt === null ? say.everyPage.never : moment(account.lastLoginAt),
          ],
        ]}
      />
      <div className="row">
        {(locked || verificationCodesExhausted) && <Unlock {...part} />}
        {status === "SUSPENDED" ? <Reinstate {...part} /> : <Suspend {...part} />}
      </div>
    </Section>
  );
}

function Unlock({ account, onDone }: PartProps): ReactElement {
  return (
    <ActAtOnce
      name={say.editUser.unlock}
      act={() => send(UnlockAccount, { input: { accountId: account.id } })}
      onDone={() => onDone(say.editUser.unlocked)}
    />
  );
}

function Reinstate({ account, onDone }: PartProps): ReactElement {
  return (
    <ActAtOnce
      name={say.editUser.reinstate}
      act={() => send(ReinstateAccount, { input: { accountId: account.id } })}
      onDone={() => onDone(say.editUser.reinstated)}
    />
  );
}

interface ActAtOnceProps {
  readonly name: string;
  readonly act: () => Promise<unknown>;
  readonly onDone: () => void;
}

/** What ends nothing needs no question. */
function ActAtOnce({ name, act, onDone }: ActAtOnceProps): ReactElement {
  const { run, isPending, refusal } = useAction(async () => {
    await act();
    onDone();
  });
  return (
    <Form onSubmit={() => void run()} refusal={refusal} label={name}>
      <Button kind="main" type="submit" isPending={isPending}>
        {name}
      </Button>
    </Form>
  );
}

function Suspend({ account, isOwn, onDone }: PartProps): ReactElement {
  const [reason, setReason] = useState("");
  const [keepApiTokens, setTokens] = useState(false);
  const [keepAuthorizedApplications, setApplications] = useState(false);
  const input = { accountId: account.id, reason, keepApiTokens, keepAuthorizedApplications };
  return (
    <ConfirmedAct
      act={say.editUser.suspend}
      title={say.editUser.suspendTitle(account.displayName)}
      fields={["reason"]}
      onConfirm={async () => emptyAmong({ reason }) ?? (await send(SuspendAccount, { input })).suspendAccount}
      onDone={({ sessionsRevoked }) =>
        isOwn ? window.location.assign("/login") : onDone(say.editUser.suspended(sessionsRevoked))
      }
    >
      {(errorAt) => (
        <>
          <p>{hintsFor(account).suspend}</p>
          {isOwn && <p>{say.editUser.endsOwn}</p>}
          <ReasonInput
            hint={say.editUser.reasonHint}
            value={reason}
            onChange={setReason}
            error={errorAt("reason")}
          />
          <div>
            <Checkbox isSelected={keepApiTokens} onChange={setTokens}>
              {say.editUser.keepTokens}
            </Checkbox>
            <Checkbox isSelected={keepAuthorizedApplications} onChange={setApplications}>
              {say.editUser.keepApplications}
            </Checkbox>
          </div>
        </>
      )}
    </ConfirmedAct>
  );
}

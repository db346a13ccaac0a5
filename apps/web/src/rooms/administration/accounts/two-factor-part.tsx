import type { ReactElement } from "react";
import { Link } from "wouter";
import { Facts } from "../../../ui/facts";
import { Notice } from "../../../ui/notice";
import { Section } from "../../../ui/section";
import { moment, number } from "../../../words/formats";
import { say } from "../../../words/say";
import { TwoFactorBadge } from "./account-states";
import type { EditedAccount, PartProps, ResetState } from "./edited-account";
import { ResetTwoFactorAct, WaitingReset } from "./reset-two-factor-act";

interface TwoFactorPartProps extends PartProps {
  readonly reset: ResetState;
}

/** The second factor of the account, and how to disable it where its device is lost. */
export function TwoFactorPart({ reset, ...part }: TwoFactorPartProps): ReactElement {
  const { account, isOwn } = part;
  const { needsApproval, waitsUntil } = reset;
  const canReset = !needsApproval || waitsUntil === null;
  const { state, verificationCodesExhausted } = account.twoFactor;
  return (
    <Section title={say.editUser.twoFactor}>
      <Facts facts={factsOf(account)} />
      <Explanation account={account} isOwn={isOwn} />
      {verificationCodesExhausted && <Notice kind="warn">{say.editUser.codesExhausted}</Notice>}
      {waitsUntil !== null && (
        <Notice kind="info">
          <WaitingReset until={waitsUntil} />
        </Notice>
      )}
      {state === "ENABLED" && isOwn && (
        <p>
          {say.editUser.selfReset} <ToOwn>{say.editUser.ownTwoFactor}</ToOwn>
        </p>
      )}
      {state === "ENABLED" && !isOwn && canReset && (
        <ResetTwoFactorAct {...part} needsApproval={needsApproval} />
      )}
    </Section>
  );
}

function factsOf({ kind, twoFactor }: EditedAccount): (readonly [string, string | ReactElement])[] {
  const { state, enabledAt, authenticators, recoveryCodesRemaining, requiredFrom } = twoFactor;
  const badge = <TwoFactorBadge key="state" kind={kind} state={state} />;
  const names = (authenticators ?? []).map(({ name }) => name).join(", ");
  return [
    [say.editUser.twoFactorState, badge],
    ...(enabledAt === null ? [] : [[say.editUser.twoFactorSince, moment(enabledAt)] as const]),
    ...(state === "DISABLED"
      ? []
      : [
          [say.editUser.authenticators, `${number(authenticators?.length ?? 0)} (${names})`] as const,
          [say.editUser.recoveryCodes, number(recoveryCodesRemaining ?? 0)] as const,
        ]),
    ...(requiredFrom === null ? [] : [[say.editUser.requiredFrom, moment(requiredFrom)] as const]),
  ];
}

/** Why it is as it is, and who can change that. */
function Explanation({ account, isOwn }: Pick<PartProps, "account" | "isOwn">): ReactElement | null {
  const { state, availability } = account.twoFactor;
  if (state === "ENABLED") return availability === "NOT_ALLOWED" ? <p>{say.editUser.dormant}</p> : null;
  if (availability !== "AVAILABLE") return <p>{say.editUser.unavailable[availability]}</p>;
  return <p>{isOwn ? <ToOwn>{say.editUser.ownOff}</ToOwn> : say.editUser.offHint}</p>;
}

function ToOwn({ children }: { readonly children: string }): ReactElement {
  return <Link href="~/account/login-name-and-password">{children}</Link>;
}

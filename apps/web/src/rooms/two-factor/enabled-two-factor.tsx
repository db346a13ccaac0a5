import { type ReactElement, useState } from "react";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { day } from "../../words/formats";
import { say } from "../../words/say";
import { Authenticators } from "./authenticators";
import { DisableDialog } from "./disable-dialog";
import { obstacleOf } from "./obstacle";
import { type EnabledProps, isRequired, methodsOf } from "./own-two-factor";
import { RecoveryCodesLeft } from "./recovery-codes-left";

/** Authenticators and recovery codes of a person with two-factor authentication, and the way to disable it. */
export function EnabledTwoFactor({ own, onDone }: EnabledProps): ReactElement | null {
  if (own.viewer === null) return null;
  const { enabledAt, availability, verificationCodesExhausted, recoveryCodesRemaining } =
    own.viewer.twoFactor;
  const isDormant = availability === "NOT_ALLOWED";
  return (
    <>
      <p className="row">
        <Badge kind={isDormant ? "warn" : "good"}>
          {isDormant ? say.twoFactorSettings.dormant : say.twoFactorSettings.enabled}
        </Badge>
        {enabledAt !== null && (
          <span className="quiet">{say.twoFactorSettings.enabledSince(day(enabledAt))}</span>
        )}
      </p>
      {availability !== "AVAILABLE" && <Notice kind="info">{obstacleOf(own)}</Notice>}
      {verificationCodesExhausted && !isDormant && (
        <Notice kind="warn">
          {recoveryCodesRemaining === 0
            ? say.twoFactorSettings.allExhausted
            : say.twoFactorSettings.exhausted}
        </Notice>
      )}
      <Authenticators own={own} onDone={onDone} />
      {!isDormant && <RecoveryCodesLeft own={own} onDone={onDone} />}
      {!isDormant && <Disable own={own} onDone={onDone} />}
    </>
  );
}

function Disable({ own, onDone }: EnabledProps): ReactElement {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <h3 className="part-title">{say.twoFactorSettings.disableTitle}</h3>
      {isRequired(own) ? (
        <p>{say.twoFactorSettings.requiredByPolicy}</p>
      ) : (
        <>
          <p>{say.twoFactorSettings.disableHint}</p>
          <div className="row">
            <Button onPress={() => setAsking(true)}>{say.twoFactorSettings.disable}</Button>
          </div>
        </>
      )}
      {isAsking && (
        <DisableDialog methods={methodsOf(own)} onDone={onDone} onClose={() => setAsking(false)} />
      )}
    </>
  );
}

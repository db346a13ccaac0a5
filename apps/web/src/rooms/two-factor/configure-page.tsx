import { type ReactElement, useState } from "react";
import { useLocation } from "wouter";
import { GetOwnTwoFactor } from "../../generated/own-two-factor";
import { useQuery } from "../../graphql/use-query";
import { Asked } from "../../ui/asked";
import { Button } from "../../ui/button";
import { PageTitle } from "../../ui/card-page";
import { Notice } from "../../ui/notice";
import { say } from "../../words/say";
import { useViewer } from "../frame/viewer";
import { BackToSettings } from "./back-to-settings";
import { EndBefore } from "./end-before";
import { Enroll } from "./enroll";
import { obstacleOf } from "./obstacle";
import type { OwnTwoFactor } from "./own-two-factor";
import { RecoveryCodes } from "./recovery-codes";
import type { Confirmed } from "./use-confirmation";

/** Sets up the first authenticator, which enables two-factor authentication, or a further one. */
export function ConfigurePage(): ReactElement {
  const [query, reload] = useQuery(GetOwnTwoFactor, {});
  const [confirmed, setConfirmed] = useState<Confirmed | null>(null);
  if (confirmed !== null) return <Done confirmed={confirmed} />;
  return (
    <Asked query={query} reload={reload}>
      {(own) => <Configure own={own} onConfirmed={setConfirmed} />}
    </Asked>
  );
}

interface ConfigureProps {
  readonly own: OwnTwoFactor;
  readonly onConfirmed: (confirmed: Confirmed) => void;
}

function Configure({ own, onConfirmed }: ConfigureProps): ReactElement {
  const isFirst = own.viewer?.twoFactor.state === "DISABLED";
  const obstacle = obstacleOf(own);
  return (
    <div className="stack">
      <BackToSettings />
      <PageTitle>{isFirst ? say.twoFactorSettings.configureTitle : say.twoFactorSettings.addTitle}</PageTitle>
      {obstacle === null ? (
        <section className="section">
          {isFirst ? (
            <First own={own} onConfirmed={onConfirmed} />
          ) : (
            <>
              <p>{say.twoFactorSettings.addIntroduction}</p>
              <Enroll asksName act={say.twoFactorSettings.addAct} onConfirmed={onConfirmed} />
            </>
          )}
        </section>
      ) : (
        <Notice kind="info">{obstacle}</Notice>
      )}
    </div>
  );
}

function First({ own, onConfirmed }: ConfigureProps): ReactElement {
  return (
    <>
      <p>{say.twoFactorSettings.configureIntroduction}</p>
      <Enroll
        act={say.twoFactorSettings.enable}
        onConfirmed={onConfirmed}
        choice={(ends, onChange) => (
          <>
            <p className="quiet">{say.twoFactorSettings.passwordRequests}</p>
            <EndBefore own={own} ends={ends} onChange={onChange} />
          </>
        )}
      />
    </>
  );
}

function Done({ confirmed }: { readonly confirmed: Confirmed }): ReactElement {
  const { viewer, reload } = useViewer();
  const [, navigate] = useLocation();
  const { recoveryCodes, authenticator, sessionsRevoked } = confirmed;
  const leave = async (): Promise<void> => {
    await reload();
    navigate("/login-name-and-password", { replace: true });
  };
  if (recoveryCodes === null)
    return (
      <>
        <PageTitle>{say.twoFactorSettings.addedTitle}</PageTitle>
        <section className="section">
          <Notice kind="good">{say.twoFactorSettings.addedMeans(authenticator.name)}</Notice>
          <div className="row">
            <Button kind="main" onPress={() => void leave()}>
              {say.twoFactorSettings.finish}
            </Button>
          </div>
        </section>
      </>
    );
  return (
    <>
      <PageTitle>{say.twoFactorSettings.keepCodes}</PageTitle>
      <section className="section">
        <Notice kind="good">{say.twoFactorSettings.enabledNow(sessionsRevoked)}</Notice>
        <RecoveryCodes
          codes={recoveryCodes}
          loginName={viewer.loginName}
          onKept={() => void leave()}
          act={say.twoFactorSettings.finish}
        />
      </section>
    </>
  );
}

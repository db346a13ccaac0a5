import { type ReactElement, useState } from "react";
import { Redirect } from "wouter";
import { GetOwnTwoFactor } from "../../generated/own-two-factor";
import { useQuery } from "../../graphql/use-query";
import { Asked } from "../../ui/asked";
import { PageTitle } from "../../ui/card-page";
import { Notice } from "../../ui/notice";
import { say } from "../../words/say";
import { useViewer } from "../frame/viewer";
import { BackToSettings } from "./back-to-settings";
import { Enroll } from "./enroll";
import { obstacleOf } from "./obstacle";
import type { OwnTwoFactor } from "./own-two-factor";
import { RemoveOld } from "./remove-old";
import type { Confirmed } from "./use-confirmation";

/** Leads from an old phone to a new one: first the new one is added, then the old one removed. */
export function MovePage(): ReactElement {
  const { viewer } = useViewer();
  const [query, reload] = useQuery(GetOwnTwoFactor, {});
  const [confirmed, setConfirmed] = useState<Confirmed | null>(null);
  if (viewer.twoFactor.state === "DISABLED") return <Redirect to="/two-factor/configure" replace />;
  if (confirmed !== null) return <RemoveOld added={confirmed.authenticator} />;
  return (
    <>
      <BackToSettings />
      <PageTitle>{say.twoFactorSettings.moveFirst}</PageTitle>
      <Asked query={query} reload={reload}>
        {(own) => <AddNew own={own} onConfirmed={setConfirmed} />}
      </Asked>
    </>
  );
}

interface AddNewProps {
  readonly own: OwnTwoFactor;
  readonly onConfirmed: (confirmed: Confirmed) => void;
}

function AddNew({ own, onConfirmed }: AddNewProps): ReactElement {
  const obstacle = obstacleOf(own);
  if (obstacle !== null) return <Notice kind="info">{obstacle}</Notice>;
  return (
    <section className="section">
      <p>{say.twoFactorSettings.moveIntroduction}</p>
      <Enroll asksName act={say.twoFactorSettings.addPhone} onConfirmed={onConfirmed} />
    </section>
  );
}

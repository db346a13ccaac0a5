import { type ReactElement, useState } from "react";
import { Redirect } from "wouter";
import { PageTitle } from "../../ui/card-page";
import { say } from "../../words/say";
import { useViewer } from "../frame/viewer";
import { BackToSettings } from "./back-to-settings";
import { Enroll } from "./enroll";
import { RemoveOld } from "./remove-old";
import type { Confirmed } from "./use-confirmation";

/** Leads from an old phone to a new one: first the new one is added, then the old one removed. */
export function MovePage(): ReactElement {
  const { viewer } = useViewer();
  const [confirmed, setConfirmed] = useState<Confirmed | null>(null);
  if (viewer.twoFactor.state === "DISABLED") return <Redirect to="/two-factor/configure" replace />;
  if (confirmed !== null)
    return (
      <>
        <PageTitle>{say.twoFactorSettings.moveSecond}</PageTitle>
        <RemoveOld added={confirmed.authenticator} />
      </>
    );
  return (
    <>
      <PageTitle>{say.twoFactorSettings.moveFirst}</PageTitle>
      <BackToSettings />
      <section className="section">
        <p>{say.twoFactorSettings.moveIntroduction}</p>
        <Enroll act={say.twoFactorSettings.addPhone} onConfirmed={setConfirmed} />
      </section>
    </>
  );
}

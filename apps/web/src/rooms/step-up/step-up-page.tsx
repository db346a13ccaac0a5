import type { ReactElement } from "react";
import { CardPage } from "../../ui/card-page";
import { say } from "../../words/say";
import { SignedIn, useViewer } from "../frame/viewer";
import { goOn } from "../login/go-on";
import { StepUpForm } from "./step-up-form";

/** A fresh proof as a page of its own: for a client's request that asks for one. */
export function StepUpPage(): ReactElement {
  return (
    <SignedIn>
      <CardPage title={say.stepUp.title}>
        <Proof />
      </CardPage>
    </SignedIn>
  );
}

function Proof(): ReactElement {
  const { viewer } = useViewer();
  const hasSecondFactor =
    viewer.twoFactor.state === "ENABLED" && viewer.twoFactor.availability !== "NOT_ALLOWED";
  return (
    <>
      <p>{say.stepUp.as(viewer.loginName)}</p>
      <StepUpForm
        methods={hasSecondFactor ? ["PASSWORD", "TOTP", "RECOVERY_CODE"] : ["PASSWORD"]}
        onProven={goOn}
      />
    </>
  );
}

import type { ReactElement } from "react";
import { CardPage } from "../../ui/card-page";
import { say } from "../../words/say";
import { NotMe } from "../consent/not-me";
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
      <StepUpForm
        methods={hasSecondFactor ? ["PASSWORD", "TOTP", "RECOVERY_CODE"] : ["PASSWORD"]}
        onProven={goOn}
      />
      <WayOut />
    </>
  );
}

/** For whoever cannot give the proof: an application's question may be for someone else. */
function WayOut(): ReactElement {
  const next = new URLSearchParams(window.location.search).get("next") ?? "";
  const id = /^\/consent\/([\w-]+)/.exec(next)?.[1];
  if (id !== undefined) return <NotMe id={id} />;
  return (
    <p className="aside">
      <a href="/account">{say.everyPage.toAccount}</a>
    </p>
  );
}

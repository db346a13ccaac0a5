import type { ReactElement } from "react";
import { say } from "../words/say";
import { Notice } from "./notice";

/** Says that the session is over, and lets the person log in beside this page, so that nothing on it is lost. */
export function SignedOut(): ReactElement {
  return (
    <Notice kind="bad">
      <p>
        <strong>{say.everyPage.sessionEnded}</strong>
      </p>
      <p>{say.everyPage.sessionEndedHint}</p>
      <p>
        <a href="/login?next=%2Faccount" target="_blank" rel="noreferrer">
          {say.everyPage.logInInNewTab}
        </a>
      </p>
    </Notice>
  );
}

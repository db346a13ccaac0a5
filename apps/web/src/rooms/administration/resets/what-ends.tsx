import type { ReactElement } from "react";
import { say } from "../../../words/say";
import type { WaitingResetProps } from "./reset";

/** What ends where a reset is approved. */
export function WhatEnds({ reset }: Pick<WaitingResetProps, "reset">): ReactElement {
  return (
    <ul>
      <li>{say.resets.endsFactor}</li>
      <li>{say.resets.endsSessions}</li>
      {reset.revokeAuthorizedApplications && <li>{say.resets.endsApplications}</li>}
      {reset.revokeApiTokens && <li>{say.resets.endsTokens}</li>}
    </ul>
  );
}

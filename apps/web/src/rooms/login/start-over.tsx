import type { ReactElement } from "react";
import { Button } from "../../ui/button";
import { say } from "../../words/say";
import type { SecondStepEnds } from "./second-step";

/** The way back to name and password. */
export function StartOver({ onStartOver }: Pick<SecondStepEnds, "onStartOver">): ReactElement {
  return (
    <div className="aside">
      <Button kind="plain" onPress={() => onStartOver(null)}>
        {say.login.startOver}
      </Button>
    </div>
  );
}

import type { ReactElement } from "react";
import { Button } from "../../ui/button";
import { CardPage } from "../../ui/card-page";
import { Notice } from "../../ui/notice";
import { say } from "../../words/say";
import { FEW_CODES } from "../two-factor/few-codes";

interface CodesLeftProps {
  readonly left: number;
  readonly onGoOn: () => void;
}

/** Tells how many recovery codes remain, after one was used. */
export function CodesLeft({ left, onGoOn }: CodesLeftProps): ReactElement {
  return (
    <CardPage title={say.login.codesLeftTitle}>
      <Notice kind={left <= FEW_CODES ? "warn" : "info"}>
        <p>{say.login.codesLeft(left)}</p>
        {left <= FEW_CODES && <p>{say.login.fewCodesLeft}</p>}
      </Notice>
      <Button kind="main" onPress={onGoOn} autoFocus>
        {say.twoFactorSetup.goOn}
      </Button>
    </CardPage>
  );
}

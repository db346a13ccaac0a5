import type { ReactElement } from "react";
import { Button } from "../../ui/button";
import { CardPage } from "../../ui/card-page";
import { say } from "../../words/say";

/** In place of a page whose account is not logged in any more, because another one is: nothing of either is shown. */
export function OtherAccount(): ReactElement {
  return (
    <CardPage title={say.everyPage.otherAccountTitle}>
      <p role="alert">{say.everyPage.otherAccount}</p>
      <Button kind="main" onPress={() => window.location.reload()}>
        {say.everyPage.loadAgain}
      </Button>
    </CardPage>
  );
}

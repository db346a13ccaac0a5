import { Component, type ReactElement, type ReactNode } from "react";
import { say } from "../words/say";
import { Button } from "./button";
import { CardPage } from "./card-page";

/** Catches a fault of a page, says so, and lets the person load it again. */
export class Guard extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed(): ReactElement {
  return (
    <CardPage title={say.everyPage.failedTitle}>
      <p role="alert">{say.everyPage.failed}</p>
      <Button kind="main" onPress={() => window.location.reload()}>
        {say.everyPage.loadAgain}
      </Button>
    </CardPage>
  );
}

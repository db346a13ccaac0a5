import type { ReactElement } from "react";
import { say } from "../words/say";
import { CardPage } from "./card-page";

/** Where an address leads to no page. */
export function NotFound(): ReactElement {
  return (
    <CardPage title={say.common.notFoundTitle}>
      <p>{say.common.notFound}</p>
      <p>
        <a href="/account">{say.common.toAccount}</a>
      </p>
    </CardPage>
  );
}

import type { ReactElement } from "react";
import { say } from "../words/say";
import { CardPage, PageTitle } from "./card-page";

/** Where an address leads to no page. */
export function NotFound(): ReactElement {
  return (
    <CardPage title={say.everyPage.notFoundTitle}>
      <Hint />
    </CardPage>
  );
}

/** The same below a section, whose pages stand around it. */
export function NothingHere(): ReactElement {
  return (
    <>
      <PageTitle>{say.everyPage.notFoundTitle}</PageTitle>
      <Hint />
    </>
  );
}

function Hint(): ReactElement {
  return (
    <>
      <p>{say.everyPage.notFound}</p>
      <p>
        <a href="/account">{say.everyPage.toAccount}</a>
      </p>
    </>
  );
}

import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { Brand, issuerName } from "./brand";
import { Loading } from "./loading";
import "./card-page.css";

/** A page of one card: for whoever is not logged in, or answers one question. */
export function CardPage({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <main className="card-page">
      <div className="card stack">
        <header>
          <Brand />
          <PageTitle>{title}</PageTitle>
        </header>
        {children}
      </div>
    </main>
  );
}

const drawnTitle = document.querySelector("#root h1")?.textContent ?? "";

/** A page that is on its way: the card that the server drew for it stays, where it drew one. */
export function ComingPage(): ReactElement {
  if (drawnTitle === "") return <Loading />;
  return (
    <CardPage title={drawnTitle}>
      <Loading />
    </CardPage>
  );
}

/** The title of a page, also of its tab; a page that replaces another is announced by it, as a loaded one would be. */
export function PageTitle({ children }: { readonly children: string }): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} – ${issuerName}`;
    // A field that took the focus keeps it; the link that led here does not.
    const { activeElement } = document;
    const isFree = activeElement === null || activeElement.matches("body, a");
    if (isFree) heading.current?.focus();
  }, [children]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

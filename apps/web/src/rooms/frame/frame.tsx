import type { ReactElement, ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { LogOut } from "../../generated/viewer";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { Brand } from "../../ui/brand";
import { Button } from "../../ui/button";
import { SignedOut } from "../../ui/signed-out";
import { say } from "../../words/say";
import { StepUpDialog } from "../step-up/step-up-dialog";
import { useViewer } from "./viewer";
import "./frame.css";

/** A page of a section: its path below it, its name, and below which other path one is still on it. */
interface FramePage {
  readonly path: string;
  readonly name: string;
  readonly also?: string;
}

interface FrameProps {
  readonly section: "account" | "administration";
  readonly pages: readonly FramePage[];
  readonly children: ReactNode;
}

/** What stands around the pages of whoever is logged in: where they are, where they can go, who they are. */
export function Frame({ section, pages, children }: FrameProps): ReactElement {
  const { viewer, refusal } = useViewer();
  const [place] = useLocation();
  const { run: logOut, isPending } = useAction(async () => {
    await send(LogOut, {});
    window.location.replace("/login");
  });
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {say.everyPage.skipToContent}
      </a>
      <header className="frame-head">
        <Brand />
        <nav aria-label={say.everyPage.menu} className="row">
          <SectionLink to="~/account" isCurrent={section === "account"} name={say.everyPage.account} />
          {viewer.role === "ADMINISTRATOR" && (
            <>
              <SectionLink
                to="~/admin"
                isCurrent={section === "administration"}
                name={say.everyPage.administration}
              />
              <a href="/playground">{say.everyPage.playground}</a>
            </>
          )}
        </nav>
        <div className="frame-person">
          <span className="quiet">{viewer.displayName}</span>
          <Button kind="plain" onPress={() => void logOut()} isPending={isPending}>
            {say.everyPage.logOut}
          </Button>
        </div>
      </header>
      <nav
        className="frame-pages"
        aria-label={section === "account" ? say.everyPage.account : say.everyPage.administration}
      >
        <ul>
          {pages.map(({ path, name, also }) => (
            <li key={path}>
              <PageLink path={path} isCurrent={isWithin(place, { path, also })} name={name} />
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" className="frame-content stack">
        {refusal?.isSignedOut === true && <SignedOut />}
        {children}
      </main>
      <StepUpDialog />
    </div>
  );
}

function isWithin(place: string, { path, also }: { path: string; also: string | undefined }): boolean {
  return [path, also].some((each) => each !== undefined && (place === each || place.startsWith(`${each}/`)));
}

function SectionLink({
  to,
  isCurrent,
  name,
}: {
  to: string;
  isCurrent: boolean;
  name: string;
}): ReactElement {
  return (
    <Link href={to} className={isCurrent ? "current" : ""} aria-current={isCurrent ? "true" : undefined}>
      {name}
    </Link>
  );
}

interface PageLinkProps {
  readonly path: string;
  readonly isCurrent: boolean;
  readonly name: string;
}

function PageLink({ path, isCurrent, name }: PageLinkProps): ReactElement {
  if (!isCurrent) return <Link href={path}>{name}</Link>;
  return (
    <Link href={path} className="current" aria-current="page" ref={bringIntoView}>
      {name}
    </Link>
  );
}

/** Where a telephone shows the pages on a line that is longer than its screen. */
function bringIntoView(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: "nearest", inline: "center" });
}

import type { ReactElement } from "react";
import { Link } from "wouter";
import { say } from "../../words/say";

/** The way back to the page that leads here. */
export function BackToSettings(): ReactElement {
  return (
    <p>
      <Link href="/login-name-and-password">{say.twoFactorSettings.backTo}</Link>
    </p>
  );
}

import type { ReactElement } from "react";
import { CopyButton } from "./copy-button";
import { Notice } from "./notice";
import "./shown-once.css";

interface ShownOnceProps {
  /** What it is, and that it is not shown again. */
  readonly message: string;
  readonly secret: string;
}

/** A secret that the server shows this once: it stands here until the page is left. */
export function ShownOnce({ message, secret }: ShownOnceProps): ReactElement {
  return (
    <Notice kind="good">
      <p>{message}</p>
      <div className="shown-once">
        <code>{secret}</code>
        <CopyButton text={secret} />
      </div>
    </Notice>
  );
}

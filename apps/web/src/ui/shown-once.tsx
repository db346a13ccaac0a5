import { type ReactElement, useEffect, useId, useRef } from "react";
import { say } from "../words/say";
import { CopyButton } from "./copy-button";
import "./notice.css";
import "./shown-once.css";

interface ShownOnceProps {
  readonly name: string;
  /** What it is, and that it is not shown again. */
  readonly message: string;
  readonly secret: string;
}

/** A secret that the server shows this once: it comes into view with the focus, and stands here until the page is left. */
export function ShownOnce({ name, message, secret }: ShownOnceProps): ReactElement {
  const place = useRef<HTMLElement>(null);
  const id = useId();
  useEffect(() => place.current?.focus(), []);
  return (
    <section ref={place} tabIndex={-1} aria-labelledby={id} className="notice notice-good">
      <p id={id}>{message}</p>
      <div className="shown-once">
        <code>{secret}</code>
        <CopyButton text={secret} label={say.everyPage.copyOf(name)} />
      </div>
    </section>
  );
}

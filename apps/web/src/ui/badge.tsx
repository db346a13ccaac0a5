import type { ReactElement } from "react";
import "./badge.css";

/** A state in a word. */
export function Badge({
  kind,
  children,
}: {
  kind: "good" | "warn" | "bad" | "plain";
  children: string;
}): ReactElement {
  return <span className={`badge badge-${kind}`}>{children}</span>;
}

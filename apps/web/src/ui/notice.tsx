import type { ReactElement, ReactNode } from "react";
import "./notice.css";

interface NoticeProps {
  /** Bad news interrupt a screen reader, good ones wait. */
  readonly kind: "bad" | "good" | "warn" | "info";
  readonly children: ReactNode;
}

/** A sentence that must not be missed. */
export function Notice({ kind, children }: NoticeProps): ReactElement {
  return (
    <div className={`notice notice-${kind}`} role={kind === "bad" ? "alert" : "status"}>
      {children}
    </div>
  );
}

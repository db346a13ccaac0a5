import { type ReactElement, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Notice } from "./notice";

interface Message {
  readonly text: ReactNode;
  /** Tells two messages of the same words apart. */
  readonly count: number;
}

/** A place for what was done, and how to say it there: the message takes the focus, which what was done may have taken away. */
export function useTold(): readonly [ReactElement | null, (text: ReactNode) => void] {
  const [message, setMessage] = useState<Message | null>(null);
  const tell = useCallback(
    (text: ReactNode) => setMessage((before) => ({ text, count: (before?.count ?? 0) + 1 })),
    [],
  );
  return [message === null ? null : <Told key={message.count}>{message.text}</Told>, tell];
}

interface ToldProps {
  readonly kind?: "good" | "warn" | "bad";
  readonly children: ReactNode;
}

/** A message in place of what was done with: it takes the focus, and comes into view. */
export function Told({ kind = "good", children }: ToldProps): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1} className="told">
      <Notice kind={kind}>{children}</Notice>
    </div>
  );
}

import { type ReactElement, useEffect, useState } from "react";
import type { Refusal } from "../graphql/refusal";
import { say } from "../words/say";

/** A time in which trying again is of no use. */
export interface Wait {
  readonly secondsLeft: number;
  /** There was a wait, and it has passed. */
  readonly isOver: boolean;
  /** Begins to wait until a moment; null ends a wait. */
  readonly waitUntil: (moment: string | null) => void;
}

const SECOND = 1000;

/** Counts a wait down: one that was told with a message, or with a refusal that says after how long to come back. */
export function useWait(refusal: Refusal | null): Wait {
  const [until, setUntil] = useState<number | null>(null);
  const [now, setNow] = useState(Date.now);
  const secondsLeft = until === null ? 0 : Math.max(0, Math.ceil((until - now) / SECOND));
  const isWaiting = secondsLeft > 0;
  const begin = (end: number | null): void => {
    setNow(Date.now());
    setUntil(end);
  };
  const retryAfter = refusal?.extensions["retryAfterSeconds"];
  useEffect(() => {
    if (typeof retryAfter === "number") setUntil(Date.now() + retryAfter * SECOND);
    setNow(Date.now());
  }, [retryAfter]);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return {
    secondsLeft,
    isOver: until !== null && !isWaiting,
    waitUntil: (moment) => begin(moment === null ? null : Date.parse(moment)),
  };
}

/** How long to wait still: it ticks for the eye; a screen reader is told the message before, and the end. */
export function WaitCounter({ wait }: { readonly wait: Wait }): ReactElement {
  const { secondsLeft, isOver } = wait;
  return (
    <>
      {secondsLeft > 0 && <p role="timer">{say.everyPage.waitMore(asClock(secondsLeft))}</p>}
      <p role="status" className={isOver ? "" : "visually-hidden"}>
        {isOver ? say.everyPage.waitOver : ""}
      </p>
    </>
  );
}

function asClock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => String(part).padStart(index === 0 ? 1 : 2, "0")).join(":");
}

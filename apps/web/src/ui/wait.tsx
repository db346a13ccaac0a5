import { type ReactElement, useEffect, useState } from "react";
import type { Refusal } from "../graphql/refusal";
import { say } from "../words/say";

/** A time after which to try again. */
export interface Wait {
  readonly secondsLeft: number;
  /** There was a wait, and it has passed. */
  readonly isOver: boolean;
  /** What is still true of a message that told of it: once fewer minutes are left, the counter alone says how long. */
  readonly trueOf: (message: string | null) => string | null;
  /** Begins to wait until a moment; null ends a wait. */
  readonly waitUntil: (moment: string | null) => void;
}

const SECOND = 1000;
const MINUTE = 60;

/**
 * Counts a wait down: one that was told with a message, or with a refusal that says after how long to come back. It
 * keeps nobody from trying: the server decides, and an administrator may have ended the wait.
 */
export function useWait(refusal: Refusal | null): Wait {
  const [until, setUntil] = useState<number | null>(null);
  const [now, setNow] = useState(Date.now);
  const secondsLeft = until === null ? 0 : Math.max(0, Math.ceil((until - now) / SECOND));
  const isWaiting = secondsLeft > 0;
  const isOver = until !== null && !isWaiting;
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
    ...{ secondsLeft, isOver },
    trueOf: (message) => {
      if (message === null || isOver) return null;
      return isWaiting ? whileWaiting(message, secondsLeft) : message;
    },
    waitUntil: (moment) => begin(moment === null ? null : Date.parse(moment)),
  };
}

/** The server says why, and then how many minutes its policy locks an account for, however many of them are left. */
function whileWaiting(message: string, secondsLeft: number): string {
  const [why = message] = /^[^.。]*[.。]/.exec(message) ?? [];
  const minutes = message.slice(why.length).match(/\d+/g)?.at(-1) ?? 0;
  return Math.ceil(secondsLeft / MINUTE) < Number(minutes) ? why : message;
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

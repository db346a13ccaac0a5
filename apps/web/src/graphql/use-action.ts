import { useCallback, useRef, useState } from "react";
import { Refusal, TurnedBack } from "./refusal";

/** Something that a person does on a page. */
export interface Action<Arguments extends readonly unknown[]> {
  /** Does it, unless it is being done: a double click does it once. */
  readonly run: (...args: Arguments) => Promise<void>;
  readonly isPending: boolean;
  /** Why it was refused the last time; null where it was not. */
  readonly refusal: Refusal | null;
}

/** Wraps what a person does: says whether it is under way, and why it was refused. What they typed stays where it is. */
export function useAction<Arguments extends readonly unknown[]>(
  act: (...args: Arguments) => Promise<void>,
): Action<Arguments> {
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isRunning = useRef(false);
  const latest = useRef(act);
  latest.current = act;
  const run = useCallback(async (...args: Arguments) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setPending(true);
    setRefusal(null);
    try {
      await latest.current(...args);
    } catch (error) {
      if (error instanceof Refusal) setRefusal(error);
      else if (!(error instanceof TurnedBack)) throw error;
    } finally {
      isRunning.current = false;
      setPending(false);
    }
  }, []);
  return { run, isPending, refusal };
}

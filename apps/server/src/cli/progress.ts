import type { WriteStream } from "node:tty";

/** Tells how far long work has come. */
export interface Progress {
  /** Shows where the work stands, after so many lines. */
  readonly show: (lines: number, sentence: string) => void;
  /** Says something that stays. */
  readonly say: (sentence: string) => void;
  readonly end: () => void;
}

/** Without a terminal it is told once in so many lines. */
const LINES = 10_000;
const ERASED = "\r\u001b[K";

/** Makes a progress: one line that changes on a terminal, else a line now and then. */
export function createProgress(stream: Pick<WriteStream, "write" | "isTTY">): Progress {
  const erased = stream.isTTY ? ERASED : "";
  let told = 0;
  return {
    show: (lines, sentence) => {
      if (stream.isTTY) stream.write(`${erased}${sentence}`);
      else if (lines >= told + LINES) {
        told = lines - (lines % LINES);
        stream.write(`${sentence}\n`);
      }
    },
    say: (sentence) => void stream.write(`${erased}${sentence}\n`),
    end: () => void stream.write(erased),
  };
}

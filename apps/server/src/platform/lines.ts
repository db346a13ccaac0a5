/** A line of a file, counted from 1; one that is too long was read past without being kept. */
export type Line = { readonly number: number } & (
  | { readonly state: "text"; readonly text: string }
  | { readonly state: "too-long" }
  | { readonly state: "not-utf-8" }
);

const NEW_LINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Reads a stream line by line, in UTF-8, with any of the usual line ends and with or without a byte order mark. It
 * keeps no more than one line, of so many bytes at most.
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  maximumBytes: number,
): AsyncGenerator<Line> {
  const { take, end } = collectLines(maximumBytes);
  let isBegun = false;
  for await (const chunk of source) {
    let start = 0;
    for (let at = chunk.indexOf(NEW_LINE); at !== -1; at = chunk.indexOf(NEW_LINE, start)) {
      take(chunk.subarray(start, at));
      yield end();
      start = at + 1;
    }
    take(chunk.subarray(start));
    isBegun = start < chunk.length || (isBegun && start === 0);
  }
  if (isBegun) yield end();
}

function collectLines(maximumBytes: number): { take: (part: Uint8Array) => void; end: () => Line } {
  let number = 0;
  let parts: Uint8Array[] = [];
  let size = 0;
  const take = (part: Uint8Array): void => {
    size += part.length;
    if (size <= maximumBytes) parts.push(part);
    else parts = [];
  };
  const end = (): Line => {
    number += 1;
    const line =
      size > maximumBytes ? ({ state: "too-long" } as const) : decode(Buffer.concat(parts), number);
    parts = [];
    size = 0;
    return { number, ...line };
  };
  return { take, end };
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: Buffer, number: number): { state: "text"; text: string } | { state: "not-utf-8" } {
  try {
    const text = decoder.decode(bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes);
    const isMarked = number === 1 && text.startsWith(BYTE_ORDER_MARK);
    return { state: "text", text: isMarked ? text.slice(1) : text };
  } catch {
    return { state: "not-utf-8" };
  }
}

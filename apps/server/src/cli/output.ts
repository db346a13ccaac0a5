import { once } from "node:events";
import Table from "cli-table3";
import { isAnyoneReading } from "./readers.js";

/** Writes to standard output, and waits where whoever reads it is slower. */
export async function print(text: string): Promise<void> {
  if (!isAnyoneReading() || process.stdout.write(text)) return;
  try {
    await once(process.stdout, "drain");
  } catch (error) {
    if (isAnyoneReading()) throw error;
  }
}

/** Writes one line of JSON for a program. */
export async function printJson(value: object): Promise<void> {
  await print(`${JSON.stringify(value)}\n`);
}

const NO_LINES = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "" },
};

/** Writes a table for people: columns side by side, without lines between them. */
export async function printTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const style = { head: [], border: [], "padding-left": 0, "padding-right": 2 };
  const table = new Table({ head: [...head], chars: NO_LINES, style });
  table.push(...rows.map((row) => [...row]));
  const lines = table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
  await print(`${lines.join("\n")}\n`);
}

/** Writes a moment for people: to the minute, in UTC. */
export function minute(at: number | null): string {
  return at === null ? "never" : `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Writes a moment for programs. */
export function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** Writes a list of results as it is found: a line of JSON each, or a table a page. */
export async function printPages<Row>(
  pages: AsyncIterable<readonly Row[]>,
  shown: {
    readonly json: boolean;
    readonly toJson: (row: Row) => object;
    readonly head: readonly string[];
    readonly toRow: (row: Row) => readonly string[];
    readonly none: string;
  },
): Promise<void> {
  let count = 0;
  for await (const page of pages) {
    if (!isAnyoneReading()) return;
    count += page.length;
    if (shown.json) for (const row of page) await printJson(shown.toJson(row));
    else if (page.length > 0) await printTable(shown.head, page.map(shown.toRow));
  }
  if (count === 0) process.stderr.write(`${shown.none}\n`);
}

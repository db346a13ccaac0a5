import { createReadStream } from "node:fs";
import { importAccounts as importLines } from "../rooms/administration/command-line/import-accounts.js";
import type { LineOutcome } from "../rooms/administration/command-line/keep-imported.js";
import { CommandError } from "./command-error.js";
import { print, printJson } from "./output.js";
import { createProgress } from "./progress.js";
import { withNewDatabase } from "./with-database.js";

interface Counts {
  created: number;
  skipped: number;
  rejected: number;
}

/** Makes accounts of the lines of a file, or of standard input (`-`). */
export async function importAccounts(file: string, { json = false }: { json?: boolean }): Promise<void> {
  const counts: Counts = { created: 0, skipped: 0, rejected: 0 };
  const progress = createProgress(process.stderr);
  await withNewDatabase(async (run) => {
    for await (const outcomes of importLines(run, run.request, readBytes(file))) {
      for (const outcome of outcomes) {
        counts[outcome.outcome] += 1;
        await report(outcome, { json, say: progress.say });
      }
      progress.show(countOf(counts), summaryOf(counts));
    }
    progress.end();
    if (json) await printJson(counts);
    else await print(`${summaryOf(counts)}.\n`);
  });
  if (counts.rejected > 0) process.exitCode = 1;
}

async function report(
  outcome: LineOutcome,
  { json, say }: { json: boolean; say: (sentence: string) => void },
): Promise<void> {
  if (outcome.outcome === "created") return;
  if (json) await printJson(outcome);
  else if (outcome.outcome === "rejected") say(`line ${outcome.line}: ${outcome.reason}`);
}

function countOf({ created, skipped, rejected }: Counts): number {
  return created + skipped + rejected;
}

function summaryOf({ created, skipped, rejected }: Counts): string {
  const [made, left, refused] = [created, skipped, rejected].map((count) => count.toLocaleString("en"));
  return `${made} created, ${left} skipped, ${refused} rejected`;
}

async function* readBytes(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* file === "-" ? process.stdin : createReadStream(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`${file} cannot be read (${code}).`, { cause: error });
  }
}

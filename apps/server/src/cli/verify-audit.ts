import { chainFaultSentence } from "../rooms/audit/chain-fault.js";
import type { ChainHead } from "../rooms/audit/chain-hash.js";
import { type AuditChainReport, verifyAuditChain } from "../rooms/audit/verify-audit-chain.js";
import { CommandError } from "./command-error.js";
import { print, printJson } from "./output.js";
import { createProgress } from "./progress.js";
import { withDatabaseToRead } from "./with-database.js";

/** What `audit verify` can be asked. */
export interface VerifyAuditOptions {
  readonly expectHead?: string;
  readonly json?: true;
}

/** Recomputes the chain of audit events, and says what was changed, moved or taken away. */
export async function verifyAudit({ expectHead, json }: VerifyAuditOptions): Promise<void> {
  const expected = expectHead === undefined ? {} : { expectedHead: readHead(expectHead) };
  const progress = createProgress(process.stderr);
  const onProgress = (events: number): void => progress.show(events, `${events.toLocaleString("en")} events`);
  await withDatabaseToRead(async (run) => {
    const report = await verifyAuditChain(run, { ...expected, onProgress });
    progress.end();
    if (json) await printJson(report);
    else await print(describe(report));
    if (!report.intact) process.exitCode = 1;
  });
}

/** A head as this command shows it: `sequence:hash`. */
function readHead(text: string): ChainHead {
  const [, sequence, hash] = /^(\d{1,15}):([\w-]{43})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined)
    throw new CommandError("--expect-head: expected a head as audit verify shows it, such as 42:….");
  return { sequence: Number(sequence), hash };
}

function describe({ intact, sealed, unsealed, head, faults, moreFaults }: AuditChainReport): string {
  const lines = faults.map(chainFaultSentence);
  if (moreFaults) lines.push("There are more faults.");
  const verdict = intact ? "The audit trail is intact." : "The audit trail is not intact.";
  const counts = `${sealed.toLocaleString("en")} events are sealed, ${unsealed.toLocaleString("en")} not yet.`;
  return [...lines, `${verdict} ${counts}`, `Head: ${head.sequence}:${head.hash}`, ""].join("\n");
}

import { availableParallelism } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import pLimit from "p-limit";
import type { Needs } from "../../../platform/context.js";
import { type Line, readLines } from "../../../platform/lines.js";
import { places, sql } from "../../../platform/sql.js";
import { loginNameKey } from "../../accounts/login-name.js";
import { judgeNewPassword } from "../../accounts/new-password.js";
import type { Origin } from "../../audit/record-event.js";
import type { SecurityPolicy } from "../../policy/policy.policy.js";
import { loadPolicy } from "../../policy/policy.repository.js";
import { LONGEST_LINE, readImportedAccount } from "./imported-account.js";
import { type Candidate, keepImported, type LineOutcome, skipped } from "./keep-imported.js";

/** So many accounts a transaction: other writers wait for a moment, and a batch of passwords for seconds. */
const BATCH = 200;
/** On SQLite others that write get their turn in the pauses between, in milliseconds. */
const PAUSE = 25;

type ImportNeeds = Needs<"db" | "now" | "hasher" | "vault" | "config">;

/**
 * Makes the accounts that lines of JSON describe, batch by batch, and yields what became of each line once its batch is
 * kept. Nothing but what is not there yet is made, so it can be run again. Nobody is mailed.
 */
export async function* importAccounts(
  needs: ImportNeeds,
  request: Origin,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly LineOutcome[]> {
  const policy = await loadPolicy(needs.db.read);
  let lines: Line[] = [];
  for await (const line of readLines(source, LONGEST_LINE)) {
    if (lines.push(line) < BATCH) continue;
    yield await importBatch(needs, { request, policy, lines });
    lines = [];
    await wait(PAUSE);
  }
  yield await importBatch(needs, { request, policy, lines });
}

async function importBatch(
  needs: ImportNeeds,
  { request, policy, lines }: { request: Origin; policy: SecurityPolicy; lines: readonly Line[] },
): Promise<readonly LineOutcome[]> {
  const outcomes: LineOutcome[] = [];
  const candidates: Candidate[] = [];
  for (const line of lines) {
    const read = readImportedAccount(line);
    if (read?.state === "rejected")
      outcomes.push({ line: line.number, outcome: "rejected", reason: read.reason });
    if (read?.state === "read") candidates.push({ line: line.number, account: read.account });
  }
  const { missing, known } = await partKnown(needs, candidates);
  const { judged, weak } = await judge(needs, missing, policy);
  const made = await Promise.all(judged.map((candidate) => withHash(needs, candidate)));
  const kept = await keepImported(needs, request, made);
  return [...outcomes, ...known.map(skipped), ...weak, ...kept].sort((one, other) => one.line - other.line);
}

/** Asks before anything is hashed: what is there already costs nothing when an import is run again. */
async function partKnown(
  { db }: Needs<"db">,
  candidates: readonly Candidate[],
): Promise<{ missing: Candidate[]; known: Candidate[] }> {
  const keys = candidates.map(({ account }) => loginNameKey(account.loginName));
  if (keys.length === 0) return { missing: [], known: [] };
  const text = `SELECT login_name_key AS key FROM accounts WHERE login_name_key IN (${places(keys)})`;
  const taken = new Set((await sql<{ key: string }>(db.read, text, keys)).rows.map(({ key }) => key));
  const [missing, known]: [Candidate[], Candidate[]] = [[], []];
  for (const [index, candidate] of candidates.entries()) {
    const key = keys[index] ?? "";
    (taken.has(key) ? known : missing).push(candidate);
    taken.add(key);
  }
  return { missing, known };
}

async function judge(
  needs: ImportNeeds,
  candidates: readonly Candidate[],
  policy: SecurityPolicy,
): Promise<{ judged: Candidate[]; weak: LineOutcome[] }> {
  const judged: Candidate[] = [];
  const weak: LineOutcome[] = [];
  for (const candidate of candidates) {
    const { line, account } = candidate;
    const judging = { owner: account, policy, locale: "en", path: ["password"] } as const;
    const failure =
      account.password === null ? null : await judgeNewPassword(needs, account.password, judging);
    if (failure === null) judged.push(candidate);
    else weak.push({ line, outcome: "rejected", reason: `password: ${failure.message}` });
  }
  return { judged, weak };
}

/** As many at once as the hasher computes: it sends away whoever comes when too many wait. */
const oneOfFew = pLimit(availableParallelism());

async function withHash({ hasher }: ImportNeeds, candidate: Candidate): Promise<Candidate> {
  const { password } = candidate.account;
  if (password === null) return candidate;
  const passwordHash = await oneOfFew(() => hasher.hash(password));
  return { ...candidate, account: { ...candidate.account, passwordHash } };
}

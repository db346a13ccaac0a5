import { setTimeout as wait } from "node:timers/promises";
import type { PoolClient, QueryResult } from "pg";
import type { DataSource, EntityManager, QueryRunner } from "typeorm";
import { isOutage } from "./outage.js";
import { Refusal } from "./problem.js";

/** How long a statement may take, and a transaction wait for its next one, in milliseconds. */
const TIMEOUTS = { statement_timeout: 4_000, idle_in_transaction_session_timeout: 8_000 } as const;

/**
 * One round trip. The timeouts are no startup parameters, which poolers in transaction mode refuse. By the id a COMMIT
 * can be asked about whose answer was lost.
 */
const BEGIN = [
  "START TRANSACTION",
  ...assignments("SET LOCAL"),
  "SELECT pg_current_xact_id()::text AS id",
].join("; ");

/** Sets the timeouts for what runs outside transactions. */
export const SET_TIMEOUTS = assignments("SET").join("; ");

/** How often a transaction that has not ended yet is asked about, and the milliseconds between. */
const QUESTIONS = 5;
const PAUSE = 200;

/** What PostgreSQL says of a transaction, or null where it does not say anything. */
type Outcome = "committed" | "aborted" | "in progress" | null;

/**
 * Runs work in a transaction. After an outage the connection leaves the pool: one to a server that has become read-only
 * would go on being that.
 *
 * @throws Refusal UNAVAILABLE with `retryAfterSeconds: null` where nobody can tell whether the COMMIT was done.
 */
export async function runOnPostgres<T>(
  source: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  try {
    const id = await begin(runner, client);
    const result = await work(runner.manager);
    await commit({ source, runner, client, id });
    return result;
  } catch (error) {
    await abandon(runner, client, error);
    throw error;
  } finally {
    await runner.release();
  }
}

/** Runs a statement of the transaction itself, whose whole answer TypeORM's runner would not return. */
async function run<Answer>(runner: QueryRunner, client: PoolClient, statement: string): Promise<Answer> {
  runner.dataSource.logger.logQuery(statement, undefined, runner);
  return (await client.query(statement)) as Answer;
}

async function begin(runner: QueryRunner, client: PoolClient): Promise<string> {
  const answers = await run<QueryResult<{ id: string }>[]>(runner, client, BEGIN);
  const id = answers.at(-1)?.rows[0]?.id;
  if (id === undefined) throw new Error("PostgreSQL gave the transaction no id");
  return id;
}

interface Committing {
  readonly source: DataSource;
  readonly runner: QueryRunner;
  readonly client: PoolClient;
  readonly id: string;
}

async function commit({ source, runner, client, id }: Committing): Promise<void> {
  try {
    const { command } = await run<QueryResult>(runner, client, "COMMIT");
    // So PostgreSQL answers where a statement had failed before, and somebody went on.
    if (command !== "COMMIT") throw new Error("PostgreSQL rolled the transaction back");
  } catch (error) {
    if (!isOutage(error)) throw error;
    const outcome = await askOutcome(source, id);
    if (outcome !== "committed") throw outcome === "aborted" ? error : inDoubt(error);
  }
}

function inDoubt(cause: unknown): Refusal {
  return new Refusal("UNAVAILABLE", { retryAfterSeconds: null }, { cause });
}

/** Asks over another connection. */
async function askOutcome(source: DataSource, id: string): Promise<Outcome> {
  for (let question = 1; ; question += 1) {
    const outcome = await outcomeOf(source, id);
    if (outcome !== "in progress" || question === QUESTIONS) return outcome;
    await wait(PAUSE);
  }
}

async function outcomeOf(source: DataSource, id: string): Promise<Outcome> {
  try {
    const [row] = await source.query<{ outcome: Outcome }[]>("SELECT pg_xact_status($1::xid8) AS outcome", [
      id,
    ]);
    return row?.outcome ?? null;
  } catch {
    return null;
  }
}

async function abandon(runner: QueryRunner, client: PoolClient, error: unknown): Promise<void> {
  try {
    if (!runner.isReleased) await client.query("ROLLBACK");
    if (!isOutage(error) && !isOutage((error as Error).cause)) return;
  } catch {
    // A connection that cannot roll back is of no use either.
  }
  // The pool takes no connection back that is being ended.
  client.end().catch(() => undefined);
}

function assignments(verb: string): string[] {
  return Object.entries(TIMEOUTS).map(([name, milliseconds]) => `${verb} ${name} = ${milliseconds}`);
}

import type { Database as Connection } from "better-sqlite3";
import type { DataSource, EntityManager, QueryRunner } from "typeorm";

/** Runs work in a transaction of its own; the caller lets one come after the other. */
export type RunTransaction = <T>(work: (manager: EntityManager) => Promise<T>) => Promise<T>;

/** SQLite ended the transaction by itself: what a statement does after that would be kept at once, and alone. */
class TransactionEndedError extends Error {
  readonly code = "SQLITE_ABORT_ROLLBACK";
  constructor() {
    super("SQLite ended the transaction");
    this.name = "TransactionEndedError";
  }
}

/**
 * Runs transactions on the writing connection of SQLite.
 *
 * TypeORM's own are not used. They say BEGIN TRANSACTION, and a deferred transaction that read first fails at once when
 * another process writes, whatever the timeout. And they count in memory how deep they are: where a COMMIT fails (a full
 * disk, an I/O error) SQLite rolls back by itself, the ROLLBACK after it fails, and from then on each COMMIT would be the
 * RELEASE of a savepoint in a transaction that never ends. Here the connection itself is asked whether it is in one.
 */
export async function sqliteTransactions(source: DataSource): Promise<RunTransaction> {
  const runner = source.createQueryRunner();
  const connection = (await runner.connect()) as Connection;
  const transaction = guardStatements(runner, connection);
  return async (work) => {
    await rollBack(runner, connection);
    await runner.query("BEGIN IMMEDIATE");
    transaction.isOpen = true;
    try {
      const result = await work(runner.manager);
      await runner.query("COMMIT");
      return result;
    } finally {
      transaction.isOpen = false;
      await rollBack(runner, connection);
    }
  };
}

/** Rolls back what is still open: after a COMMIT nothing is, and after some failures SQLite has done so itself. */
async function rollBack(runner: QueryRunner, connection: Connection): Promise<void> {
  if (connection.inTransaction) await runner.query("ROLLBACK");
}

/** Refuses statements of a transaction that SQLite has ended. */
function guardStatements(runner: QueryRunner, connection: Connection): { isOpen: boolean } {
  const transaction = { isOpen: false };
  const query: QueryRunner["query"] = runner.query.bind(runner);
  const guarded: typeof query = (...statement: Parameters<typeof query>) => {
    if (transaction.isOpen && !connection.inTransaction) return Promise.reject(new TransactionEndedError());
    return query(...statement);
  };
  runner.query = guarded;
  return transaction;
}

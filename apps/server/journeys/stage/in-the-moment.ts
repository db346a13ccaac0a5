import type { Keyturn } from "./keyturn.js";

/** Lets something happen once the next request was let in, and before its transaction begins. */
export async function inTheMoment<Result>(
  keyturn: Keyturn,
  happening: () => Promise<unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  await keyturn.settle();
  const { db } = keyturn.app.context;
  const { transaction } = db;
  db.transaction = async (asked) => {
    db.transaction = transaction;
    await happening();
    return await transaction(asked);
  };
  try {
    return await work();
  } finally {
    db.transaction = transaction;
  }
}

import type { Socket } from "node:net";
import type { Pool, PoolClient } from "pg";
import type { DataSource } from "typeorm";

/** So many milliseconds after which a connection in use, over which nothing comes, is taken for dead. */
const SILENCE = 4_500;

/**
 * Ends connections to PostgreSQL that somebody waits for and that have fallen silent (a network that is cut without a
 * word, a machine that stands still): the driver would wait for as long as the kernel does, a quarter of an hour.
 *
 * It is longer than a statement may take, so that a server that is only slow still answers for itself.
 */
export function endSilentConnections(source: DataSource): void {
  const { master } = source.driver as unknown as { master: Pool };
  master.on("acquire", endSilence);
  master.on("release", (_error, client) => bearSilence(client));
}

/** Ends a connection once it falls silent. */
export function endSilence(client: PoolClient): void {
  socketOf(client).setTimeout(SILENCE, giveUp);
}

/** Lets a connection be silent until it goes back to the pool: for what may take longer than a request. */
export function bearSilence(client: PoolClient): void {
  socketOf(client).setTimeout(0, giveUp);
}

function socketOf(client: PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}

function giveUp(this: Socket): void {
  this.destroy(Object.assign(new Error("the database has fallen silent"), { code: "ETIMEDOUT" }));
}

import type { FastifyInstance } from "fastify";
import type { Context } from "../platform/context.js";
import { sql } from "../platform/sql.js";

/** Adds `/livez` (the process answers) and `/readyz` (database reachable, migrations done). */
export function addHealth(server: FastifyInstance, app: Context): void {
  server.get("/livez", async () => ({ status: "live" }));
  server.get("/readyz", async (_request, reply) => {
    const fault = await faultOf(app);
    if (fault === null) return { status: "ready" };
    return await reply.status(503).send({ message: fault, code: "UNAVAILABLE" });
  });
}

async function faultOf({ db, log }: Context): Promise<string | null> {
  try {
    await sql(db.read, "SELECT 1 AS one");
    return (await db.isBehind()) ? "Migrations are waiting: run keyturn migrate." : null;
  } catch (error) {
    log.error({ err: error }, "not ready");
    return "The database does not answer.";
  }
}

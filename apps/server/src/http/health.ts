import type { FastifyInstance } from "fastify";
import type { Context } from "../platform/context.js";
import { sql } from "../platform/sql.js";
import { readSigningKeys } from "../rooms/oauth/signing-keys.js";
import { findMissingKeys } from "../rooms/two-factor/totp/sealed-secrets.js";

/** For how many milliseconds it is remembered which keys are missing: looking reads every secret's head. */
const REMEMBERED = 60_000;

/** Adds `/livez` (the process answers) and `/readyz` (the database keeps what is written, migrations done, every secret's key there). */
export function addHealth(server: FastifyInstance, app: Context): void {
  const probes = { missingKeys: rememberMissingKeys(app), proveWrite: oneProbeAtATime(app) };
  server.get("/livez", async () => ({ status: "live" }));
  server.get("/readyz", async (_request, reply) => {
    const fault = await faultOf(app, probes);
    if (fault === null) return { status: "ready" };
    return await reply.status(503).send({ message: fault, code: "UNAVAILABLE" });
  });
}

interface Probes {
  readonly missingKeys: () => Promise<readonly string[]>;
  readonly proveWrite: () => Promise<void>;
}

/** Writes a row as it is, and commits that: a database that can be read only is of no use. Who asks meanwhile shares it. */
function oneProbeAtATime({ db }: Context): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => {
    running ??= db
      .transaction(async (manager) => {
        await sql(manager, "UPDATE security_policy SET version = version");
      })
      .finally(() => {
        running = null;
      });
    return running;
  };
}

async function faultOf({ db, log }: Context, { missingKeys, proveWrite }: Probes): Promise<string | null> {
  try {
    await proveWrite();
    if (await db.isBehind()) return "Migrations are waiting: run keyturn migrate.";
    const missing = await missingKeys();
    if (missing.length === 0) return null;
    return `Secrets are sealed under keys that KEYTURN_SECRET_KEYS does not hold: ${missing.join(", ")}. keyturn doctor says whose.`;
  } catch (error) {
    log.error({ err: error }, "not ready");
    return "The database does not answer, or does not keep what is written.";
  }
}

/** The keys that are missing for authenticators' secrets and for the keys of ID tokens. */
async function findAllMissing(app: Context): Promise<readonly string[]> {
  const forFactors = await findMissingKeys(app);
  const { unreadable } = await readSigningKeys(app, app.db.read);
  const forSigning = unreadable.map(({ missingKey }) => missingKey).filter((id) => id !== null);
  return [...new Set([...forFactors, ...forSigning])].sort();
}

function rememberMissingKeys(app: Context): () => Promise<readonly string[]> {
  let known: { readonly at: number; readonly missing: readonly string[] } | null = null;
  return async () => {
    const at = app.now();
    // A clock that was set back makes it look again.
    if (known === null || at >= known.at + REMEMBERED || at < known.at)
      known = { at, missing: await findAllMissing(app) };
    return known.missing;
  };
}

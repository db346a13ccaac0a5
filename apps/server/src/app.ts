import "reflect-metadata";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { openDoor } from "./http/door.js";
import { buildSchema } from "./http/schema.js";
import type { Context } from "./platform/context.js";
import { newId } from "./platform/id.js";
import { createMailer } from "./platform/mailer.js";
import { createPasswordHasher } from "./platform/password-hash.js";
import { loadSecretKeys } from "./platform/secret-keys.js";
import { createAddressThrottle } from "./platform/throttle.js";
import { createVault } from "./platform/vault.js";
import { type DatabaseParts, openPreparedDatabase } from "./prepared-database.js";
import { sealAuditEvents } from "./rooms/audit/seal-audit-events.js";
import { keepTrialStart } from "./rooms/policy/policy.repository.js";
import { resolvers } from "./rooms.js";
import { createSweep } from "./sweep.js";

const SWEEP_EVERY = 60_000;
const SEAL_EVERY = 5_000;
const BACKGROUND_CAPACITY = 1_000;

/** What the server is made from. */
export interface AppParts extends DatabaseParts {
  readonly log: Logger;
  /** How often audit events are sealed, in milliseconds; every five seconds by default. */
  readonly sealEvery?: number;
}

/** The server, ready to listen. */
export interface App {
  readonly context: Context;
  readonly server: FastifyInstance;
  /** Lets requests and what they left to do finish, then closes the database. */
  close(): Promise<void>;
}

/** Composes the server: the one place where its parts are made and handed to each other. */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, log, now = Date.now, sealEvery = SEAL_EVERY } = parts;
  const db = await openPreparedDatabase(parts);
  const background = workInBackground(log);
  const mailer = createMailer({ ...config, log });
  const context: Context = {
    ...{ config, db, now, log, mailer, later: background.later },
    vault: createVault(loadSecretKeys(config)),
    hasher: createPasswordHasher(config.argon2),
    throttle: createAddressThrottle({ failuresPerMinute: config.attemptsPerAddress, now }),
  };
  await keepTrialStart(context, { id: newId(now()), ipAddress: null, userAgent: null });
  const server = await openDoor(context, buildSchema(resolvers));
  const sweep = createSweep(context);
  const sweeping = setInterval(() => background.later(sweep), SWEEP_EVERY).unref();
  const seal = (): void => background.later(() => sealAuditEvents(context));
  const sealing = setInterval(seal, sealEvery).unref();
  const close = async (): Promise<void> => {
    clearInterval(sweeping);
    clearInterval(sealing);
    await server.close();
    await background.settle();
    await mailer.settle();
    seal();
    await background.settle();
    await db.close();
  };
  return { context, server, close };
}

/** Work that goes on after its request was answered: its faults are logged, and the stop waits for it. */
function workInBackground(log: Logger): { later: Context["later"]; settle: () => Promise<void> } {
  const running = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  const later: Context["later"] = (work) => {
    // Whoever asks for more than is ever needed waits for nobody, and keeps nobody waiting.
    if (running.size >= BACKGROUND_CAPACITY)
      return log.error("work in the background was dropped: too much waits");
    const done = work(stopping.signal).catch((error: unknown) =>
      log.error({ err: error }, "work in the background failed"),
    );
    running.add(done);
    void done.finally(() => running.delete(done));
  };
  const settle = async (): Promise<void> => {
    stopping.abort();
    while (running.size > 0) await Promise.all(running);
  };
  return { later, settle };
}

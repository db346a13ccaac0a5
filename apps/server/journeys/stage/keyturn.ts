import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import type { QueryRunner } from "typeorm";
import { type App, createApp } from "../../src/app.js";
import { readConfig } from "../../src/platform/config.js";
import type { Context } from "../../src/platform/context.js";
import { checkDataDirectory } from "../../src/platform/data-directory.js";
import { createLog } from "../../src/platform/log.js";
import { sql } from "../../src/platform/sql.js";
import { makeFirstAdministrator } from "../../src/rooms/accounts/first-administrator.js";
import { type Client, createClient } from "./client.js";
import { type FakeClock, fakeClock } from "./clock.js";
import { type DatabaseKind, type FreshDatabase, freshDatabase } from "./databases.js";
import { type Mailbox, openMailbox } from "./mailbox.js";

/** An audit event as it is kept. */
export interface RecordedEvent {
  readonly action: string;
  readonly result: string;
  readonly actor: string | null;
  readonly subject: string | null;
  readonly credential: string | null;
  readonly details: Readonly<Record<string, string>>;
}

/** A whole server on a free port, with a fake clock, a real database and a real mail server. */
export interface Keyturn {
  readonly address: string;
  readonly app: App;
  readonly clock: FakeClock;
  readonly mailbox: Mailbox;
  readonly database: FreshDatabase;
  readonly dataDirectory: string;
  /** Everything that was logged, as text. */
  readonly logged: () => string;
  /** The SQL statements since this was last called, transactions' own aside. */
  readonly takeStatements: () => string[];
  /** Calls `see` before each statement, transactions' own among them, until it is told otherwise; what it throws is its fault. */
  readonly beforeStatements: (see: SeeStatement | null) => void;
  /** A client that sends no credential. */
  readonly anyone: Client;
  readonly events: (action?: string) => Promise<RecordedEvent[]>;
  /** Waits for what goes on after the answers: writes in the background, and mails. */
  readonly settle: () => Promise<void>;
  /** Stops the server and starts another one on what it leaves behind. */
  readonly restart: (environment?: Record<string, string>) => Promise<Keyturn>;
  readonly close: () => Promise<void>;
}

/** Sees a statement, and the connection that it is for. */
export type SeeStatement = (statement: string, runner: QueryRunner) => void;

/** What a server stands on, and leaves behind when it stops. */
type Ground = Pick<Keyturn, "database" | "mailbox" | "clock" | "dataDirectory">;

/** The longest time that a timer takes, in milliseconds. */
const NEVER = 2 ** 31 - 1;

/** The first administrator of every test's server. */
export const ADMINISTRATOR = { loginName: "admin", password: "plum-otter-basin-42" };

/** Starts a server; `environment` is added to what every test's server has. Without a `PORT` it takes a free one. */
export async function startKeyturn(
  kind: DatabaseKind,
  environment: Record<string, string> = {},
): Promise<Keyturn> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "keyturn-data-"));
  const [database, mailbox] = await Promise.all([freshDatabase(kind), openMailbox()]);
  return await startOn({ dataDirectory, database, mailbox, clock: fakeClock() }, environment);
}

async function startOn(ground: Ground, environment: Record<string, string>): Promise<Keyturn> {
  const { dataDirectory, database, mailbox, clock } = ground;
  const config = readConfig({
    KEYTURN_DATA_DIR: dataDirectory,
    KEYTURN_DATABASE_URL: database.url,
    KEYTURN_SMTP_URL: mailbox.smtpUrl,
    KEYTURN_ADMIN_PASSWORD: ADMINISTRATOR.password,
    KEYTURN_ARGON2: "m=64,t=1,p=1",
    KEYTURN_ATTEMPTS_PER_ADDRESS: "0",
    ...environment,
  });
  checkDataDirectory(config);
  const statements = countStatements();
  const log = catchLog();
  const app = await createApp({
    ...{ config, log: log.logger, now: clock.now, statements: statements.logger },
    // What happens by itself now and then would be counted in some test or other.
    sealEvery: NEVER,
  });
  await makeFirstAdministrator(app.context);
  const address = await app.server.listen({ host: "127.0.0.1", port: Number(environment["PORT"] ?? 0) });
  const close = async (): Promise<void> => {
    await app.close();
    await mailbox.close();
    await database.drop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  return {
    ...{ address, app, clock, mailbox, database, dataDirectory, close },
    ...{ logged: log.text, takeStatements: statements.take, anyone: createClient(address) },
    beforeStatements: statements.seeBy,
    events: (action) => readEvents(app, action),
    settle: watchBackground(app),
    restart: async (changed = environment) => {
      await app.close();
      return await startOn(ground, changed);
    },
  };
}

/** Puts itself before the server's own background, and returns what waits for it and for the mails. */
function watchBackground({ context }: App): () => Promise<void> {
  const running = new Set<Promise<unknown>>();
  const { later } = context;
  const watched: Context["later"] = (work) =>
    later((stopping) => {
      const done = work(stopping).finally(() => running.delete(done));
      running.add(done);
      return done;
    });
  Object.assign(context, { later: watched });
  return async () => {
    while (running.size > 0) await Promise.allSettled(running);
    await context.mailer.settle();
  };
}

async function readEvents({ context }: App, action?: string): Promise<RecordedEvent[]> {
  const text = `SELECT action, result, actor_login_name AS actor, subject_login_name AS subject, credential, details
    FROM audit_events ORDER BY at, id`;
  const { rows } = await sql<RecordedEvent & { details: string }>(context.db.read, text);
  const events = rows.map((row) => ({ ...row, details: JSON.parse(row.details) }));
  return action === undefined ? events : events.filter((event) => event.action === action);
}

const TRANSACTIONS = /^(START TRANSACTION|BEGIN|COMMIT|ROLLBACK)/;

function countStatements() {
  let statements: string[] = [];
  const ignore = (): void => undefined;
  const others = {
    logQueryError: ignore,
    logQuerySlow: ignore,
    logSchemaBuild: ignore,
    logMigration: ignore,
    log: ignore,
  };
  let see: SeeStatement | null = null;
  const logQuery = (query: string, _parameters?: unknown[], runner?: QueryRunner): void => {
    if (runner !== undefined) see?.(query, runner);
    if (!TRANSACTIONS.test(query)) statements.push(query);
  };
  const take = (): string[] => {
    const taken = statements;
    statements = [];
    return taken;
  };
  const seeBy = (next: SeeStatement | null): void => {
    see = next;
  };
  return { logger: { ...others, logQuery }, take, seeBy };
}

function catchLog(): { logger: Logger; text: () => string } {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { logger: createLog({ logLevel: "info", destination }), text: () => lines.join("") };
}

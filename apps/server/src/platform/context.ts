import type { Logger } from "pino";
import type { Config } from "./config.js";
import type { Database } from "./database.js";
import type { MessageLocale } from "./locale.js";
import type { Mailer } from "./mailer.js";
import type { PasswordHasher } from "./password-hash.js";
import type { AddressThrottle } from "./throttle.js";
import type { Vault } from "./vault.js";

/** Everything that a flow can need, made once at the start. */
export interface Context {
  readonly config: Config;
  readonly db: Database;
  /** The time in epoch milliseconds. */
  readonly now: () => number;
  readonly vault: Vault;
  readonly hasher: PasswordHasher;
  readonly mailer: Mailer;
  readonly throttle: AddressThrottle;
  readonly log: Logger;
  /**
   * Lets work go on after its request was answered; it is awaited when the server stops. Long work ends early where its
   * signal says that the server does.
   */
  readonly later: (work: (stopping: AbortSignal) => Promise<unknown>) => void;
}

/** The part of the {@link Context} that a flow names in its signature. */
export type Needs<Key extends keyof Context> = Pick<Context, Key>;

/** What is known of a request before anyone is known to have sent it. */
export interface RequestFacts {
  readonly id: string;
  readonly ipAddress: string;
  readonly userAgent: string | null;
  /** From Accept-Language; gives way to the account's own once its password was right. */
  readonly locale: MessageLocale;
}

/** What every resolver gets: the application, and the request. */
export interface Door {
  readonly app: Context;
  readonly request: RequestFacts;
}

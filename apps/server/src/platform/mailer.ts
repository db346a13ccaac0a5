import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pLimit from "p-limit";
import type { Logger } from "pino";
import type { Config } from "./config.js";
import { type Deliver, fileDelivery, type Mail, smtpDelivery } from "./mail-delivery.js";

/** Sends mails in the background. */
export interface Mailer {
  /** Queues a mail and returns at once. It never throws: a mail that cannot be sent is logged, without its text. */
  send(mail: Mail): void;
  /**
   * Resolves once at most half of what may be queued is, or when the server stops: whoever sends many mails waits for
   * it before each one.
   */
  room(stopping: AbortSignal): Promise<void>;
  /** Resolves once nothing is queued, or at a deadline; what is then left is logged, and still tried. */
  settle(): Promise<void>;
}

export interface MailerNeeds extends Pick<Config, "smtpUrl" | "mailFrom" | "dataDirectory"> {
  readonly log: Pick<Logger, "warn" | "error">;
}

export interface MailerOptions {
  /** The pauses before each further try. */
  readonly retryAfterMilliseconds?: readonly number[];
  /** How long {@link Mailer.settle} waits. */
  readonly settleMilliseconds?: number;
  /** How many mails may be queued; those beyond are logged and dropped. */
  readonly capacity?: number;
}

const CONNECTIONS = 4;

/** Makes a mailer; without a mail server mails become files in `mails` of the data directory. */
export function createMailer(needs: MailerNeeds, options: MailerOptions = {}): Mailer {
  const {
    retryAfterMilliseconds = [1_000, 5_000, 25_000],
    settleMilliseconds = 5_000,
    capacity = 1_000,
  } = options;
  const { log } = needs;
  const deliver = inTurn(deliveryOf(needs));
  const queued = new Set<Promise<void>>();
  const waiting = waitingRoom(() => queued.size <= capacity / 2);

  const attempt = async (mail: Mail): Promise<void> => {
    const fault = await deliverWithRetries(() => deliver(mail), retryAfterMilliseconds);
    if (fault !== null)
      log.error({ err: fault.error, to: mail.to, subject: mail.subject }, "a mail was not sent");
  };
  const send = (mail: Mail): void => {
    const reason = reasonToDrop(mail, queued.size < capacity);
    if (reason !== null) {
      log.error({ subject: mail.subject }, `a mail was dropped: ${reason}`);
      return;
    }
    const work = attempt(mail).finally(() => {
      queued.delete(work);
      waiting.open();
    });
    queued.add(work);
  };
  const settle = async (): Promise<void> => {
    await within(settleMilliseconds, async () => {
      while (queued.size > 0) await Promise.all(queued);
    });
    if (queued.size > 0) log.warn({ mails: queued.size }, "mails are still waiting to be sent");
  };
  return { send, room: waiting.room, settle };
}

/** Where senders of many mails wait: all of them go on as soon as there is room. */
function waitingRoom(hasRoom: () => boolean): { room: Mailer["room"]; open: () => void } {
  const waiting = new Set<() => void>();
  const room = async (stopping: AbortSignal): Promise<void> => {
    if (hasRoom() || stopping.aborted) return;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        waiting.delete(goOn);
        stopping.removeEventListener("abort", goOn);
        resolve();
      };
      waiting.add(goOn);
      stopping.addEventListener("abort", goOn);
    });
  };
  const open = (): void => {
    if (hasRoom()) for (const goOn of waiting) goOn();
  };
  return { room, open };
}

function reasonToDrop(mail: Mail, hasRoom: boolean): string | null {
  if (!isAddress(mail.to)) return "it has no valid address";
  return hasRoom ? null : "too many are waiting";
}

/** Where mails become files, while there is no mail server. */
export function mailsDirectory(dataDirectory: string): string {
  return join(dataDirectory, "mails");
}

function deliveryOf({ smtpUrl, mailFrom, dataDirectory }: MailerNeeds): Deliver {
  return smtpUrl === null
    ? fileDelivery(mailsDirectory(dataDirectory), mailFrom)
    : smtpDelivery(smtpUrl, mailFrom);
}

function inTurn(deliver: Deliver): Deliver {
  const limit = pLimit(CONNECTIONS);
  return (mail) => limit(deliver, mail);
}

/** A pause holds no connection, and keeps no process alive that has settled. */
async function deliverWithRetries(
  deliver: () => Promise<void>,
  pauses: readonly number[],
): Promise<{ error: unknown } | null> {
  for (const pause of [...pauses, null]) {
    try {
      await deliver();
      return null;
    } catch (error) {
      if (pause === null || isPermanent(error)) return { error };
      await wait(pause, undefined, { ref: false });
    }
  }
  return null;
}

/** The mail server said no for good (RFC 5321, section 4.2.1). */
function isPermanent(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: unknown };
  return typeof responseCode === "number" && responseCode >= 500;
}

/** One mailbox, without words, lists, comments or line ends. */
function isAddress(text: string): boolean {
  return /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()\\,;"\p{Cc}]+$/u.test(text);
}

async function within(milliseconds: number, work: () => Promise<void>): Promise<void> {
  const done = new AbortController();
  const deadline = wait(milliseconds, undefined, { signal: done.signal }).catch(() => undefined);
  await Promise.race([work(), deadline]);
  done.abort();
}

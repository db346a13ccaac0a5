import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail as its recipient reads it; one sent to two people is received twice. */
export interface ReceivedMail {
  /** The address it was delivered to, whatever its header says. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** An SMTP server of a test's own that keeps what it is sent. */
export interface Mailbox {
  readonly smtpUrl: string;
  /** Everything that has arrived so far, in that order, seen by `next` or not. */
  readonly received: readonly ReceivedMail[];
  /**
   * Resolves to the oldest mail that matches and was not handed out before, waiting for it where it must.
   *
   * Fails, naming what did arrive, when its patience is at an end.
   */
  next(matches?: (mail: ReceivedMail) => boolean): Promise<ReceivedMail>;
  close(): Promise<void>;
}

interface Waiter {
  readonly matches: (mail: ReceivedMail) => boolean;
  readonly resolve: (mail: ReceivedMail) => void;
}

/**
 * Opens a mailbox on a free port of 127.0.0.1.
 *
 * It takes any sender, recipient and password, without TLS; `patience` is how many milliseconds `next` waits.
 */
export async function openMailbox({ patience = 5000 }: { patience?: number } = {}): Promise<Mailbox> {
  const { received, deliver, next } = letterbox(patience);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    closeTimeout: 0,
    onAuth: ({ username }, _session, accept) => accept(null, { user: username }),
    onData: (stream, { envelope }, accept) => {
      readMail(stream).then((mail) => {
        for (const { address } of envelope.rcptTo) deliver({ to: address, ...mail });
        accept();
      }, accept);
    },
  });
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    received,
    next,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** A server that sends its mails to a mailbox. */
interface Sender {
  readonly mailbox: Mailbox;
  readonly settle: () => Promise<void>;
}

/** The oldest mail that says all of this and was not handed out before. */
export async function mailSaying({ mailbox, settle }: Sender, ...texts: string[]): Promise<ReceivedMail> {
  await settle();
  return await mailbox.next(({ text }) => texts.every((each) => text.includes(each)));
}

/** Where the link of a mail to somebody leads, on the server that sent it. */
export async function mailedPath(
  sender: Sender,
  { loginName }: { readonly loginName: string },
  path: "/reset-password/" | "/confirm-email/",
): Promise<string> {
  const { text } = await mailSaying(sender, loginName, path);
  return new RegExp(`${path}ktm_\\w+`).exec(text)?.[0] ?? "";
}

function letterbox(
  patience: number,
): Pick<Mailbox, "received" | "next"> & { deliver: (mail: ReceivedMail) => void } {
  const received: ReceivedMail[] = [];
  const unseen: ReceivedMail[] = [];
  const waiters = new Set<Waiter>();
  return {
    received,
    deliver: (mail) => {
      received.push(mail);
      const waiter = [...waiters].find(({ matches }) => matches(mail));
      if (waiter === undefined) unseen.push(mail);
      else waiter.resolve(mail);
    },
    next: (matches = () => true) => {
      const index = unseen.findIndex(matches);
      const [mail] = index === -1 ? [] : unseen.splice(index, 1);
      if (mail !== undefined) return Promise.resolve(mail);
      // Made here, so that the failure's stack names the test that waited.
      const failure = new Error();
      return new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => {
          waiters.delete(waiter);
          failure.message = `No matching mail within ${patience} ms; arrived: ${summary(received)}`;
          reject(failure);
        }, patience);
        const waiter: Waiter = {
          matches,
          resolve: (found) => {
            clearTimeout(giveUp);
            waiters.delete(waiter);
            resolve(found);
          },
        };
        waiters.add(waiter);
      });
    },
  };
}

async function readMail(stream: AsyncIterable<Buffer>): Promise<Omit<ReceivedMail, "to">> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const { subject = "", text = "" } = await PostalMime.parse(Buffer.concat(chunks));
  return { subject, text };
}

function summary(mails: readonly ReceivedMail[]): string {
  return mails.map(({ to, subject }) => `“${subject}” to ${to}`).join(", ") || "none";
}

import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMailer, type MailerOptions } from "./mailer.js";

const mail = { to: "alice@example.com", subject: "Your account", text: "Hello,\n\nthis is 日本語.\n" };
const mailFrom = '"Keyturn" <keyturn@id.example.com>';
const log = { warn: vi.fn(), error: vi.fn() };

let dataDirectory: string;
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), "keyturn-"));
  vi.clearAllMocks();
});
afterEach(() => rmSync(dataDirectory, { recursive: true }));

interface Received {
  readonly recipients: string[];
  readonly sender: string | null;
  readonly raw: string;
}

interface Envelope {
  readonly mailFrom: false | { readonly address: string };
  readonly rcptTo: readonly { readonly address: string }[];
}

describe("with a mail server", () => {
  let received: Received[];
  let answers: (number | null)[];
  let server: SMTPServer;
  let smtpUrl: string;

  const receive = async (stream: Readable, envelope: Envelope): Promise<Error | null> => {
    const raw = (await stream.setEncoding("utf8").toArray()).join("");
    const refusal = answers.shift() ?? null;
    if (refusal !== null) return Object.assign(new Error("refused"), { responseCode: refusal });
    received.push({
      recipients: envelope.rcptTo.map(({ address }) => address),
      sender: envelope.mailFrom === false ? null : envelope.mailFrom.address,
      raw,
    });
    return null;
  };

  beforeEach(async () => {
    received = [];
    answers = [];
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      closeTimeout: 0,
      onData: (stream, { envelope }, done) => void receive(stream, envelope).then(done),
    });
    const listener = server.listen(0, "127.0.0.1");
    await once(listener, "listening");
    smtpUrl = `smtp://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise<void>((resolve) => server.close(resolve)));

  function mailerTo(url: string, options: MailerOptions = {}) {
    const quick = { retryAfterMilliseconds: [1, 1], ...options };
    return createMailer({ smtpUrl: url, mailFrom, dataDirectory, log: log as never }, quick);
  }

  it("delivers subject and text as they were given, to one recipient", async () => {
    const mailer = mailerTo(smtpUrl);
    mailer.send(mail);
    await mailer.settle();
    expect(received.map(({ recipients, sender }) => [recipients, sender])).toEqual([
      [["alice@example.com"], "keyturn@id.example.com"],
    ]);
    const parsed = await PostalMime.parse(received[0]?.raw ?? "");
    expect(parsed).toMatchObject({
      from: { name: "Keyturn", address: "keyturn@id.example.com" },
      to: [{ address: "alice@example.com" }],
      subject: mail.subject,
    });
    expect(parsed.text?.trim()).toBe(mail.text.trim());
    expect(parsed.headers).toContainEqual(
      expect.objectContaining({ key: "auto-submitted", value: "auto-generated" }),
    );
  });

  it("makes no header and no recipient of a subject's line ends", async () => {
    const mailer = mailerTo(smtpUrl);
    mailer.send({ ...mail, subject: "Hello\r\nBcc: eve@example.com\r\n\r\nbody" });
    await mailer.settle();
    const parsed = await PostalMime.parse(received[0]?.raw ?? "");
    expect(received[0]?.recipients).toEqual(["alice@example.com"]);
    expect(parsed.subject).toBe("Hello Bcc: eve@example.com body");
    expect(parsed.bcc).toBeUndefined();
  });

  it.each([
    "alice@example.com, eve@example.com",
    "alice@example.com\r\nBcc: eve@example.com",
    "Eve <eve@example.com>",
    "group: eve@example.com;",
    "alice",
    "",
  ])("drops and logs a mail to %j, which is not one address", async (to) => {
    const mailer = mailerTo(smtpUrl);
    mailer.send({ ...mail, to });
    await mailer.settle();
    expect(received).toEqual([]);
    expect(log.error).toHaveBeenCalledOnce();
  });

  it("tries again after a temporary refusal", async () => {
    answers = [451, 421];
    const mailer = mailerTo(smtpUrl);
    mailer.send(mail);
    await mailer.settle();
    expect(received).toHaveLength(1);
    expect(log.error).not.toHaveBeenCalled();
  });

  it("gives up after its last try, and logs the recipient and not the text", async () => {
    answers = [451, 451, 451];
    const mailer = mailerTo(smtpUrl);
    mailer.send(mail);
    await mailer.settle();
    expect([received, answers]).toEqual([[], []]);
    expect(log.error).toHaveBeenCalledExactlyOnceWith(
      { err: expect.any(Error) as unknown, to: mail.to, subject: mail.subject },
      "a mail was not sent",
    );
  });

  it("does not try again what the server refused for good", async () => {
    answers = [550, null];
    const mailer = mailerTo(smtpUrl);
    mailer.send(mail);
    await mailer.settle();
    expect([received, answers]).toEqual([[], [null]]);
    expect(log.error).toHaveBeenCalledOnce();
  });

  it("never throws where no server listens", async () => {
    const mailer = mailerTo("smtp://127.0.0.1:1");
    expect(() => mailer.send(mail)).not.toThrow();
    await mailer.settle();
    expect(log.error).toHaveBeenCalledOnce();
  });

  it("delivers every one of many mails once", async () => {
    const mailer = mailerTo(smtpUrl);
    const addresses = Array.from({ length: 30 }, (_, index) => `user${index}@example.com`);
    for (const to of addresses) mailer.send({ ...mail, to });
    await mailer.settle();
    expect(received.flatMap(({ recipients }) => recipients).toSorted()).toEqual(addresses.toSorted());
  });

  it("drops and logs what comes when too many are queued", async () => {
    const mailer = mailerTo(smtpUrl, { capacity: 2 });
    for (let count = 0; count < 3; count += 1) mailer.send(mail);
    await mailer.settle();
    expect(received).toHaveLength(2);
    expect(log.error).toHaveBeenCalledOnce();
  });

  it("has room for everyone who waits for it before each mail, however many do at once", async () => {
    const mailer = mailerTo(smtpUrl, { capacity: 8 });
    const { signal } = new AbortController();
    const sendMany = async (sender: number): Promise<void> => {
      for (let count = 0; count < 10; count += 1) {
        await mailer.room(signal);
        mailer.send({ ...mail, to: `user${sender}-${count}@example.com` });
      }
    };
    await Promise.all([sendMany(1), sendMany(2), sendMany(3)]);
    await mailer.settle();
    expect(new Set(received.flatMap(({ recipients }) => recipients)).size).toBe(30);
    expect(log.error).not.toHaveBeenCalled();
  });

  it("has room at half of what it takes, and no longer waits for any when the server stops", async () => {
    answers = [451, 451];
    const mailer = mailerTo(smtpUrl, { capacity: 2, retryAfterMilliseconds: [60_000] });
    const stop = new AbortController();
    mailer.send(mail);
    await mailer.room(stop.signal);
    mailer.send(mail);
    let passed = false;
    const room = mailer.room(stop.signal).then(() => {
      passed = true;
    });
    await vi.waitFor(() => expect(answers).toEqual([]));
    expect(passed).toBe(false);
    stop.abort();
    await room;
    await mailer.room(stop.signal);
  });

  it("settles at its deadline though a mail still waits for its next try, and says so", async () => {
    answers = [451];
    const mailer = mailerTo(smtpUrl, { retryAfterMilliseconds: [60_000], settleMilliseconds: 20 });
    mailer.send(mail);
    await mailer.settle();
    expect(log.warn).toHaveBeenCalledExactlyOnceWith({ mails: 1 }, "mails are still waiting to be sent");
  });

  it("settles at once when nothing is queued", async () => {
    await mailerTo(smtpUrl, { settleMilliseconds: 60_000 }).settle();
    expect(log.warn).not.toHaveBeenCalled();
  });
});

describe("without a mail server", () => {
  const mailsOf = () => join(dataDirectory, "mails");

  it("writes each mail to a file that a mail reader opens", async () => {
    const mailer = createMailer({ smtpUrl: null, mailFrom, dataDirectory, log: log as never });
    mailer.send(mail);
    await mailer.settle();
    const [name = "", ...others] = readdirSync(mailsOf());
    expect(name).toMatch(/^\d{8}T\d{9}Z-000001-[0-9a-f]{6}\.eml$/);
    expect(others).toEqual([]);
    const parsed = await PostalMime.parse(readFileSync(join(mailsOf(), name)));
    expect(parsed).toMatchObject({ subject: mail.subject, to: [{ address: mail.to }] });
    expect(parsed.text?.trim()).toBe(mail.text.trim());
  });

  it("keeps files and directory for their owner alone", async () => {
    const mailer = createMailer({ smtpUrl: null, mailFrom, dataDirectory, log: log as never });
    mailer.send(mail);
    await mailer.settle();
    const [name = ""] = readdirSync(mailsOf());
    const modes = [mailsOf(), join(mailsOf(), name)].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600]);
  });

  it("names files so that they sort in the order of sending", async () => {
    const mailer = createMailer({ smtpUrl: null, mailFrom, dataDirectory, log: log as never });
    const subjects = Array.from({ length: 12 }, (_, index) => `Mail ${index}`);
    for (const subject of subjects) mailer.send({ ...mail, subject });
    await mailer.settle();
    const files = readdirSync(mailsOf()).toSorted();
    const found = await Promise.all(
      files.map((name) => PostalMime.parse(readFileSync(join(mailsOf(), name)))),
    );
    expect(found.map(({ subject }) => subject)).toEqual(subjects);
  });

  it("logs a mail that cannot be written", async () => {
    writeFileSync(mailsOf(), "in the way");
    const needs = { smtpUrl: null, mailFrom, dataDirectory, log: log as never };
    const mailer = createMailer(needs, { retryAfterMilliseconds: [1] });
    mailer.send(mail);
    await mailer.settle();
    expect(log.error).toHaveBeenCalledOnce();
  });
});

import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import nodemailer from "nodemailer";
import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import { fakeClock } from "./clock.js";
import { type DatabaseKind, describeOnBoth, freshDatabase } from "./databases.js";
import { type Mailbox, openMailbox } from "./mailbox.js";

const fileOf = (url: string): string => url.replace("sqlite://", "");

async function run(kind: DatabaseKind, url: string, statement: string): Promise<void> {
  if (kind === "sqlite") {
    const database = new Database(fileOf(url));
    database.exec(statement);
    database.close();
  } else {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  }
}

describeOnBoth("a fresh database", (kind) => {
  test("is empty, and sees nothing of another one", async () => {
    const [one, other] = await Promise.all([freshDatabase(kind), freshDatabase(kind)]);
    await run(kind, one.url, "CREATE TABLE thing (id integer)");
    await run(kind, other.url, "CREATE TABLE thing (id integer)");
    await expect(run(kind, one.url, "CREATE TABLE thing (id integer)")).rejects.toThrow(/already exists/);
    await Promise.all([one.drop(), other.drop()]);
  });
});

describe("a dropped database", () => {
  test("leaves no file behind on sqlite", async () => {
    const { url, drop } = await freshDatabase("sqlite");
    await run("sqlite", url, "CREATE TABLE thing (id integer)");
    expect(existsSync(fileOf(url))).toBe(true);
    await drop();
    expect(existsSync(fileOf(url))).toBe(false);
  });

  test("ends its connections on postgres", async () => {
    const { url, drop } = await freshDatabase("postgres");
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const ended = new Promise((resolve) => client.on("error", resolve));
    await drop();
    await expect(ended).resolves.toBeInstanceOf(Error);
    await expect(run("postgres", url, "SELECT 1")).rejects.toThrow(/does not exist/);
  });
});

describe("a mailbox", () => {
  const open: Mailbox[] = [];
  afterEach(() => Promise.all(open.splice(0).map((mailbox) => mailbox.close())));

  async function mailboxWithSender(options?: { patience: number }): Promise<{
    mailbox: Mailbox;
    send: (to: string, subject: string) => Promise<unknown>;
  }> {
    const mailbox = await openMailbox(options);
    open.push(mailbox);
    const transport = nodemailer.createTransport(mailbox.smtpUrl);
    return {
      mailbox,
      send: (to, subject) =>
        transport.sendMail({ from: "keyturn@example.com", to, subject, text: "Grüße, 123 456" }),
    };
  }

  test("gives a mail that has already arrived", async () => {
    const { mailbox, send } = await mailboxWithSender();
    await send("ada@example.com", "Welcome");
    expect(mailbox.received).toHaveLength(1);
    expect(await mailbox.next()).toEqual({
      to: "ada@example.com",
      subject: "Welcome",
      text: "Grüße, 123 456\n",
    });
  });

  test("waits for a mail that is still to come, and gives each mail once", async () => {
    const { mailbox, send } = await mailboxWithSender();
    const welcome = mailbox.next(({ subject }) => subject === "Welcome");
    const first = mailbox.next();
    await send("ada@example.com", "Reset");
    await send("bob@example.com", "Welcome");
    expect((await first).subject).toBe("Reset");
    expect((await welcome).to).toBe("bob@example.com");
    expect(mailbox.received.map(({ subject }) => subject)).toEqual(["Reset", "Welcome"]);
  });

  test("says what did arrive when the mail that is waited for never comes", async () => {
    const { mailbox, send } = await mailboxWithSender({ patience: 50 });
    await send("ada@example.com", "Reset");
    await expect(mailbox.next(({ subject }) => subject === "Welcome")).rejects.toThrow(
      "“Reset” to ada@example.com",
    );
  });
});

describe("a fake clock", () => {
  test("stands still until it is moved", () => {
    const { now, advance, set } = fakeClock(1_000_000);
    expect(now()).toBe(1_000_000);
    advance({ seconds: 30 });
    expect(now()).toBe(1_030_000);
    set(500);
    expect(now()).toBe(500);
  });

  test("starts at the beginning of a time step", () => {
    expect(fakeClock().now() % 30_000).toBe(0);
  });
});

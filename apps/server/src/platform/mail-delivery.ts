import { randomBytes } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SendMailOptions } from "nodemailer";

/** A mail to one person, in plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands a mail over, or fails. */
export type Deliver = (mail: Mail) => Promise<void>;

/** Delivers to a mail server, over a connection for each mail. */
export function smtpDelivery(smtpUrl: string, mailFrom: string): Deliver {
  const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
  return async (mail) => {
    const { createTransport } = await import("nodemailer");
    await createTransport({ url: smtpUrl, ...timeouts }).sendMail(messageOf(mail, mailFrom));
  };
}

/** Delivers into a directory, as `.eml` files whose names sort by time; for their owner alone. */
export function fileDelivery(directory: string, mailFrom: string): Deliver {
  let count = 0;
  return async (mail) => {
    count += 1;
    const name = fileName(count);
    const { createTransport } = await import("nodemailer");
    const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
    const { message } = await transport.sendMail(messageOf(mail, mailFrom));
    await mkdir(directory, { recursive: true, mode: 0o700 });
    // Whoever watches the directory sees a whole mail or none.
    const draft = join(directory, `.${name}.draft`);
    await writeFile(draft, message as Buffer, { flag: "wx", mode: 0o600 });
    await rename(draft, join(directory, name));
  };
}

/** The recipient is one address by construction, so that no text can add another, or a header. */
function messageOf(mail: Mail, mailFrom: string): SendMailOptions {
  return {
    from: mailFrom,
    to: { name: "", address: mail.to },
    subject: mail.subject.replace(/\p{Cc}+/gu, " "),
    text: mail.text,
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function fileName(count: number): string {
  const time = new Date().toISOString().replace(/[-:.]/g, "");
  return `${time}-${String(count).padStart(6, "0")}-${randomBytes(3).toString("hex")}.eml`;
}

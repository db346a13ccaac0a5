import type { Keyturn } from "./keyturn.js";
import { type Ending, runCommand } from "./process.js";

/** Runs a command of the built program beside a server, on its database and data directory. */
export function runBeside(keyturn: Keyturn, args: readonly string[], input = ""): Promise<Ending> {
  return runCommand(args, environmentOf(keyturn), input);
}

/** What the environment of a command says, so that it works on a server's data. */
export function environmentOf({ app, database, dataDirectory, mailbox }: Keyturn): Record<string, string> {
  const keys = app.context.config.secretKeys;
  const written = keys?.map(({ id, key }) => `${id}:${key.toString("base64")}`).join(",");
  return {
    KEYTURN_DATA_DIR: dataDirectory,
    KEYTURN_DATABASE_URL: database.url,
    KEYTURN_SMTP_URL: mailbox.smtpUrl,
    KEYTURN_ARGON2: "m=64,t=1,p=1",
    ...(written === undefined ? {} : { KEYTURN_SECRET_KEYS: written }),
  };
}

/** The lines of JSON that a command printed. */
// biome-ignore lint/suspicious/noExplicitAny: answers have the shape of the question
export function jsonLines({ stdout }: Ending): any[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

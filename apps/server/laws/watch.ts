import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Secret } from "otpauth";
import { vi } from "vitest";
import type { Keyturn } from "../journeys/stage/keyturn.js";
import { sql } from "../src/platform/sql.js";

/** One server, and the secrets that were met so far. */
export interface Walk {
  readonly keyturn: Keyturn;
  readonly watch: (...secrets: WatchedSecret[]) => void;
}

/** A secret of a walk, in every way in which it could be written down. */
export interface WatchedSecret {
  readonly title: string;
  readonly spellings: readonly string[];
  /** How many answers and mails may hold it: the one that showed it, or none. */
  readonly answers: 0 | 1;
  readonly mails: 0 | 1;
}

/** Records every answer that this process gets from now on: its status line, headers and body. */
export function recordAnswers(): { readonly answers: string[]; readonly stop: () => void } {
  const answers: string[] = [];
  const send = globalThis.fetch;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (...asked) => {
    const response = await send(...asked);
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`);
    answers.push([response.status, ...headers, await response.clone().text()].join("\n"));
    return response;
  });
  return { answers, stop: () => spy.mockRestore() };
}

/** All that a server keeps: every row of every table and every byte of its files, but for the keys that open secrets. */
export async function everythingKept({ app, database, dataDirectory }: Keyturn): Promise<string> {
  const { read } = app.context.db;
  const tables = read.dataSource.entityMetadatas.map(({ tableName }) => tableName);
  const rows = tables.map(async (table) => JSON.stringify((await sql(read, `SELECT * FROM ${table}`)).rows));
  const folders = [dataDirectory, ...(database.url.startsWith("sqlite:") ? [folderOf(database.url)] : [])];
  const files = folders.map(async (folder) => {
    const names = (await readdir(folder)).filter((name) => name !== "secret-keys");
    return (await Promise.all(names.map((name) => readFile(join(folder, name), "latin1")))).join("\n");
  });
  return (await Promise.all([...rows, ...files])).join("\n");
}

/** The columns that hold secrets hashed or sealed. */
const HIDDEN = /^(password_hash|token_hash|secret_hash|code_hash|sealed_secret|sealed_private_key)$/;

/** Everything that the database holds hashed or sealed. */
export async function readHidden({ app }: Keyturn): Promise<string[]> {
  const { read } = app.context.db;
  const columns = read.dataSource.entityMetadatas.flatMap(({ tableName, columns: all }) =>
    all.map(({ databaseName }) => ({ tableName, databaseName })),
  );
  const hidden = columns.filter(({ databaseName }) => HIDDEN.test(databaseName));
  const values = hidden.map(async ({ tableName, databaseName }) => {
    const text = `SELECT ${databaseName} AS value FROM ${tableName} WHERE ${databaseName} IS NOT NULL`;
    return (await sql<{ value: string }>(read, text)).rows.map(({ value }) => value);
  });
  return (await Promise.all(values)).flat();
}

function folderOf(url: string): string {
  return url.replace("sqlite://", "").replace(/\/[^/]+$/, "");
}

/** The secret of an authenticator, of which the app knows the Base32. */
export function totpSecret(title: string, base32: string): WatchedSecret {
  const bytes = Buffer.from(Secret.fromBase32(base32).buffer);
  const grouped = base32.replace(/.{4}(?=.)/g, "$& ");
  return {
    title,
    spellings: [base32, grouped, bytes.toString("latin1"), ...encodings(bytes)],
    answers: 1,
    mails: 0,
  };
}

/** A bearer, a challenge or a recovery code, shown once. */
export function shownOnce(title: string, text: string): WatchedSecret {
  return { title, spellings: spellingsOf(text), answers: 1, mails: 0 };
}

/** A token that goes out by mail alone. */
export function mailedOnce(title: string, text: string): WatchedSecret {
  return { title, spellings: spellingsOf(text), answers: 0, mails: 1 };
}

/** What only its owner sends: a password, or something wrong in its place. */
export function neverShown(title: string, text: string): WatchedSecret {
  return { title, spellings: spellingsOf(text), answers: 0, mails: 0 };
}

function spellingsOf(text: string): string[] {
  return [text, text.toLowerCase(), text.replaceAll("-", ""), ...encodings(Buffer.from(text))];
}

function encodings(bytes: Buffer): string[] {
  const base64 = bytes.toString("base64").replaceAll("=", "");
  return [bytes.toString("hex"), bytes.toString("hex").toUpperCase(), base64, bytes.toString("base64url")];
}

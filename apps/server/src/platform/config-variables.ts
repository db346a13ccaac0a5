import type { VariableName } from "./config-schema.js";

/** A variable as the documents describe it; `default` and `meaning` are Markdown. */
export interface VariableDescription {
  readonly name: string;
  readonly default: string;
  readonly meaning: string;
}

interface Variable {
  readonly default: string;
  readonly meaning: string;
  /** Ends the sentence "expected …". */
  readonly expected: string;
}

const variables = {
  NODE_ENV: {
    default: "`development`",
    meaning: "`production` turns on the refusals described below; `test` is as `development`",
    expected: "production, development or test",
  },
  HOST: {
    default: "`127.0.0.1`",
    meaning: "The address to listen on; `0.0.0.0` or `::` for all",
    expected: "an IP address or a host name",
  },
  PORT: {
    default: "`4000`",
    meaning: "The port to listen on; `0` for any free one",
    expected: "a port from 0 to 65535",
  },
  KEYTURN_PUBLIC_URL: {
    default: "`http://localhost:4000`",
    meaning:
      "The address people use, without a path: issuer, links in mails, and whether cookies are `Secure`. Its default follows `PORT`",
    expected: "an origin such as https://id.example.com, without path, query or user",
  },
  KEYTURN_DATABASE_URL: {
    default: "`sqlite:`",
    meaning:
      "`sqlite:` (`keyturn.sqlite` in the data directory), `sqlite:path` (from the working directory), `sqlite:///path`, or `postgres://user:password@host/name`",
    expected:
      "sqlite:, sqlite:path, sqlite:///path or postgres://user:password@host/name, with special characters written as %XX (a percent sign as %25)",
  },
  KEYTURN_SQLITE_SYNCHRONOUS: {
    default: "`full`",
    meaning: "`normal` is faster, and can lose the last commits when the power fails",
    expected: "full or normal",
  },
  KEYTURN_DATA_DIR: {
    default: "`data`",
    meaning: "Database, keys and mails of the embedded default; from the working directory",
    expected: "the path of a directory",
  },
  KEYTURN_SECRET_KEYS: {
    default: "made in the data directory, outside production",
    meaning:
      "`id:base64(32 bytes),…`: keys of the secrets at rest. The first seals, all open; to rotate, put a new one in front",
    expected: "id:base64(32 bytes), or several with different ids, separated by commas",
  },
  KEYTURN_ADMIN_LOGIN_NAME: {
    default: "`admin`",
    meaning: "Login name of the first administrator, who is made only where there is no account",
    expected: "1 to 128 characters, without a colon",
  },
  KEYTURN_ADMIN_PASSWORD: {
    default: "random, and printed once",
    meaning:
      "Password of the first administrator, judged like any new one; a line end after it is no part of it",
    expected: "8 to 128 characters",
  },
  KEYTURN_ISSUER_NAME: {
    default: "`Keyturn`",
    meaning: "The name that authenticator apps show",
    expected: "1 to 64 characters, without control characters",
  },
  KEYTURN_TRIAL_STARTED_ON: {
    default: "the day of the first start, kept",
    meaning:
      "`yyyy-mm-dd`; goes before the day that is kept, from the next start of the server on; the change is recorded as one of the policy. Two-factor authentication is offered where it is 2019-09-08 or later",
    expected: "a date such as 2026-01-31",
  },
  KEYTURN_SMTP_URL: {
    default: "none: mails become `.eml` files in the data directory",
    meaning: "`smtps://user:password@host:465`, or `smtp://…:587?requireTLS=true`",
    expected:
      "smtp://host:port or smtps://host:port, with user:password@ where one is needed, special characters written as %XX (a percent sign as %25)",
  },
  KEYTURN_MAIL_FROM: {
    default: "the issuer's name, `keyturn@` and the public host",
    meaning: "Sender of mails: `id@example.com`, or `Example ID <id@example.com>`",
    expected: "one mail address, such as Example ID <id@example.com>",
  },
  KEYTURN_TRUSTED_PROXIES: {
    default: "none",
    meaning:
      "Addresses and ranges, separated by commas, whose `X-Forwarded-*`, `X-Original-*` and `X-Keyturn-Require` count",
    expected: "IP addresses or CIDR ranges, separated by commas",
  },
  KEYTURN_ALLOWED_ORIGINS: {
    default: "none",
    meaning:
      "Origins, separated by commas, whose pages may call GraphQL and OAuth's endpoints from a browser (CORS), with a token and never with cookies",
    expected: "origins such as https://app.example.com, separated by commas, without path, query or user",
  },
  KEYTURN_SCOPES: {
    default: "none",
    meaning:
      "`orders:read=Read your orders,…`: further scopes for tokens. They open nothing in Keyturn itself",
    expected:
      "name=description, or several separated by commas; not openid, profile, email, offline_access, account:… or admin:…, and none twice",
  },
  KEYTURN_ATTEMPTS_PER_ADDRESS: {
    default: "`60`",
    meaning: "Failed attempts in a minute from one address (IPv6: one /64); `0` for no limit",
    expected: "a whole number from 0 to 1000000",
  },
  KEYTURN_ARGON2: {
    default: "`m=19456,t=2,p=1`",
    meaning: "Cost of a password hash: KiB, passes, threads. Older hashes are renewed at the next login",
    expected: "m=…,t=…,p=… with p from 1 to 255, t at least 1 and m at least 8 × p",
  },
  KEYTURN_LOG_LEVEL: {
    default: "`info`",
    meaning: "`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`",
    expected: "fatal, error, warn, info, debug, trace or silent",
  },
} as const satisfies Record<VariableName, Variable>;

/** Lists every variable that this version reads, in the order of the documents. */
export function describeConfiguration(): VariableDescription[] {
  return Object.entries(variables).map(([name, variable]) => ({
    name,
    default: variable.default,
    meaning: variable.meaning,
  }));
}

/** Prints {@link describeConfiguration} as the Markdown table of `docs/configuration.md`. */
export function configurationTable(): string {
  const rows = describeConfiguration().map((row) => `| \`${row.name}\` | ${row.default} | ${row.meaning} |`);
  return ["| variable | default | meaning |", "|---|---|---|", ...rows].join("\n");
}

/** Says what form a variable has, to end the sentence "expected …". */
export function expectedOf(name: VariableName): string {
  return variables[name].expected;
}

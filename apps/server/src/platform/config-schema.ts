import { z } from "zod";
import {
  DEFAULT_ARGON2,
  parseArgon2,
  parseDatabase,
  parseMailbox,
  parseOrigin,
  parseOrigins,
  parseProxies,
  parseScopes,
  parseSmtpUrl,
} from "./config-values.js";
import { parseSecretKeys } from "./secret-key.js";

/** Every variable that this version reads, its form, and its default where that is a value. */
export const environmentSchema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]{1,255}$/)
    .default("127.0.0.1"),
  PORT: integer(65_535).default(4_000),
  KEYTURN_PUBLIC_URL: read(parseOrigin).optional(),
  KEYTURN_DATABASE_URL: read(parseDatabase).default({ type: "sqlite", path: null }),
  KEYTURN_SQLITE_SYNCHRONOUS: z.enum(["full", "normal"]).default("full"),
  KEYTURN_DATA_DIR: z
    .string()
    .regex(/^[^\p{Cc}]+$/u)
    .default("data"),
  KEYTURN_SECRET_KEYS: read(parseSecretKeys).optional(),
  KEYTURN_ADMIN_LOGIN_NAME: z
    .string()
    .regex(/^[^\p{Cc}:]{1,128}$/u)
    .default("admin"),
  KEYTURN_ADMIN_PASSWORD: z
    .string()
    // A secret that comes from a file brings the file's last line end.
    .transform((text) => text.replace(/\r?\n$/, ""))
    .pipe(z.string().regex(/^.{8,128}$/su))
    .optional(),
  KEYTURN_ISSUER_NAME: z
    .string()
    .regex(/^[^\p{Cc}]{1,64}$/u)
    .default("Keyturn"),
  KEYTURN_TRIAL_STARTED_ON: z.iso.date().optional(),
  KEYTURN_SMTP_URL: read(parseSmtpUrl).optional(),
  KEYTURN_MAIL_FROM: read(parseMailbox).optional(),
  KEYTURN_TRUSTED_PROXIES: read(parseProxies).default([]),
  KEYTURN_ALLOWED_ORIGINS: read(parseOrigins).default([]),
  KEYTURN_SCOPES: read(parseScopes).default([]),
  KEYTURN_ATTEMPTS_PER_ADDRESS: integer(1_000_000).default(60),
  KEYTURN_ARGON2: read(parseArgon2).default(DEFAULT_ARGON2),
  KEYTURN_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

/** What the environment says, variable by variable. */
export type EnvironmentValues = z.infer<typeof environmentSchema>;
export type VariableName = keyof EnvironmentValues;

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Turns a reader that answers null into a schema; what is expected in its place stands with the variable. */
function read<T>(parse: (text: string) => T | null) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== null) return value;
    context.addIssue({ code: "custom", message: "not of the expected form" });
    return z.NEVER;
  });
}

function integer(maximum: number) {
  return z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .pipe(z.int().max(maximum));
}

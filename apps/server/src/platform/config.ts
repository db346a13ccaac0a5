import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { ConfigurationError, type ConfigurationFault } from "./config-error.js";
import { productionFaults } from "./config-production.js";
import {
  type Environment,
  type EnvironmentValues,
  environmentSchema,
  type VariableName,
} from "./config-schema.js";
import { unknownVariableFaults } from "./config-unknown.js";
import type { Argon2Cost, DatabaseAddress, ScopeDefinition } from "./config-values.js";
import { expectedOf } from "./config-variables.js";
import type { SecretKey } from "./secret-key.js";

/** What the environment asks for, read once at the start. It holds secrets: never log it. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** An origin: no path, query or user. */
  readonly publicUrl: URL;
  readonly database:
    | { readonly type: "sqlite"; readonly file: string }
    | { readonly type: "postgres"; readonly url: string };
  readonly sqliteSynchronous: "full" | "normal";
  /** Absolute; see {@link checkDataDirectory} for whether it is there. */
  readonly dataDirectory: string;
  /** The first seals, all open; null asks for a key made in the data directory, and never so in production. */
  readonly secretKeys: readonly SecretKey[] | null;
  /** The password is null where a random one is wanted. */
  readonly firstAdministrator: { readonly loginName: string; readonly password: string | null };
  readonly issuerName: string;
  /** `yyyy-mm-dd`; null leaves it to the day of the first start. */
  readonly trialStartedOn: string | null;
  readonly smtpUrl: string | null;
  /** One mailbox, as it stands in a `From` header. */
  readonly mailFrom: string;
  /** IP addresses and CIDR ranges. */
  readonly trustedProxies: readonly string[];
  /** Origins, as browsers send them, whose pages may call GraphQL; never with cookies. */
  readonly allowedOrigins: readonly string[];
  /** The scopes that this installation adds. */
  readonly scopes: readonly ScopeDefinition[];
  /** Failed attempts in a minute; 0 for no limit. */
  readonly attemptsPerAddress: number;
  readonly argon2: Argon2Cost;
  readonly logLevel: EnvironmentValues["KEYTURN_LOG_LEVEL"];
}

/**
 * Reads the configuration from the environment; an empty variable counts as one that is not there.
 *
 * @throws ConfigurationError with every fault at once, among them what production refuses.
 */
export function readConfig(environment: Environment, cwd: string = process.cwd()): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== ""));
  const parsed = environmentSchema.safeParse(given);
  const malformed = (parsed.error?.issues ?? []).map(({ path }) => faultOf(path[0] as VariableName));
  const faults = [...malformed, ...productionFaults(given), ...unknownVariableFaults(given)];
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults);
  return assemble(parsed.data, cwd);
}

function faultOf(name: VariableName): ConfigurationFault {
  return { name, expected: expectedOf(name) };
}

function assemble(values: EnvironmentValues, cwd: string): Config {
  const publicUrl = values.KEYTURN_PUBLIC_URL ?? new URL(`http://localhost:${values.PORT}`);
  const dataDirectory = resolve(cwd, values.KEYTURN_DATA_DIR);
  return {
    production: values.NODE_ENV === "production",
    host: values.HOST,
    port: values.PORT,
    publicUrl,
    database: locate(values.KEYTURN_DATABASE_URL, { dataDirectory, cwd }),
    sqliteSynchronous: values.KEYTURN_SQLITE_SYNCHRONOUS,
    dataDirectory,
    secretKeys: values.KEYTURN_SECRET_KEYS ?? null,
    firstAdministrator: {
      loginName: values.KEYTURN_ADMIN_LOGIN_NAME,
      password: values.KEYTURN_ADMIN_PASSWORD ?? null,
    },
    issuerName: values.KEYTURN_ISSUER_NAME,
    trialStartedOn: values.KEYTURN_TRIAL_STARTED_ON ?? null,
    smtpUrl: values.KEYTURN_SMTP_URL ?? null,
    mailFrom: values.KEYTURN_MAIL_FROM ?? senderOf(values.KEYTURN_ISSUER_NAME, publicUrl),
    trustedProxies: values.KEYTURN_TRUSTED_PROXIES,
    allowedOrigins: values.KEYTURN_ALLOWED_ORIGINS,
    scopes: values.KEYTURN_SCOPES,
    attemptsPerAddress: values.KEYTURN_ATTEMPTS_PER_ADDRESS,
    argon2: values.KEYTURN_ARGON2,
    logLevel: values.KEYTURN_LOG_LEVEL,
  };
}

function locate(address: DatabaseAddress, from: { dataDirectory: string; cwd: string }): Config["database"] {
  if (address.type === "postgres") return address;
  const file =
    address.path === null ? join(from.dataDirectory, "keyturn.sqlite") : resolve(from.cwd, address.path);
  return { type: "sqlite", file };
}

function senderOf(issuerName: string, { hostname }: URL): string {
  const isAddress = isIP(hostname.replace(/^\[(.*)\]$/, "$1")) !== 0;
  const name = issuerName.replace(/["\\]/g, "\\$&");
  return `"${name}" <keyturn@${isAddress ? "localhost" : hostname}>`;
}

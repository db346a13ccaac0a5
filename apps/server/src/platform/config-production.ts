import { BlockList, isIP } from "node:net";
import type { ConfigurationFault } from "./config-error.js";
import { type Environment, environmentSchema } from "./config-schema.js";
import { DEFAULT_ARGON2 } from "./config-values.js";

/** Every secret that the documents and examples show: production refuses them, as anyone can read them there. */
export const EXAMPLE_SECRETS: readonly string[] = [
  "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  "correct horse battery staple",
  "change-me-before-use",
  "metrics-token-from-the-documents",
];

interface Rule extends ConfigurationFault {
  readonly isBroken: (environment: Environment) => boolean;
}

const own = "a value of your own: this one stands in the documents as an example";

const rules: readonly Rule[] = [
  {
    name: "KEYTURN_SECRET_KEYS",
    expected: "keys, in production: id:base64(32 bytes), for example from openssl rand -base64 32",
    isBroken: (environment) => environment["KEYTURN_SECRET_KEYS"] === undefined,
  },
  { name: "KEYTURN_SECRET_KEYS", expected: own, isBroken: hasExampleKey },
  { name: "KEYTURN_ADMIN_PASSWORD", expected: own, isBroken: isExample("KEYTURN_ADMIN_PASSWORD") },
  { name: "KEYTURN_METRICS_TOKEN", expected: own, isBroken: isExample("KEYTURN_METRICS_TOKEN") },
  {
    name: "KEYTURN_PUBLIC_URL",
    expected: "https:// in production; plain http:// is for loopback alone",
    isBroken: isPlainHttp,
  },
  { name: "KEYTURN_ARGON2", expected: "at least m=19456,t=2,p=1 in production", isBroken: isCheap },
];

/** Finds what production refuses (and other modes do not). Values of a wrong form are left to the schema. */
export function productionFaults(environment: Environment): ConfigurationFault[] {
  if (environment["NODE_ENV"] !== "production") return [];
  return rules
    .filter(({ isBroken }) => isBroken(environment))
    .map(({ name, expected }) => ({ name, expected }));
}

function hasExampleKey(environment: Environment): boolean {
  const { data: keys = [] } = environmentSchema.shape.KEYTURN_SECRET_KEYS.safeParse(
    environment["KEYTURN_SECRET_KEYS"],
  );
  return keys.some(({ key }) =>
    EXAMPLE_SECRETS.some((example) => key.equals(Buffer.from(example, "base64"))),
  );
}

function isExample(name: string): (environment: Environment) => boolean {
  return (environment) => EXAMPLE_SECRETS.includes((environment[name] ?? "").trim());
}

function isPlainHttp(environment: Environment): boolean {
  const { data: url } = environmentSchema.shape.KEYTURN_PUBLIC_URL.safeParse(
    environment["KEYTURN_PUBLIC_URL"],
  );
  return url?.protocol === "http:" && !isLoopback(url.hostname);
}

function isCheap(environment: Environment): boolean {
  const { data: cost = DEFAULT_ARGON2 } = environmentSchema.shape.KEYTURN_ARGON2.safeParse(
    environment["KEYTURN_ARGON2"],
  );
  return cost.memoryCost < DEFAULT_ARGON2.memoryCost || cost.timeCost < DEFAULT_ARGON2.timeCost;
}

function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[(.*)\]$/, "$1");
  const version = isIP(address);
  if (version === 0) return /(^|\.)localhost$/.test(hostname);
  const loopback = new BlockList();
  loopback.addSubnet("127.0.0.0", 8, "ipv4");
  loopback.addAddress("::1", "ipv6");
  return loopback.check(address, version === 4 ? "ipv4" : "ipv6");
}

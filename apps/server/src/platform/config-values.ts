import { isIP } from "node:net";
import { isReservedScope } from "./built-in-scopes.js";

/** Where rows live, as it is written: the SQLite file is not yet resolved, and null stands for the default one. */
export type DatabaseAddress =
  | { readonly type: "sqlite"; readonly path: string | null }
  | { readonly type: "postgres"; readonly url: string };

/** A scope that this installation adds, and the words that a consent page shows for it. */
export interface ScopeDefinition {
  readonly name: string;
  readonly description: string;
}

/** The cost of a password hash: memory in KiB, passes, threads. */
export interface Argon2Cost {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** The cost that OWASP's Password Storage Cheat Sheet asks for. */
export const DEFAULT_ARGON2: Argon2Cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Reads an http or https address that is nothing but an origin; a slash at its end is let pass. */
export function parseOrigin(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  return url.href === `${url.origin}/` ? url : null;
}

/** Reads origins, separated by commas, each as a browser sends it in an `Origin` header. */
export function parseOrigins(text: string): string[] | null {
  const origins = text.split(",").map((entry) => parseOrigin(entry.trim())?.origin ?? null);
  return origins.every((origin) => origin !== null) ? origins : null;
}

/** Reads `sqlite:`, `sqlite:path`, `sqlite:///path` or a `postgres://` address. */
export function parseDatabase(text: string): DatabaseAddress | null {
  if (/^postgres(ql)?:\/\//.test(text)) return isReadable(text) ? { type: "postgres", url: text } : null;
  const [, path] = /^sqlite:(?:\/\/(?=\/))?((?!\/\/|:)[^?#\p{Cc}]*)$/u.exec(text) ?? [];
  return path === undefined ? null : { type: "sqlite", path: path === "" ? null : path };
}

/** Reads IP addresses and CIDR ranges, separated by commas. */
export function parseProxies(text: string): string[] | null {
  const entries = text.split(",").map((entry) => entry.trim());
  return entries.every(isAddressOrRange) ? entries : null;
}

/** Reads scopes written as `name=description,…`; none of them is Keyturn's own, and none stands there twice. */
export function parseScopes(text: string): ScopeDefinition[] | null {
  const scopes = text.split(",").map((entry) => parseScope(entry.trim()));
  if (!scopes.every((scope) => scope !== null)) return null;
  return new Set(scopes.map(({ name }) => name)).size === scopes.length ? scopes : null;
}

/** Reads `m=…,t=…,p=…` within Argon2's limits (RFC 9106, section 3.1) and 4 GiB. */
export function parseArgon2(text: string): Argon2Cost | null {
  const found = /^m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})$/.exec(text);
  if (found === null) return null;
  const [memoryCost = 0, timeCost = 0, parallelism = 0] = found.slice(1).map(Number);
  const fits = timeCost >= 1 && parallelism >= 1 && parallelism <= 255;
  return fits && memoryCost >= 8 * parallelism && memoryCost <= 2 ** 22
    ? { memoryCost, timeCost, parallelism }
    : null;
}

/** Reads the address of a mail server, `smtp://…` or `smtps://…`. */
export function parseSmtpUrl(text: string): string | null {
  return /^smtps?:\/\//.test(text) && isReadable(text) && new URL(text).hostname !== "" ? text : null;
}

/** Whether the parts of an address can be read: drivers decode them, and stop at a percent sign that stands for itself. */
function isReadable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password, hostname, pathname } = new URL(text);
  try {
    for (const part of [username, password, hostname, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

const MAIL_ADDRESS = String.raw`[^\s<>@,;"]+@[^\s<>@,;"]+`;
const MAIL_NAME = String.raw`"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])*" *|[^"\\<>(),:;@\p{Cc}]*`;
const MAILBOX = new RegExp(`^(?:${MAIL_ADDRESS}|(?:${MAIL_NAME})<${MAIL_ADDRESS}>)$`, "u");

/** Reads one mailbox: `name@host`, `Words <name@host>`, or `"Words, quoted" <name@host>`. */
export function parseMailbox(text: string): string | null {
  return MAILBOX.test(text) ? text : null;
}

function isAddressOrRange(entry: string): boolean {
  const [, address = "", prefix] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const version = isIP(address);
  return version !== 0 && (prefix === undefined || Number(prefix) <= (version === 4 ? 32 : 128));
}

function parseScope(entry: string): ScopeDefinition | null {
  const [, name, description] = /^([A-Za-z][A-Za-z0-9._:/-]{0,63})=([^\p{Cc}]{1,200})$/u.exec(entry) ?? [];
  if (name === undefined || description === undefined || isReservedScope(name)) return null;
  return description.trim() === "" ? null : { name, description: description.trim() };
}

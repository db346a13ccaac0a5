import { Refusal } from "../../platform/problem.js";
import type { HeaderValues } from "../credentials/read-credential.js";

/** A request to `/forward-auth` whose credential is the session's cookie. */
export interface CookieUse {
  readonly headers: HeaderValues;
  /** The method by which `/forward-auth` itself was asked. */
  readonly method: string;
  readonly peer: "trusted" | "untrusted";
  readonly publicUrl: URL;
}

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Says why a session's cookie does not count; null: it does.
 *
 * It counts on Keyturn's own host alone, and there, unless the method is safe, with `X-Requested-With`, which no form of
 * a foreign page can send. A trusted proxy says which request it asks about; what anyone else says of it can refuse, and
 * never allow.
 */
export function judgeCookie(use: CookieUse): Refusal | null {
  if (!isOnOwnHost(use)) return new Refusal("UNAUTHENTICATED", { reason: "cookieElsewhere" });
  return isSafe(use) || use.headers["x-requested-with"] !== undefined
    ? null
    : new Refusal("UNAUTHENTICATED", { reason: "cookieUnsafe" });
}

function isOnOwnHost({ headers, peer, publicUrl }: CookieUse): boolean {
  const told = [...listOf(headers["x-forwarded-host"]), ...hostsOf(headers["x-original-url"])];
  const hosts = peer === "trusted" && told.length > 0 ? told : [...told, headers["host"]?.[0] ?? ""];
  return hosts.every((host) => isHostOf(publicUrl, host));
}

/** A trusted proxy that does not say by which method counts as one that says an unsafe one. */
function isSafe({ headers, peer, method }: CookieUse): boolean {
  const told = [...listOf(headers["x-original-method"]), ...listOf(headers["x-forwarded-method"])];
  const methods = peer === "trusted" ? told : [...told, method];
  return methods.length > 0 && methods.every((each) => SAFE.has(each));
}

function listOf(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(",")).map((value) => value.trim());
}

/** A gateway can send the path alone as the original address: that says nothing of the host. */
function hostsOf(addresses: readonly string[] = []): string[] {
  return addresses
    .filter((address) => !address.startsWith("/"))
    .map((address) => (URL.canParse(address) ? new URL(address).host : ""));
}

function isHostOf({ protocol, host: own }: URL, host: string): boolean {
  const address = `${protocol}//${host}`;
  return /^[A-Za-z0-9.:[\]_-]+$/.test(host) && URL.canParse(address) && new URL(address).host === own;
}

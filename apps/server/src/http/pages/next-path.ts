const HOME = "/account";

/** Proxies take 8 kB of headers with an answer (nginx, Apache), and ours beside the address take less than one and a half. */
export const LONGEST_ADDRESS = 6500;

/** Reads where a page leads to afterwards: a path of this origin, and the account settings for anything else. */
export function nextPath(next: string | null | undefined, publicUrl: URL): string {
  if (typeof next !== "string" || next.length > LONGEST_ADDRESS) return HOME;
  // Browsers drop some of these characters, and take a backslash for a slash.
  if (!next.startsWith("/") || /[\\\p{Cc}\p{Cs}]/u.test(next) || !URL.canParse(next, publicUrl.origin))
    return HOME;
  const { origin, pathname, search, hash } = new URL(next, publicUrl);
  // A path with dots in it can come out as one that begins with two slashes, which is another host.
  if (origin !== publicUrl.origin || pathname.startsWith("//")) return HOME;
  return pathname + search + hash;
}

/** An address with where it leads to afterwards. */
export function withNext(address: string, next: string): string {
  return `${address}?${new URLSearchParams({ next })}`;
}

import type { SessionCookies } from "../credentials/viewer.js";

/** Sends a session's token out as it was asked for: as a cookie and null in the answer, or in the answer and no cookie. */
export function deliverToken(
  { cookies }: { cookies: SessionCookies },
  { token, useCookie }: { token: string; useCookie: boolean },
): string | null {
  if (!useCookie) return token;
  cookies.set(token);
  return null;
}

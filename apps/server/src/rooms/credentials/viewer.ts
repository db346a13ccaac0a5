import type { Assurance, CredentialType } from "../../platform/access.js";
import type { TokenHash } from "../../platform/bearer-token.js";
import type { Door } from "../../platform/context.js";
import { type MessageLocale, messageLocale } from "../../platform/locale.js";
import type { AccountAndPolicy } from "../accounts/account.repository.js";

/** What a viewer's session tells the rooms above: the whole of it is the sessions' own. */
export interface ViewerSession {
  readonly id: string;
  readonly useCookie: boolean;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  readonly assurance: Assurance;
  readonly methods: string;
  readonly authenticatedAt: number;
}

/** Who sent a request, by what credential: checked once, before any resolver. */
export interface Viewer extends AccountAndPolicy {
  readonly credential: CredentialType;
  readonly assurance: Assurance;
  readonly methods: readonly string[];
  readonly authenticatedAt: number;
  /** Null for a password or a session, which may do all that the account may. */
  readonly scopes: readonly string[] | null;
  readonly session: ViewerSession | null;
  /** Of an API token or an OAuth token; null for a password or a session. */
  readonly tokenHash: TokenHash | null;
}

/** Sends a session's token as a cookie, or ends the one that the browser holds. */
export interface SessionCookies {
  /** The token that came as a cookie, whatever became of it. */
  readonly received: string | null;
  set(token: string): void;
  clear(): void;
}

/** What every resolver gets once the credential was checked. */
export interface Caller extends Door {
  readonly viewer: Viewer | null;
  readonly cookies: SessionCookies;
  /** A digest of what tells this browser from others; null where it holds nothing of ours yet. */
  readonly browser: string | null;
}

/** The viewer of a field that `@access` guards, where there always is one. */
export function viewerOf({ viewer }: Pick<Caller, "viewer">): Viewer {
  if (viewer === null) throw new Error("a guarded field was reached without a viewer");
  return viewer;
}

/** The session of a field that accepts sessions alone. */
export function sessionOf(caller: Pick<Caller, "viewer">): Viewer & { readonly session: ViewerSession } {
  const viewer = viewerOf(caller);
  if (viewer.session === null) throw new Error("a field for sessions was reached without one");
  return { ...viewer, session: viewer.session };
}

/** The language of what is said to a caller: the account's own once it is known. */
export function localeOf({ viewer, request }: Pick<Caller, "viewer" | "request">): MessageLocale {
  return viewer === null ? request.locale : messageLocale(viewer.account.locale);
}

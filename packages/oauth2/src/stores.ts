import type { IdTokenAlgorithm } from "./signing-keys.js";

/** How a client comes to tokens; no password grant and no implicit one, which OAuth 2.1 dropped. */
export type GrantType = "authorization_code" | "refresh_token" | "client_credentials";

/** An application, as an administrator registered it. */
export interface OAuthClient {
  /** Letters and digits: form encoding (RFC 6749, section 2.3.1) leaves them as they are. */
  readonly id: string;
  readonly name: string;
  /** Of its secret, by `digestSecret`; null for a public client, which has none. */
  readonly secretDigest: string | null;
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly GrantType[];
  /** All that it may ask for. */
  readonly scopes: readonly string[];
  readonly idTokenAlgorithm: IdTokenAlgorithm;
  /** Whom `client_credentials` stands for; null where it has none. */
  readonly serviceAccountId: string | null;
}

/** How a person was authenticated. */
export interface Authentication {
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** Authentication method references (RFC 8176): `pwd`, `otp`. */
  readonly methods: readonly string[];
  /** Whether a second factor was proven. It falls, once the account's second factor goes. */
  readonly twoFactor: boolean;
}

/** What a person allowed a client once: the root of a code and of the family of tokens that comes out of it. */
export interface Authorization {
  readonly id: string;
  readonly clientId: string;
  /** The account. */
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  /** By S256 (RFC 7636). */
  readonly codeChallenge: string;
  readonly nonce: string | null;
  readonly authentication: Authentication;
  readonly createdAt: number;
}

/** An authorization as its code was shown. */
export interface RedeemedCode {
  readonly authorization: Authorization;
  readonly expiresAt: number;
  /** Whether the code had been shown before. */
  readonly isReplay: boolean;
  /** Whether the client is enabled, and the account may act and may use the client, now. */
  readonly usable: boolean;
}

/** A token as it is kept. */
export interface StoredToken {
  readonly kind: "access" | "refresh";
  readonly digest: string;
  readonly clientId: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Null for a token by `client_credentials`. */
  readonly authorization: Authorization | null;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Whether a refresh token was used. */
  readonly isSpent: boolean;
  /**
   * Whether its client is enabled, and the account may act and may use the client, now. For a token by
   * `client_credentials` also whether the client may still use that grant, for that account.
   */
  readonly usable: boolean;
}

/** A token to keep. */
export interface NewToken {
  readonly kind: "access" | "refresh";
  readonly digest: string;
  /** A refresh token keeps all of its family's, where an access token was asked for with fewer. */
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** Tokens that are issued together. */
export interface NewTokens {
  readonly clientId: string;
  readonly subject: string;
  /** Null for `client_credentials`. */
  readonly authorizationId: string | null;
  readonly issuedAt: number;
  /** Whether a code was redeemed for them: a family begins. */
  readonly isFirst: boolean;
  readonly tokens: readonly NewToken[];
}

/** What an account's owner lets userinfo say (OpenID Connect Core, section 5.1); absent where there is nothing. */
export interface Claims {
  readonly name?: string;
  readonly preferred_username?: string;
  readonly locale?: string;
  readonly updated_at?: number;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/**
 * Why an authorization ends: its client revoked it; a code or a refresh token was shown a second time; its code was shown
 * wrongly or too late.
 */
export type EndReason = "revoked" | "replayed" | "misused";

/** The statements of one transaction. Digests alone are kept: nothing here can be presented again. */
export interface OAuthTransaction {
  /**
   * Marks an authorization request as answered, and remembers that until it expires (`until`, in milliseconds since the
   * epoch); true for exactly one of any number at once.
   */
  takeRequest(id: string, until: number): Promise<boolean>;
  /**
   * Keeps an authorization with its code, which nobody has shown yet; false, and nothing is kept, where the account may
   * not use the client, now. It is no family yet: whoever lets people's browsers ask, over and over, ends none.
   */
  addAuthorization(
    authorization: Authorization,
    code: { digest: string; expiresAt: number },
  ): Promise<boolean>;
  /**
   * Marks a code as shown and returns its authorization; null where there is none. One conditional statement decides:
   * of any number at once exactly one is told that it is no replay. It lasts as long as the family, so that a replay
   * is seen as long as there is something to end.
   */
  redeemCode(digest: string): Promise<RedeemedCode | null>;
  /** Finds a token, spent and expired ones too; null where there is none. */
  findToken(digest: string): Promise<StoredToken | null>;
  /** Spends a refresh token by one conditional statement: true for exactly one of any number at once. */
  spendRefreshToken(digest: string): Promise<boolean>;
  /**
   * Keeps tokens of an authorization that is still there; false, and none is kept, where it has ended. Where a family
   * begins and its client has more of the account than the host allows, the oldest ends.
   */
  addTokens(tokens: NewTokens): Promise<boolean>;
  /** Ends one access token. */
  endAccessToken(digest: string): Promise<void>;
  /** Ends an authorization with its code and every token that came out of it. */
  endAuthorization(id: string, why: EndReason): Promise<void>;
}

/** What a host keeps for the provider. */
export interface OAuthStores {
  /** Finds a client that is enabled; the host may cache it, and drops it on every change. */
  findClient(id: string): Promise<OAuthClient | null>;
  /** Finds what a client may ask for by itself now, as far as its service account has it; null where it may not act. */
  findServiceScopes(client: OAuthClient): Promise<readonly string[] | null>;
  /** What userinfo says of an account. */
  findClaims(subject: string): Promise<Claims>;
  /**
   * Runs statements as one transaction: it commits when the work resolves and rolls back when it rejects. A refusal
   * resolves, so that a burnt code stays burnt.
   */
  transaction<Result>(work: (statements: OAuthTransaction) => Promise<Result>): Promise<Result>;
}

import type {
  AuthorizationCodeModel,
  ClientCredentialsModel,
  Client as LibraryClient,
  RefreshToken,
  RefreshTokenModel,
  Token,
} from "@node-oauth/oauth2-server";
import OAuth2Server from "@node-oauth/oauth2-server";
import { ACCESS_TOKEN_LIFETIME, FAMILY_LIFETIME, REFRESH_TOKEN_LIFETIME } from "./lifetimes.js";
import type { Parameters } from "./messages.js";
import type { Provider } from "./provider.js";
import { redeem } from "./redeem-code.js";
import type { Authorization, NewToken } from "./stores.js";
import type { TokenRequest } from "./token-request.js";

const { InvalidGrantError, InvalidScopeError } = OAuth2Server;

/** What a token request issued. */
export interface Issued {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly scopes: readonly string[];
  readonly subject: string;
  readonly authorization: Authorization | null;
  /** Whether they are the first of their authorization. */
  readonly isFirst: boolean;
}

/** The library's model over our stores, for one request in one transaction. */
export interface TokenModel extends AuthorizationCodeModel, RefreshTokenModel, ClientCredentialsModel {
  /** What was issued; null as long as nothing was. */
  issued(): Issued | null;
  /** After a refusal: ends what a burnt code led to. */
  abandon(): Promise<void>;
}

/** The library compares with the machine's clock. Ours is the provider's, so the library gets a time that never comes. */
const NEVER = new Date(8.64e15);

/**
 * Makes the model for one request. The library calls it in the order of each grant: what must be decided by one
 * statement is decided when it is looked up.
 */
export function createModel(request: TokenRequest): TokenModel {
  const { provider, statements, client } = request;
  const libraryClient: LibraryClient = { id: client.id, grants: [...client.grantTypes] };
  /** The authorization that a code or a refresh token led to. */
  let found: Authorization | null = null;
  /** Those of the refresh token that is used. */
  let refreshed: readonly string[] | null = null;
  let issued: Issued | null = null;
  const { draw, drawn } = drawer(provider);
  return {
    issued: () => issued,
    abandon: async () => {
      if (found !== null && isOfCode(request)) await statements.endAuthorization(found.id, "misused");
    },
    getClient: async () => libraryClient,
    generateAccessToken: async () => draw("access"),
    generateRefreshToken: async () => draw("refresh"),

    async getAuthorizationCode(code) {
      found = await redeem(request, code);
      return {
        // Compared already; the library would ask for it.
        ...{ authorizationCode: code, expiresAt: NEVER, redirectUri: "" },
        ...{ codeChallenge: found.codeChallenge, codeChallengeMethod: "S256" },
        ...{ scope: [...found.scopes], client: libraryClient, user: { id: found.subject } },
      };
    },
    // Burnt when it was looked up.
    revokeAuthorizationCode: async () => true,

    async getRefreshToken(refreshToken) {
      const token = await findRefreshToken(request, refreshToken);
      found = token.authorization;
      refreshed = token.forLibrary.scope ?? null;
      return { ...token.forLibrary, client: libraryClient };
    },
    revokeToken: async ({ refreshToken }: RefreshToken) => {
      const digest = provider.secrets.digest(refreshToken, "refresh");
      if (digest !== null && (await statements.spendRefreshToken(digest))) return true;
      if (found !== null) await statements.endAuthorization(found.id, "replayed");
      return false;
    },

    getUserFromClient: async () => (request.service === null ? false : { id: request.service.id }),
    // What the client was granted, and may still ask for.
    validateScope: async () =>
      ((found ?? request.service)?.scopes ?? []).filter((scope) => client.scopes.includes(scope)),

    async saveToken(token, _, user) {
      const subject = String(user["id"]);
      issued = await save(request, { token, authorization: found, refreshed, subject, drawn });
      return { ...token, client: libraryClient, user };
    },
    // The library wants it there; nothing is verified by this model.
    getAccessToken: async () => null,
    saveAuthorizationCode: async () => false,
  };
}

/** Draws tokens, and remembers their digests. */
function drawer({ secrets }: Provider): {
  draw: (kind: "access" | "refresh") => string;
  drawn: ReadonlyMap<string, string>;
} {
  const drawn = new Map<string, string>();
  const draw = (kind: "access" | "refresh"): string => {
    const { plain, digest } = secrets.draw(kind);
    drawn.set(plain, digest);
    return plain;
  };
  return { draw, drawn };
}

function isOfCode({ parameters }: TokenRequest): boolean {
  return parameters.get("grant_type") === "authorization_code";
}

async function findRefreshToken(
  { provider, statements, client, parameters }: TokenRequest,
  refreshToken: string,
): Promise<{
  authorization: Authorization;
  forLibrary: Pick<RefreshToken, "refreshToken" | "refreshTokenExpiresAt" | "scope" | "user">;
}> {
  const digest = provider.secrets.digest(refreshToken, "refresh");
  const token = digest === null ? null : await statements.findToken(digest);
  const authorization = token?.kind === "refresh" ? token.authorization : null;
  // Someone else's token is not theirs to end.
  if (token === null || authorization === null || token.clientId !== client.id)
    throw new InvalidGrantError("The refresh token is unknown, or its family has ended.");
  if (token.isSpent) {
    // Either its owner or a thief shows it a second time: nobody goes on (RFC 9700, section 4.14.2).
    await statements.endAuthorization(authorization.id, "replayed");
    throw new InvalidGrantError("The refresh token was used before; its whole family has ended.");
  }
  const endsAt = Math.min(token.expiresAt, authorization.createdAt + FAMILY_LIFETIME);
  if (endsAt <= provider.now() || !token.usable)
    throw new InvalidGrantError("The refresh token has expired.");
  // Before it is spent: a wrong scope costs the client nothing. The library looks too late.
  refuseFurtherScopes(parameters, token.scopes);
  const forLibrary = {
    refreshToken,
    refreshTokenExpiresAt: NEVER,
    scope: [...token.scopes],
    user: { id: token.subject },
  };
  return { authorization, forLibrary };
}

function refuseFurtherScopes(parameters: Parameters, granted: readonly string[]): void {
  const asked = (parameters.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  if (asked.some((scope) => !granted.includes(scope)))
    throw new InvalidScopeError(`The refresh token was granted: ${granted.join(" ")}.`);
}

interface ToSave {
  readonly token: Pick<Token, "accessToken" | "refreshToken" | "scope">;
  readonly authorization: Authorization | null;
  /** The scopes of the refresh token that is used; null where none is. */
  readonly refreshed: readonly string[] | null;
  readonly subject: string;
  /** The digests of what was drawn. */
  readonly drawn: ReadonlyMap<string, string>;
}

async function save(
  request: TokenRequest,
  { token, authorization, refreshed, subject, drawn }: ToSave,
): Promise<Issued> {
  const { provider, statements, client } = request;
  const now = provider.now();
  const scopes = token.scope ?? [];
  const keeps = authorization !== null && client.grantTypes.includes("refresh_token");
  const refreshToken = keeps ? (token.refreshToken ?? null) : null;
  const kept = (plain: string, others: Omit<NewToken, "digest">): NewToken => {
    const digest = drawn.get(plain);
    if (digest === undefined) throw new Error("the library made a token of its own");
    return { digest, ...others };
  };
  const access = { kind: "access", scopes, expiresAt: now + ACCESS_TOKEN_LIFETIME } as const;
  // RFC 6749, section 6: the next refresh token has the scopes of the one before.
  const refresh = {
    kind: "refresh",
    scopes: refreshed ?? scopes,
    expiresAt: now + REFRESH_TOKEN_LIFETIME,
  } as const;
  const isKept = await statements.addTokens({
    ...{ clientId: client.id, subject },
    authorizationId: authorization?.id ?? null,
    issuedAt: now,
    isFirst: isOfCode(request),
    tokens: [
      kept(token.accessToken, access),
      ...(refreshToken === null ? [] : [kept(refreshToken, refresh)]),
    ],
  });
  if (!isKept) throw new InvalidGrantError("What this leads to has ended meanwhile.");
  return {
    accessToken: token.accessToken,
    refreshToken,
    scopes,
    subject,
    authorization,
    isFirst: isOfCode(request),
  };
}

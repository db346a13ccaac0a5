import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import OAuth2Strategy from "passport-oauth2";
import type { RegisteredClient } from "./oauth-application.js";

/** What the application was given. */
export interface PassportTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  // biome-ignore lint/suspicious/noExplicitAny: claims have the shape of the scopes
  readonly profile: any;
}

/** A web application for one person, whose only page logs them in by passport-oauth2. */
export interface PassportApplication {
  readonly address: string;
  /** Begins to use the strategy, once the application is registered. */
  readonly use: (issuer: string, client: RegisteredClient) => void;
  readonly refresh: (refreshToken: string) => Promise<PassportTokens>;
  readonly close: () => Promise<void>;
}

/** The strategy as its documentation has it extended: with an address for the profile. */
class KeyturnStrategy extends OAuth2Strategy {
  readonly userinfo: string;

  constructor(issuer: string, { id, secret }: RegisteredClient, callbackURL: string) {
    const endpoints = {
      authorizationURL: `${issuer}/oauth2/authorize`,
      tokenURL: `${issuer}/oauth2/token`,
    };
    const asked = { scope: ["openid", "profile"], pkce: true, state: true };
    super({ ...endpoints, ...asked, clientID: id, clientSecret: secret, callbackURL }, report);
    this.userinfo = `${issuer}/oauth2/userinfo`;
    // Else it sends the token in the address.
    this._oauth2.useAuthorizationHeaderforGET(true);
  }

  override userProfile(accessToken: string, done: (error?: unknown, profile?: unknown) => void): void {
    this._oauth2.get(this.userinfo, accessToken, (error: object | null, body) =>
      error ? done(error) : done(null, JSON.parse(String(body))),
    );
  }

  /** As `passport-oauth2-refresh` does it. */
  refresh(token: string): Promise<PassportTokens> {
    const form = { grant_type: "refresh_token" };
    return new Promise((resolve, reject) =>
      this._oauth2.getOAuthAccessToken(
        token,
        form,
        (error: object | null, accessToken = "", refreshToken = "") =>
          error
            ? reject(new Error(JSON.stringify(error)))
            : resolve({ accessToken, refreshToken, profile: null }),
      ),
    );
  }
}

type Verified = [token: string, refreshToken: string, profile: object, done: OAuth2Strategy.VerifyCallback];

const report = (...[accessToken, refreshToken, profile, done]: Verified): void =>
  done(null, { accessToken, refreshToken, profile } satisfies PassportTokens);

/** Starts one on a free port. */
export async function startPassportApplication(): Promise<PassportApplication> {
  const session = {};
  let strategy: KeyturnStrategy | null = null;
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://application");
    const asked = Object.assign(request, { query: Object.fromEntries(searchParams), session });
    if (strategy !== null) authenticate(strategy, asked, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    address,
    use: (issuer, client) => {
      strategy = new KeyturnStrategy(issuer, client, address);
    },
    refresh: (token) => strategy?.refresh(token) ?? Promise.reject(new Error("no strategy")),
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

/** Does what passport does for a strategy: gives it the ways to answer. */
function authenticate(strategy: KeyturnStrategy, request: IncomingMessage, response: ServerResponse): void {
  const answer = (status: number, body: unknown): void =>
    void response.writeHead(status).end(JSON.stringify(body));
  const ways = {
    redirect: (location: string) => void response.writeHead(302, { location }).end(),
    success: (user: unknown) => answer(200, user),
    fail: (why: unknown, status = 401) => answer(status, why),
    error: (error: unknown) => answer(500, String(error)),
  };
  const prepared: KeyturnStrategy = Object.assign(Object.create(strategy), ways);
  prepared.authenticate(request as Parameters<KeyturnStrategy["authenticate"]>[0]);
}

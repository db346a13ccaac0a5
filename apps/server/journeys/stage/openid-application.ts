import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as openid from "openid-client";
import type { RegisteredClient } from "./oauth-application.js";

/** What the application found out, as its last page shows it. */
export interface Findings {
  readonly claims: Record<string, unknown>;
  readonly userinfo: Record<string, unknown>;
  readonly facts: Record<string, unknown>;
  /** The facts of the same token after the application gave its refresh token back. */
  readonly afterwards: Record<string, unknown>;
}

/** A web application by openid-client: a link to log in, and a page that says what came of it. */
export interface OpenIdApplication {
  readonly address: string;
  readonly callback: string;
  /** Finds the server out, once the application is registered. */
  readonly use: (issuer: string, client: RegisteredClient) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts one on a free port, for one login after the other. */
export async function startOpenIdApplication(): Promise<OpenIdApplication> {
  let config: openid.Configuration | null = null;
  let waiting = { verifier: "", state: "" };
  const answer = async ({ url = "" }: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (config === null || url === "/") return answerPage(response, '<a href="/log-in">Log in</a>');
    if (url !== "/log-in") return answerPage(response, await findOut(config, new URL(url, address), waiting));
    waiting = { verifier: openid.randomPKCECodeVerifier(), state: openid.randomState() };
    const location = await authorizationAddress(config, waiting, callback);
    return void response.writeHead(302, { location: location.href }).end();
  };
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const callback = `${address}callback`;
  return {
    ...{ address, callback },
    use: async (issuer, { id, secret }) => {
      const insecure = { execute: [openid.allowInsecureRequests] };
      config = await openid.discovery(new URL(issuer), id, secret, undefined, insecure);
    },
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

function answerPage(response: ServerResponse, content: string): void {
  const head = '<!doctype html><title>Shop & Sons</title><link rel="icon" href="data:,">';
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(head + content);
}

interface Waiting {
  readonly verifier: string;
  readonly state: string;
}

async function authorizationAddress(
  config: openid.Configuration,
  { verifier, state }: Waiting,
  callback: string,
): Promise<URL> {
  return openid.buildAuthorizationUrl(config, {
    ...{ redirect_uri: callback, scope: "openid profile orders:read", state },
    ...{ code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" },
  });
}

/** Uses whatever the server can do for it, and shows the findings; or the error that it was told. */
async function findOut(
  config: openid.Configuration,
  back: URL,
  { verifier, state }: Waiting,
): Promise<string> {
  try {
    const checks = { pkceCodeVerifier: verifier, expectedState: state };
    const tokens = await openid.authorizationCodeGrant(config, back, checks);
    const claims = tokens.claims() ?? { sub: "" };
    const { access_token, refresh_token = "" } = await openid.refreshTokenGrant(
      ...[config, tokens.refresh_token ?? ""],
    );
    const userinfo = await openid.fetchUserInfo(config, access_token, claims.sub);
    const facts = await openid.tokenIntrospection(config, access_token);
    await openid.tokenRevocation(config, refresh_token);
    const afterwards = await openid.tokenIntrospection(config, access_token);
    return `<pre>${JSON.stringify({ claims, userinfo, facts, afterwards } as Findings)}</pre>`;
  } catch (error) {
    const told = error instanceof openid.AuthorizationResponseError ? error.error : String(error);
    return `<pre>${JSON.stringify({ error: told })}</pre>`;
  }
}

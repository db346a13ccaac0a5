import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHost } from "./stage/host.js";
import { SECRET } from "./stage/provider.js";

let host: Awaited<ReturnType<typeof startHost>>;
beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.close());

/** Where the browser is sent after it was sent to an address. */
async function follow(address: URL): Promise<URL> {
  const response = await fetch(address, { redirect: "manual" });
  return new URL(response.headers.get("location") ?? "");
}

test("openid-client, unchanged, goes the whole way", async () => {
  const insecure = { execute: [openid.allowInsecureRequests] };
  const config = await openid.discovery(host.issuer, "shop", SECRET, undefined, insecure);
  const [verifier, state, nonce] = [
    openid.randomPKCECodeVerifier(),
    openid.randomState(),
    openid.randomNonce(),
  ];
  const back = await follow(
    openid.buildAuthorizationUrl(config, {
      ...{ redirect_uri: host.callback, scope: "openid email orders:read", state, nonce },
      ...{ code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" },
    }),
  );
  const tokens = await openid.authorizationCodeGrant(config, back, {
    ...{ pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
  });
  expect(tokens.claims()).toMatchObject({ sub: "ann", amr: ["pwd", "otp"], acr: "urn:keyturn:two-factor" });
  expect(await openid.fetchUserInfo(config, tokens.access_token, "ann")).toMatchObject({
    email: "ann@example.com",
  });
  const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
  expect(await openid.tokenIntrospection(config, refreshed.access_token)).toMatchObject({
    active: true,
    sub: "ann",
  });
  await openid.tokenRevocation(config, refreshed.refresh_token ?? "");
  expect(await openid.tokenIntrospection(config, refreshed.access_token)).toEqual({ active: false });
  expect(await openid.clientCredentialsGrant(config, { scope: "orders:read" })).toMatchObject({
    scope: "orders:read",
  });
});

test("oauth4webapi, unchanged, goes the whole way as a public client on a loopback address", async () => {
  const insecure = { [oauth.allowInsecureRequests]: true };
  const found = await oauth.discoveryRequest(host.issuer, { ...insecure, algorithm: "oauth2" });
  const server = await oauth.processDiscoveryResponse(host.issuer, found);
  const client: oauth.Client = { client_id: "phone" };
  const verifier = oauth.generateRandomCodeVerifier();
  const address = new URL(server.authorization_endpoint ?? "");
  address.search = new URLSearchParams({
    ...{ client_id: "phone", redirect_uri: host.callback, response_type: "code", scope: "orders:read" },
    ...{ code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" },
  }).toString();
  const answer = oauth.validateAuthResponse(server, client, await follow(address), oauth.expectNoState);
  const response = await oauth.authorizationCodeGrantRequest(
    ...([server, client, oauth.None(), answer, host.callback, verifier, insecure] as const),
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response);
  expect(tokens).toMatchObject({ token_type: "bearer", scope: "orders:read" });
  const revoked = await oauth.revocationRequest(server, client, oauth.None(), tokens.access_token, insecure);
  await oauth.processRevocationResponse(revoked);
});

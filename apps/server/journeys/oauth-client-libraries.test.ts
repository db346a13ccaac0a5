import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { AuthorizationCode } from "simple-oauth2";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { AUTH_JS_CALLBACK, openAuthJsApplication } from "./stage/auth-js-application.js";
import { bearer } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import type { Keyturn } from "./stage/keyturn.js";
import {
  allowByForms,
  postForm,
  type RegisteredClient,
  registerClient,
  startAtItsAddress,
} from "./stage/oauth-application.js";
import { type PassportApplication, startPassportApplication } from "./stage/passport-application.js";
import { createPerson, createProtectedPerson, type ProtectedPerson } from "./stage/people.js";
import { protectAdministrator } from "./stage/proofs.js";

const CALLBACK = "https://shop.example.com/callback";
const SCOPE = "openid profile orders:read";
const TWO_FACTOR = { acr: "urn:keyturn:two-factor", amr: ["pwd", "otp", "mfa"] };

describeOnBoth("a client library as it is", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let ann: ProtectedPerson;
  let passport: PassportApplication;

  beforeAll(async () => {
    keyturn = await startAtItsAddress(kind, { KEYTURN_SCOPES: "orders:read=Read your orders" });
    administrator = await protectAdministrator(keyturn);
    ann = await createProtectedPerson(keyturn, administrator, "ann");
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    passport = await startPassportApplication();
  });
  afterEach(() => passport.close());

  const register = (redirectUri = CALLBACK, more = {}): Promise<RegisteredClient> =>
    registerClient(administrator, redirectUri, more);
  // What a library has no function for, an application does by a plain request.
  const introspect = async (client: RegisteredClient, token: string): Promise<unknown> =>
    (await postForm(keyturn, client, ["/oauth2/introspect", { token }])).json();
  const revoke = async (client: RegisteredClient, token: string): Promise<number> =>
    (await postForm(keyturn, client, ["/oauth2/revoke", { token }])).status;

  it("openid-client goes the whole way, also as a machine", async () => {
    const robot = await createPerson(administrator, "robot", { kind: "SERVICE" });
    const grantTypes = ["AUTHORIZATION_CODE", "REFRESH_TOKEN", "CLIENT_CREDENTIALS"];
    const { id, secret } = await register(CALLBACK, { grantTypes, serviceAccountId: robot.id });
    const insecure = { execute: [openid.allowInsecureRequests] };
    const basic = openid.ClientSecretBasic(secret);
    const config = await openid.discovery(new URL(keyturn.address), id, undefined, basic, insecure);
    const [verifier, state] = [openid.randomPKCECodeVerifier(), openid.randomState()];
    const nonce = openid.randomNonce();
    const address = openid.buildAuthorizationUrl(config, {
      ...{ redirect_uri: CALLBACK, scope: SCOPE, state, nonce },
      ...{ code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" },
    });
    const tokens = await openid.authorizationCodeGrant(config, await allowByForms(keyturn, address, ann), {
      ...{ pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
    });
    expect(tokens.claims()).toMatchObject({ ...TWO_FACTOR, sub: ann.id, nonce });
    const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(refreshed.claims()).toMatchObject({ ...TWO_FACTOR, sub: ann.id });
    const profile = await openid.fetchUserInfo(config, refreshed.access_token, ann.id);
    expect(profile).toMatchObject({ preferred_username: "ann", name: "ANN" });
    const facts = await openid.tokenIntrospection(config, refreshed.access_token);
    expect(facts).toMatchObject({ ...TWO_FACTOR, active: true, scope: SCOPE });
    await openid.tokenRevocation(config, refreshed.refresh_token ?? "");
    expect(await openid.tokenIntrospection(config, refreshed.access_token)).toEqual({ active: false });
    const { access_token } = await openid.clientCredentialsGrant(config, { scope: "orders:read" });
    expect(await openid.tokenIntrospection(config, access_token)).toMatchObject({ sub: robot.id, amr: [] });
  });

  it("oauth4webapi goes the whole way, its server found by RFC 8414", async () => {
    const { id: client_id, secret } = await register();
    const insecure = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(keyturn.address);
    const found = await oauth.discoveryRequest(issuer, { ...insecure, algorithm: "oauth2" });
    const server = await oauth.processDiscoveryResponse(issuer, found);
    const client: oauth.Client = { client_id };
    const known = [server, client, oauth.ClientSecretPost(secret)] as const;
    const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
    const nonce = oauth.generateRandomNonce();
    const address = new URL(server.authorization_endpoint ?? "");
    address.search = new URLSearchParams({
      ...{ client_id, redirect_uri: CALLBACK, response_type: "code", scope: SCOPE, state, nonce },
      ...{ code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" },
    }).toString();
    const back = await allowByForms(keyturn, address, ann);
    const answer = oauth.validateAuthResponse(server, client, back, state);
    const tokens = await oauth.processAuthorizationCodeResponse(
      ...[server, client],
      await oauth.authorizationCodeGrantRequest(...known, answer, CALLBACK, verifier, insecure),
      { expectedNonce: nonce, requireIdToken: true },
    );
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ ...TWO_FACTOR, sub: ann.id });
    const { access_token, refresh_token = "" } = await oauth.processRefreshTokenResponse(
      ...[server, client],
      await oauth.refreshTokenGrantRequest(...known, tokens.refresh_token ?? "", insecure),
    );
    const userinfo = `${keyturn.address}/oauth2/userinfo`;
    const openIdServer = { ...server, userinfo_endpoint: userinfo };
    const asked = await oauth.userInfoRequest(openIdServer, client, access_token, insecure);
    const profile = await oauth.processUserInfoResponse(openIdServer, client, ann.id, asked);
    expect(profile).toMatchObject({ sub: ann.id, preferred_username: "ann" });
    const factsOf = async (token: string): Promise<oauth.IntrospectionResponse> => {
      const response = await oauth.introspectionRequest(...known, token, insecure);
      return await oauth.processIntrospectionResponse(server, client, response);
    };
    expect(await factsOf(access_token)).toMatchObject({ active: true, client_id, scope: SCOPE });
    const revoked = await oauth.revocationRequest(...known, refresh_token, insecure);
    await oauth.processRevocationResponse(revoked);
    expect(await factsOf(access_token)).toEqual({ active: false });
  });

  it("@auth/core logs in by the issuer alone, and its tokens are good for the rest", async () => {
    const client = await register(AUTH_JS_CALLBACK);
    const application = openAuthJsApplication(keyturn.address, client);
    const back = await allowByForms(keyturn, await application.signIn(), ann);
    const landed = await application.comeBack(back);
    expect(landed.headers.get("location")).toBe("https://shop.example.com");
    const { account, profile } = await application.session();
    expect(profile).toMatchObject({ sub: ann.id, preferred_username: "ann", email: "ann@example.com" });
    expect(account).toMatchObject({ provider: "keyturn", providerAccountId: ann.id, token_type: "bearer" });
    // Refreshing, too, it leaves to the application.
    const form = { grant_type: "refresh_token", refresh_token: account.refresh_token };
    const answer = await postForm(keyturn, client, ["/oauth2/token", form]);
    const { access_token, refresh_token } = (await answer.json()) as Record<string, string>;
    expect(await introspect(client, access_token ?? "")).toMatchObject({ ...TWO_FACTOR, active: true });
    expect(await revoke(client, refresh_token ?? "")).toBe(200);
    expect(await introspect(client, account.access_token)).toEqual({ active: false });
  });

  it("@auth/core logs nobody in by an answer to another browser", async () => {
    const client = await register(AUTH_JS_CALLBACK);
    const [application, other] = [1, 2].map(() => openAuthJsApplication(keyturn.address, client));
    const back = await allowByForms(keyturn, (await application?.signIn()) ?? "", ann);
    const landed = await other?.comeBack(back);
    expect(landed?.headers.get("location")).toContain("error=");
    expect(await other?.session()).toBe(null);
  });

  it("passport-oauth2 logs in with PKCE and state, reads the profile, and refreshes", async () => {
    const client = await register(passport.address);
    passport.use(keyturn.address, client);
    const { headers } = await fetch(passport.address, { redirect: "manual" });
    const back = await allowByForms(keyturn, headers.get("location") ?? "", ann);
    const landed = await fetch(back);
    expect(landed.status).toBe(200);
    const { accessToken, refreshToken, profile } = JSON.parse(await landed.text());
    expect(profile).toMatchObject({ sub: ann.id, preferred_username: "ann", name: "ANN" });
    const refreshed = await passport.refresh(refreshToken);
    // It knows neither of these two.
    expect(await introspect(client, refreshed.accessToken)).toMatchObject({ ...TWO_FACTOR, active: true });
    expect(await revoke(client, refreshed.refreshToken)).toBe(200);
    expect(await introspect(client, accessToken)).toEqual({ active: false });
    const again = await fetch(back);
    expect(again.status).toBe(403);
  });

  it("simple-oauth2 logs in with a challenge handed through, refreshes and revokes", async () => {
    const client = await register();
    const paths = { tokenPath: "/oauth2/token", revokePath: "/oauth2/revoke" };
    const auth = { tokenHost: keyturn.address, authorizePath: "/oauth2/authorize", ...paths };
    const library = new AuthorizationCode({ client: { ...client }, auth });
    const verifier = oauth.generateRandomCodeVerifier();
    const challenge = await oauth.calculatePKCECodeChallenge(verifier);
    const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
    const asked = { redirect_uri: CALLBACK, scope: ["openid", "profile"], state: "a-state", ...pkce };
    const back = await allowByForms(keyturn, library.authorizeURL(asked), ann);
    expect(back.searchParams.get("state")).toBe("a-state");
    const code = back.searchParams.get("code") ?? "";
    const shown = { code, redirect_uri: CALLBACK, code_verifier: verifier };
    const first = await library.getToken(shown);
    expect(first.expired()).toBe(false);
    const second = await first.refresh();
    // It knows neither userinfo nor introspection.
    const access = String(second.token["access_token"]);
    const profile = await fetch(`${keyturn.address}/oauth2/userinfo`, { headers: bearer(access) });
    expect(await profile.json()).toMatchObject({ sub: ann.id, preferred_username: "ann" });
    expect(await introspect(client, access)).toMatchObject({ ...TWO_FACTOR, active: true });
    await second.revoke("access_token");
    expect(await introspect(client, access)).toEqual({ active: false });
    const third = await second.refresh();
    await third.revokeAll();
    expect(await introspect(client, String(first.token["access_token"]))).toEqual({ active: false });
    await expect(third.refresh()).rejects.toThrow(/400/);
  });
});

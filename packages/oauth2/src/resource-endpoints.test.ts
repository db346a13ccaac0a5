import { beforeEach, describe, expect, it, test } from "vitest";
import { ONE_FACTOR_ACR, TWO_FACTOR_ACR } from "./id-token.js";
import { formRequest, ISSUER, type Json, read, type Stage, startStage } from "./stage/provider.js";

let stage: Stage;
let tokens: Json;
beforeEach(async () => {
  stage = startStage();
  tokens = await stage.tokens({ scope: "openid profile orders:read" });
});

const FORM = "application/x-www-form-urlencoded";

const userinfo = async (authorization?: string, method = "GET") => {
  const headers = authorization === undefined ? {} : { authorization };
  return read(await stage.provider.userinfo({ method, url: "/oauth2/userinfo", headers, body: "" }));
};

/** Everything that ends an access token, and what is left of its kind. */
const ENDS: readonly (readonly [string, () => unknown])[] = [
  ["an hour", () => (stage.clock.now += 60 * 60_000)],
  ["its revocation", () => stage.post("revoke", { token: tokens.access_token })],
  ["the revocation of its family", () => stage.post("revoke", { token: tokens.refresh_token })],
  ["the end of its client", () => stage.stores.clients.delete("shop")],
  ["the suspension of its account", () => stage.stores.accounts.set("ann", { active: false, claims: {} })],
];

describe("introspection", () => {
  const asShop = async (form: Record<string, string>) =>
    read(await stage.provider.introspect(formRequest(form)));
  const asOther = async (form: Record<string, string>) =>
    read(await stage.provider.introspect(formRequest(form, { id: "other" })));

  it("tells a client that shares its scopes what a live access token is", async () => {
    expect(await asOther({ token: tokens.access_token })).toEqual({
      ...{ status: 200, headers: expect.objectContaining({ "cache-control": "no-store" }) },
      ...{ active: true, iss: ISSUER, aud: ISSUER, sub: "ann", client_id: "shop", token_type: "Bearer" },
      ...{ scope: "openid profile orders:read", amr: ["pwd", "otp"], acr: TWO_FACTOR_ACR },
      ...{
        iat: stage.clock.now / 1000,
        exp: stage.clock.now / 1000 + 3600,
        auth_time: stage.clock.now / 1000,
      },
    });
  });

  it("tells what a live refresh token is to its own client alone", async () => {
    const asked = { token: tokens.refresh_token, token_type_hint: "nonsense" };
    expect(await asShop(asked)).toMatchObject({
      ...{ active: true, exp: stage.clock.now / 1000 + 30 * 24 * 3600 },
    });
    expect(await asOther(asked)).toMatchObject({ active: false });
  });

  test.each(ENDS)("says only that a token is not active after %s", async (_, end) => {
    await end();
    const { status, headers: __, ...body } = await asOther({ token: tokens.access_token });
    expect({ status, body }).toEqual({ status: 200, body: { active: false } });
  });

  test.each(["x", "a".repeat(43), "a".repeat(10_000), "ID"])(
    "says only that %.20s is not active",
    async (token) => {
      const {
        status,
        headers: _,
        ...body
      } = await asOther({ token: token === "ID" ? tokens.id_token : token });
      expect({ status, body }).toEqual({ status: 200, body: { active: false } });
    },
  );

  it("is not for public clients, nor without a token", async () => {
    const { headers: _, ...request } = formRequest({ client_id: "phone", token: tokens.access_token });
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect(read(await stage.provider.introspect({ ...request, headers: form }))).toMatchObject({
      ...{ status: 400, error: "unauthorized_client" },
    });
    expect(await asOther({})).toMatchObject({ status: 400, error: "invalid_request" });
    expect(read(await stage.provider.introspect({ ...formRequest({}), method: "GET" })).status).toBe(405);
  });
});

describe("revocation", () => {
  const active = async (token: string) => (await stage.post("introspect", { token })).active;

  it("ends an access token alone", async () => {
    expect(await stage.post("revoke", { token: tokens.access_token })).toMatchObject({ status: 200 });
    expect(await active(tokens.access_token)).toBe(false);
    expect(await active(tokens.refresh_token)).toBe(true);
  });

  it("ends a refresh token with all of its family", async () => {
    expect(await stage.post("revoke", { token: tokens.refresh_token })).toMatchObject({ status: 200 });
    expect(await active(tokens.access_token)).toBe(false);
    expect(await active(tokens.refresh_token)).toBe(false);
  });

  it("answers 200 for what it does not know and for another client's token, which stays", async () => {
    expect(await stage.post("revoke", { token: "unknown" })).toMatchObject({ status: 200 });
    const theirs = formRequest({ token: tokens.access_token }, { id: "other" });
    expect(read(await stage.provider.revoke(theirs))).toMatchObject({ status: 200 });
    expect(await active(tokens.access_token)).toBe(true);
  });

  it("is answered with an empty object: there are clients to whom no body is no answer", async () => {
    for (const token of [tokens.access_token, "unknown"]) {
      const answer = await stage.provider.revoke(formRequest({ token }));
      expect(answer).toMatchObject({ status: 200, body: "{}" });
      expect(answer.headers).toMatchObject({
        ...{ "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
      });
    }
  });

  it("answers 503 where the store fails, so that nobody takes a token for dead", async () => {
    const { transaction } = stage.stores;
    stage.stores.transaction = () => Promise.reject(new Error("the database is gone"));
    const answer = await stage.post("revoke", { token: tokens.access_token });
    expect(answer).toMatchObject({
      status: 503,
      error: "temporarily_unavailable",
      headers: { "retry-after": "5" },
    });
    stage.stores.transaction = transaction;
    expect(await active(tokens.access_token)).toBe(true);
  });

  it("needs the client, a token and POST", async () => {
    expect(read(await stage.provider.revoke(formRequest({}, { secret: "wrong" })))).toMatchObject({
      status: 401,
    });
    expect(await stage.post("revoke", {})).toMatchObject({ status: 400, error: "invalid_request" });
    expect(read(await stage.provider.revoke({ ...formRequest({}), method: "GET" }))).toMatchObject({
      status: 405,
    });
  });
});

describe("userinfo", () => {
  test.each(["GET", "POST"])("tells by %s what the scopes allow", async (method) => {
    const { status, headers: _, ...claims } = await userinfo(`Bearer ${tokens.access_token}`, method);
    expect({ status, claims }).toEqual({
      status: 200,
      claims: { sub: "ann", name: "Ann", preferred_username: "ann" },
    });
  });

  it("tells the address with email alone", async () => {
    const { access_token } = await stage.tokens({ scope: "openid email" });
    expect(await userinfo(`bearer ${access_token}`)).toMatchObject({
      email: "ann@example.com",
      email_verified: true,
    });
    expect(await userinfo(`bearer ${access_token}`)).not.toHaveProperty("name");
  });

  it("asks for a token where none came, and says no more", async () => {
    expect(await userinfo()).toEqual({
      status: 401,
      headers: expect.objectContaining({ "www-authenticate": "Bearer" }),
    });
  });

  it("takes a token by the header alone, and refuses it in two places", async () => {
    const token = `access_token=${tokens.access_token}`;
    const headers = { authorization: `Bearer ${tokens.access_token}`, "content-type": FORM };
    const request = { method: "POST", url: "/oauth2/userinfo", headers, body: "" };
    const { authorization: _, ...without } = headers;
    for (const change of [
      { body: token },
      { url: `${request.url}?${token}` },
      { body: token, headers: without },
    ]) {
      const answer = read(await stage.provider.userinfo({ ...request, ...change }));
      expect(answer).toMatchObject({ status: 400, error: "invalid_request" });
    }
    expect(read(await stage.provider.userinfo(request)).status).toBe(200);
  });

  test.each(["Bearer", "Bearer x", "Basic YTpi", "Bearer ID", "Bearer REFRESH"])(
    "refuses %s",
    async (sent) => {
      const header = sent.replace("ID", tokens.id_token).replace("REFRESH", tokens.refresh_token);
      const answer = await userinfo(header);
      expect(answer).toMatchObject({ status: 401, error: "invalid_token" });
      expect(answer.headers["www-authenticate"]).toMatch(/^Bearer error="invalid_token"/);
    },
  );

  test.each(ENDS)("refuses a token after %s", async (_, end) => {
    await end();
    expect(await userinfo(`Bearer ${tokens.access_token}`)).toMatchObject({
      status: 401,
      error: "invalid_token",
    });
  });

  it("refuses a token without openid, and one of a machine", async () => {
    const machine = await stage.post("token", { grant_type: "client_credentials" });
    const { access_token } = await stage.tokens({ scope: "orders:read" });
    for (const token of [machine.access_token, access_token])
      expect(await userinfo(`Bearer ${token}`)).toMatchObject({ status: 403, error: "insufficient_scope" });
  });
});

describe("what the provider says of itself", () => {
  it("names in both documents how strongly a person can be authenticated, for caches to keep", async () => {
    const { provider } = stage;
    for (const answer of [provider.openIdConfiguration(), provider.authorizationServerMetadata()]) {
      const { headers, acr_values_supported } = read(answer);
      expect(acr_values_supported).toEqual([TWO_FACTOR_ACR, ONE_FACTOR_ACR]);
      expect(headers).toEqual({
        "content-type": "application/json; charset=utf-8",
        "cache-control": "public, max-age=300",
      });
    }
    expect((await provider.jwks()).headers).not.toHaveProperty("pragma");
  });
});

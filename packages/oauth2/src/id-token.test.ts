import { createHash } from "node:crypto";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { beforeEach, describe, expect, it, test } from "vitest";
import { ONE_FACTOR_ACR } from "./id-token.js";
import { makeSigningKey, PUBLISHED_AHEAD } from "./signing-keys.js";
import {
  client,
  codeForm,
  ISSUER,
  type Json,
  REDIRECT,
  read,
  type Stage,
  startStage,
} from "./stage/provider.js";

let stage: Stage;
beforeEach(() => {
  stage = startStage();
});

const HOUR = 60 * 60_000;

const jwks = async () => read(await stage.provider.jwks()).keys as Json[];

async function verify(token: string): Promise<Json> {
  const keys = createLocalJWKSet({ keys: await jwks() });
  const currentDate = new Date(stage.clock.now);
  return (await jwtVerify(token, keys, { issuer: ISSUER, audience: "shop", currentDate })).payload;
}

describe("an ID token", () => {
  test.each(["RS256", "ES256"] as const)(
    "says by %s who was authenticated, how and when",
    async (algorithm) => {
      stage.stores.clients.set("shop", client({ idTokenAlgorithm: algorithm }));
      const { id_token, access_token } = await stage.tokens();
      expect(decodeProtectedHeader(id_token).alg).toBe(algorithm);
      const now = stage.clock.now / 1000;
      const half = createHash("sha256").update(access_token).digest().subarray(0, 16);
      expect(await verify(id_token)).toEqual({
        ...{
          iss: ISSUER,
          sub: "ann",
          aud: "shop",
          iat: now,
          exp: now + 3600,
          auth_time: now,
          nonce: "a nonce",
        },
        ...{ amr: ["pwd", "otp"], acr: "urn:keyturn:two-factor", at_hash: half.toString("base64url") },
      });
    },
  );

  it("says that one factor alone was proven", async () => {
    const how = { at: stage.clock.now - HOUR, methods: ["pwd"], twoFactor: false };
    const { code, verifier } = await stage.allow({ nonce: "" }, how);
    const { id_token } = await stage.post("token", codeForm(code, verifier));
    const claims = await verify(id_token);
    expect(claims).toMatchObject({ amr: ["pwd"], acr: ONE_FACTOR_ACR, auth_time: how.at / 1000 });
    expect(claims).not.toHaveProperty("nonce");
  });

  it("comes with a refresh, of the same login and without a nonce", async () => {
    const { refresh_token } = await stage.tokens();
    const loggedInAt = stage.clock.now / 1000;
    stage.clock.now += HOUR;
    const { id_token } = await stage.post("token", { grant_type: "refresh_token", refresh_token });
    const claims = await verify(id_token);
    expect(claims).toMatchObject({ auth_time: loggedInAt, iat: stage.clock.now / 1000 });
    expect(claims).not.toHaveProperty("nonce");
  });
});

describe("signing keys", () => {
  it("are published by their public halves alone, one for each algorithm from the start", async () => {
    const keys = await jwks();
    expect(keys.map(({ alg }) => alg).sort()).toEqual(["ES256", "RS256"]);
    for (const key of keys) {
      expect(key).toMatchObject({ use: "sig", kid: expect.any(String) });
      for (const secret of ["d", "p", "q", "dp", "dq", "qi", "k"]) expect(key).not.toHaveProperty(secret);
    }
  });

  it("are made once, however many ask at once", async () => {
    await Promise.all(Array.from({ length: 5 }, () => stage.tokens()));
    await Promise.all([jwks(), jwks()]);
    expect(await jwks()).toHaveLength(2);
  });

  it("rotate: the new one is published before it signs, the old one until its last token is dead", async () => {
    const before = (await stage.tokens()).id_token;
    const signsFrom = stage.clock.now + PUBLISHED_AHEAD;
    const added = await makeSigningKey("ES256", { id: "new", signsFrom });
    await stage.stores.keys.add(added);
    stage.clock.now += 60_000;
    expect((await jwks()).map(({ kid }) => kid)).toContain("new");
    expect(decodeProtectedHeader((await stage.tokens()).id_token).kid).not.toBe("new");

    stage.clock.now = signsFrom - 1;
    const last = (await stage.tokens()).id_token;
    stage.clock.now = signsFrom;
    expect(decodeProtectedHeader((await stage.tokens()).id_token).kid).toBe("new");
    stage.clock.now = signsFrom + HOUR - 2000;
    expect(await verify(last)).toMatchObject({ sub: "ann" });
    await expect(verify(before)).rejects.toThrow();

    stage.clock.now = signsFrom + 2 * HOUR;
    const kept = (await jwks()).filter(({ alg }) => alg === "ES256");
    expect(kept.map(({ kid }) => kid)).toEqual(["new"]);
  });
});

describe("a wish to log out", () => {
  const end = (parameters: Record<string, string>) => {
    const url = `/oauth2/end-session?${new URLSearchParams(parameters)}`;
    return stage.provider.readEndSession({ method: "GET", url, headers: {}, body: "" });
  };

  it("names the person by a hint, though it has expired, and where to go back with the state", async () => {
    const { id_token } = await stage.tokens();
    stage.clock.now += 2 * HOUR;
    const wish = { id_token_hint: id_token, post_logout_redirect_uri: REDIRECT, state: "a b" };
    expect(await end(wish)).toEqual({ subject: "ann", redirectTo: `${REDIRECT}?state=a+b` });
  });

  it("names nobody without a hint, or by one that was not signed here", async () => {
    const [header, , signature] = (await stage.tokens()).id_token.split(".");
    const forged = Buffer.from(JSON.stringify({ iss: ISSUER, sub: "bob", aud: "shop" })).toString(
      "base64url",
    );
    expect(await end({})).toEqual({ subject: null, redirectTo: null });
    expect(await end({ id_token_hint: `${header}.${forged}.${signature}` })).toEqual({
      subject: null,
      redirectTo: null,
    });
    expect(await end({ id_token_hint: "x" })).toEqual({ subject: null, redirectTo: null });
  });

  it("goes back to a registered address alone, of the client that is named", async () => {
    const back = { post_logout_redirect_uri: REDIRECT };
    expect(await end({ ...back, client_id: "shop" })).toEqual({ subject: null, redirectTo: REDIRECT });
    await expect(end(back)).rejects.toMatchObject({ error: "invalid_request" });
    await expect(
      end({ post_logout_redirect_uri: "https://evil.example.com/", client_id: "shop" }),
    ).rejects.toThrow();
    const { id_token } = await stage.tokens();
    await expect(end({ id_token_hint: id_token, client_id: "other" })).rejects.toThrow();
  });
});

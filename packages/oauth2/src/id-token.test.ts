import { createHash } from "node:crypto";
import {
  createLocalJWKSet,
  decodeProtectedHeader,
  generateKeyPair,
  type JWTHeaderParameters,
  jwtVerify,
  SignJWT,
} from "jose";
import { beforeEach, describe, expect, it, test } from "vitest";
import { ONE_FACTOR_ACR } from "./id-token.js";
import { createKeyring, makeSigningKey, PUBLISHED_AHEAD, retireKey } from "./signing-keys.js";
import {
  authorizeUrl,
  client,
  codeForm,
  ISSUER,
  type Json,
  locationOf,
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

const end = (parameters: Record<string, string>, method = "GET") => {
  const form = new URLSearchParams(parameters).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const request =
    method === "GET" ? { url: `/oauth2/end-session?${form}`, body: "" } : { url: "/", body: form };
  return stage.provider.readEndSession({ method, headers, ...request });
};

describe("a hint that is no ID token of this issuer", () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: ISSUER, sub: "bob", aud: "shop" };
  const signed = async (
    key: Parameters<SignJWT["sign"]>[0],
    header: JWTHeaderParameters,
    body: object = claims,
  ) => await new SignJWT({ ...body }).setProtectedHeader(header).sign(key);

  /** Each makes one of an ID token of ours. */
  const UNREADABLE: Readonly<Record<string, (ours: string) => string | Promise<string>>> = {
    "a word": () => "x",
    "three words": () => "x.y.z",
    "with a broken signature": (ours) => ours.replace(/.{4}$/, "AAAA"),
    "without its signature": (ours) => ours.replace(/[^.]*$/, ""),
    "with other claims": (ours) => ours.replace(/\.[^.]+\./, `.${encode(claims)}.`),
    "signed by none": () => `${encode({ alg: "none" })}.${encode(claims)}.`,
    "signed by HS256 with a public key": async (ours) => {
      const [key] = (await jwks()).filter(({ kid }) => kid === decodeProtectedHeader(ours).kid);
      return await signed(Buffer.from(JSON.stringify(key)), { alg: "HS256", kid: key.kid });
    },
    "signed by a key of somebody's": async () =>
      await signed((await generateKeyPair("ES256")).privateKey, { alg: "ES256" }),
    "signed by a key of somebody's under a name of ours": async (ours) =>
      await signed((await generateKeyPair("ES256")).privateKey, {
        ...decodeProtectedHeader(ours),
        alg: "ES256",
      }),
    "of another issuer": async (ours) => {
      const { key } = await keyring().signingKey("ES256");
      return await signed(
        key,
        { ...decodeProtectedHeader(ours), alg: "ES256" },
        { ...claims, iss: "https://else" },
      );
    },
    "without a person": async (ours) => {
      const { key } = await keyring().signingKey("ES256");
      return await signed(
        key,
        { ...decodeProtectedHeader(ours), alg: "ES256" },
        { iss: ISSUER, aud: "shop" },
      );
    },
  };
  const keyring = () => createKeyring(stage.stores.keys, { now: () => stage.clock.now });

  it.each(Object.entries(UNREADABLE))(
    "%s, is an error to whoever asks for a sign-in, silently too",
    async (_, make) => {
      const hint = await make((await stage.tokens()).id_token);
      for (const prompt of ["", "none"]) {
        const { url } = authorizeUrl({ id_token_hint: hint, prompt });
        const outcome = await stage.provider.readAuthorization({ method: "GET", url, headers: {}, body: "" });
        if (outcome.kind !== "answer") throw new Error(JSON.stringify(outcome));
        expect(locationOf(outcome.answer).searchParams.get("error")).toBe("invalid_request");
      }
    },
  );

  it.each(Object.entries(UNREADABLE))("%s, costs the way back at a logout, and no more", async (_, make) => {
    const hint = await make((await stage.tokens()).id_token);
    const wish = { id_token_hint: hint, client_id: "shop", post_logout_redirect_uri: REDIRECT };
    for (const method of ["GET", "POST"])
      expect(await end(wish, method)).toEqual({ hint: { kind: "unreadable" }, redirectTo: null });
  });
});

describe("the key of a hint", () => {
  it("is retired once its tokens are dead, and verifies for a year what clients still hold", async () => {
    const { id_token } = await stage.tokens();
    const [old] = (await stage.stores.keys.list()).filter(
      ({ id }) => id === decodeProtectedHeader(id_token).kid,
    );
    if (old === undefined) throw new Error("no key");
    const retired = retireKey(old, stage.clock.now);
    expect(Object.keys(retired.publicJwk).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
    const next = await makeSigningKey("ES256", { id: "next", signsFrom: stage.clock.now });
    Object.assign(stage.stores.keys, { list: async () => [next], listRetired: async () => [retired] });
    const hintAfter = async (days: number) => {
      stage.clock.now += days * 24 * HOUR;
      return (await end({ id_token_hint: id_token })).hint.kind;
    };
    expect(await hintAfter(1)).toBe("person");
    expect((await jwks()).map(({ kid }) => kid)).not.toContain(old.id);
    expect(await hintAfter(363)).toBe("person");
    expect(await hintAfter(1)).toBe("unreadable");
  });
});

describe("a wish to log out", () => {
  it("names the person by a hint, though it has expired, and where to go back with the state", async () => {
    const { id_token } = await stage.tokens();
    stage.clock.now += 2 * HOUR;
    const wish = { id_token_hint: id_token, post_logout_redirect_uri: REDIRECT, state: "a b" };
    const hint = { kind: "person", subject: "ann", clientId: "shop" };
    for (const method of ["GET", "POST"])
      expect(await end(wish, method)).toEqual({ hint, redirectTo: `${REDIRECT}?state=a+b` });
  });

  it("names nobody without a hint", async () => {
    expect(await end({})).toEqual({ hint: { kind: "none" }, redirectTo: null });
  });

  it("goes back to a registered address alone, of the client that is named", async () => {
    const back = { post_logout_redirect_uri: REDIRECT };
    const { id_token } = await stage.tokens();
    const leadsTo = async (wish: Record<string, string>) => (await end(wish)).redirectTo;
    expect(await leadsTo({ ...back, client_id: "shop" })).toBe(REDIRECT);
    expect(await leadsTo(back)).toBeNull();
    expect(await leadsTo({ ...back, client_id: "nobody" })).toBeNull();
    expect(
      await leadsTo({ client_id: "shop", post_logout_redirect_uri: "https://evil.example.com/" }),
    ).toBeNull();
    expect(await end({ ...back, id_token_hint: id_token, client_id: "other" })).toEqual({
      ...{ hint: { kind: "unreadable" }, redirectTo: null },
    });
    const url = `/oauth2/end-session?client_id=shop&client_id=shop&${new URLSearchParams(back)}`;
    const twice = await stage.provider.readEndSession({ method: "GET", url, headers: {}, body: "" });
    expect(twice).toEqual({ hint: { kind: "unreadable" }, redirectTo: null });
  });
});

import { beforeEach, describe, expect, it, test } from "vitest";
import type { AuthorizationRequest } from "./authorization-request.js";
import { TWO_FACTOR_ACR } from "./id-token.js";
import type { Person } from "./judge-authorization.js";
import type { OAuthAnswer } from "./messages.js";
import {
  ann,
  authorizeUrl,
  client,
  ISSUER,
  locationOf,
  proven,
  REDIRECT,
  type Stage,
  startStage,
} from "./stage/provider.js";
import type { OAuthClient } from "./stores.js";

let stage: Stage;
beforeEach(() => {
  stage = startStage();
});

const get = (url: string) => stage.provider.readAuthorization({ method: "GET", url, headers: {}, body: "" });

async function answerTo(url: string): Promise<OAuthAnswer> {
  const outcome = await get(url);
  if (outcome.kind !== "answer") throw new Error(`no answer: ${JSON.stringify(outcome)}`);
  return outcome.answer;
}

async function granted(request: AuthorizationRequest, person = ann(proven(stage.clock.now))) {
  const given = await stage.provider.grantAuthorization({ request, person });
  if (given.kind !== "answer") throw new Error(`no answer: ${JSON.stringify(given)}`);
  return given.answer;
}

describe("an authorization request", () => {
  it("is read with all that it asks", async () => {
    const more = { prompt: "login consent", max_age: "60", acr_values: TWO_FACTOR_ACR, login_hint: "ann" };
    expect(await get(authorizeUrl(more).url)).toMatchObject({
      kind: "asked",
      client: { id: "shop" },
      request: {
        ...{ clientId: "shop", redirectUri: REDIRECT, state: "a state", nonce: "a nonce" },
        ...{ scopes: ["openid", "orders:read"], prompt: ["login", "consent"], maxAge: 60 },
        ...{ twoFactor: true, loginHint: "ann", createdAt: stage.clock.now },
      },
    });
  });

  it("comes by a form too", async () => {
    const body = authorizeUrl().url.split("?")[1] ?? "";
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const request = { method: "POST", url: "/oauth2/authorize", body };
    expect(await stage.provider.readAuthorization({ ...request, headers: form })).toMatchObject({
      kind: "asked",
    });
    const text = { "content-type": "text/plain" };
    expect(await stage.provider.readAuthorization({ ...request, headers: text })).toMatchObject({
      kind: "page",
    });
  });

  it("asks for the client's scopes where it names none, but for those that are given by name alone", async () => {
    const scopesOf = async (scope: string) => {
      const outcome = await get(authorizeUrl({ scope }).url);
      return outcome.kind === "asked" ? outcome.request.scopes : outcome.kind;
    };
    expect(await scopesOf("")).toEqual(["openid", "profile", "email", "orders:read"]);
    expect(await scopesOf(" orders:write  orders:write ")).toEqual(["orders:write"]);
    expect(await scopesOf("openid nobody:knows orders:read")).toEqual(["openid", "orders:read"]);
  });

  it.each(["state", "nonce", "login_hint"])(
    "takes a %s of 1,024 characters, and no longer one",
    async (name) => {
      expect(await get(authorizeUrl({ [name]: "x".repeat(1024) }).url)).toMatchObject({ kind: "asked" });
      const { searchParams } = locationOf(await answerTo(authorizeUrl({ [name]: "x".repeat(1025) }).url));
      expect(searchParams.get("error")).toBe("invalid_request");
      expect(searchParams.get("state")).toBe(name === "state" ? null : "a state");
    },
  );

  it("is answered by no address that is longer than proxies take, whatever its state", async () => {
    stage.stores.clients.set("shop", client({ redirectUris: [`${REDIRECT}?${"x".repeat(2000)}`] }));
    const [redirect_uri = ""] = client({ redirectUris: [`${REDIRECT}?${"x".repeat(2000)}`] }).redirectUris;
    for (const letter of ["x", "é", "日"]) {
      const { url } = authorizeUrl({ redirect_uri, state: letter.repeat(600), prompt: "nonsense" });
      const { length } = locationOf(await answerTo(url)).href;
      expect([letter, length < 6500]).toEqual([letter, true]);
    }
  });

  it("names the person whom an ID token of ours names, and nobody without one", async () => {
    const { id_token } = await stage.tokens();
    const subjectOf = async (hint: string) => {
      const outcome = await get(authorizeUrl({ id_token_hint: hint }).url);
      return outcome.kind === "asked" ? outcome.request.subject : outcome.kind;
    };
    expect(await subjectOf(id_token)).toBe("ann");
    expect(await subjectOf("")).toBeNull();
  });

  it.each([
    ["no client", { client_id: "" }],
    ["an unknown client", { client_id: "nobody" }],
    ["no redirect URI", { redirect_uri: "" }],
    ["another host", { redirect_uri: "https://evil.example.com/callback" }],
    ["another path", { redirect_uri: `${REDIRECT}/more` }],
    ["a query", { redirect_uri: `${REDIRECT}?x=y` }],
    ["another scheme", { redirect_uri: "http://app.example.com/callback" }],
    ["a script", { redirect_uri: "javascript:alert(1)" }],
    ["more than an address takes", { state: "x".repeat(8192) }],
  ])("gets a page and no redirect for %s", async (_, change) => {
    expect(await get(authorizeUrl(change).url)).toMatchObject({ kind: "page" });
  });

  it.each(["client_id=other", "redirect_uri=https://evil.example.com/"])(
    "gets a page and no redirect for a second %s",
    async (second) => {
      expect(await get(`${authorizeUrl().url}&${second}`)).toMatchObject({ kind: "page" });
    },
  );

  it.each([
    ["no response type", { response_type: "" }, "invalid_request"],
    ["an implicit one", { response_type: "token" }, "unsupported_response_type"],
    ["a hybrid one", { response_type: "code id_token" }, "unsupported_response_type"],
    ["a fragment", { response_mode: "fragment" }, "invalid_request"],
    ["no challenge", { code_challenge: "" }, "invalid_request"],
    ["no method, which means plain", { code_challenge_method: "" }, "invalid_request"],
    ["the plain method", { code_challenge_method: "plain" }, "invalid_request"],
    ["a challenge that is no SHA-256", { code_challenge: "x".repeat(42) }, "invalid_request"],
    ["another's scope", { scope: "openid admin:write" }, "invalid_scope"],
    ["scopes that nobody knows alone", { scope: "nobody:knows nothing" }, "invalid_scope"],
    ["a nonce with a NUL byte", { nonce: "a\0" }, "invalid_request"],
    ["an unknown prompt", { prompt: "create" }, "invalid_request"],
    ["none and login", { prompt: "none login" }, "invalid_request"],
    ["an age that is none", { max_age: "-1" }, "invalid_request"],
    ["an age in words", { max_age: "an hour" }, "invalid_request"],
    ["a request object", { request: "eyJ" }, "request_not_supported"],
    ["a request by address", { request_uri: "https://a" }, "request_uri_not_supported"],
    ["a registration", { registration: "{}" }, "registration_not_supported"],
  ])("is answered with an error at its own address for %s", async (_, change, error) => {
    const answer = await answerTo(authorizeUrl(change).url);
    expect(answer).toMatchObject({ status: 303, body: "" });
    const { origin, pathname, searchParams } = locationOf(answer);
    expect(origin + pathname).toBe(REDIRECT);
    expect(Object.fromEntries(searchParams)).toMatchObject({ error, state: "a state", iss: ISSUER });
  });

  it("is answered with an error for a second state, which is not given back", async () => {
    const { searchParams } = locationOf(await answerTo(`${authorizeUrl().url}&state=b`));
    expect(searchParams.get("error")).toBe("invalid_request");
    expect(searchParams.has("state")).toBe(false);
  });

  it("is answered with an error where the client is not registered for codes", async () => {
    stage.stores.clients.set("shop", client({ grantTypes: ["client_credentials"] }));
    const { searchParams } = locationOf(await answerTo(authorizeUrl().url));
    expect(searchParams.get("error")).toBe("unauthorized_client");
  });

  test.each(["a b&c=d#e", "日本語", "%2F+"])("gets its state %j back as it was sent", async (state) => {
    const outcome = await get(authorizeUrl({ state }).url);
    if (outcome.kind !== "asked") throw new Error("not asked");
    const { request } = outcome;
    const answer = await granted(request);
    const { searchParams } = locationOf(answer);
    expect(searchParams.get("state")).toBe(state);
    expect([...searchParams.keys()].sort()).toEqual(["code", "iss", "state"]);
    expect(answer.headers).toMatchObject({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
  });

  it("keeps the query of its redirect URI", async () => {
    const redirectUri = "https://app.example.com/callback?tenant=a%20b";
    stage.stores.clients.set("shop", client({ redirectUris: [redirectUri] }));
    const answer = await answerTo(authorizeUrl({ redirect_uri: redirectUri, scope: "x" }).url);
    expect(answer.headers["location"]).toMatch(/callback\?tenant=a%20b&error=invalid_scope&/);
  });
});

describe("what a person allowed", () => {
  const HOUR = 3_600_000;
  const asked = async (changes: Record<string, string> = {}): Promise<AuthorizationRequest> => {
    const outcome = await get(authorizeUrl(changes).url);
    if (outcome.kind !== "asked") throw new Error(`not asked: ${JSON.stringify(outcome)}`);
    return outcome.request;
  };
  const errorOf = (answer: OAuthAnswer) => locationOf(answer).searchParams.get("error");
  const weak = { twoFactor: false, methods: ["pwd"] };

  const UNMET: Readonly<
    Record<string, { asks?: Record<string, string>; person?: Partial<Person>; error: string }>
  > = {
    "a login by one factor where two are asked for": {
      asks: { acr_values: TWO_FACTOR_ACR },
      error: "login_required",
    },
    "a login by one factor where the account has no second one": {
      asks: { acr_values: TWO_FACTOR_ACR },
      person: { hasSecondFactor: false },
      error: "unmet_authentication_requirements",
    },
    "a login from before max_age": { asks: { max_age: "60" }, error: "login_required" },
    "a login from before a new one was asked for": { asks: { prompt: "login" }, error: "login_required" },
    "an account that may not use the client": { person: { mayUse: false }, error: "access_denied" },
    "an answer that nobody may be asked for": { asks: { prompt: "none" }, error: "consent_required" },
  };
  it.each(Object.entries(UNMET))("is not granted for %s", async (_, { asks, person, error }) => {
    const authentication = { ...proven(stage.clock.now - HOUR), ...weak };
    const answer = await granted(await asked(asks), ann(authentication, person));
    expect(errorOf(answer)).toBe(error);
  });

  it("is not granted to another person than the id_token_hint names", async () => {
    const { id_token } = await stage.tokens();
    const request = await asked({ id_token_hint: id_token });
    const bob = ann(proven(stage.clock.now), { subject: "bob" });
    expect(errorOf(await granted(request, bob))).toBe("login_required");
  });

  it.each<[string, Partial<OAuthClient>, Partial<AuthorizationRequest>]>([
    ["an address that is registered no more", { redirectUris: ["https://else.example.com/"] }, {}],
    ["an address that was changed on the way", {}, { redirectUri: "https://evil.example.com/callback" }],
    ["a request that has expired", {}, { expiresAt: 0 }],
  ])("is shown on a page, and leads nowhere, for %s", async (_, now, changes) => {
    const request = { ...(await asked()), ...changes };
    stage.stores.clients.set("shop", client(now));
    const given = await stage.provider.grantAuthorization({ request, person: ann(proven(stage.clock.now)) });
    expect(given.kind).toBe("page");
  });

  const NO_MORE: Readonly<Record<string, { now?: Partial<OAuthClient>; scopes?: string[]; error: string }>> =
    {
      "a scope that the client never had": { scopes: ["openid", "admin:write"], error: "invalid_scope" },
      "no scope at all": { scopes: [], error: "invalid_scope" },
      "a scope that was taken from the client": { now: { scopes: ["openid"] }, error: "invalid_scope" },
      "a client that gets no codes any more": { now: { grantTypes: [] }, error: "unauthorized_client" },
    };
  it.each(Object.entries(NO_MORE))("is not granted for %s", async (_, { now, scopes, error }) => {
    const request = await asked();
    stage.stores.clients.set("shop", client(now));
    expect(errorOf(await granted({ ...request, ...(scopes && { scopes }) }))).toBe(error);
  });

  it("is granted once, of twenty answers at once and of any later", async () => {
    const request = await asked();
    const grant = () => stage.provider.grantAuthorization({ request, person: ann(proven(stage.clock.now)) });
    const given = await Promise.all(Array.from({ length: 20 }, grant));
    expect(given.filter(({ kind }) => kind === "answer")).toHaveLength(1);
    expect((await grant()).kind).toBe("page");
  });

  it("can be less than was asked for", async () => {
    const answer = await granted({ ...(await asked()), scopes: ["openid"] });
    expect(locationOf(answer).searchParams.has("code")).toBe(true);
  });
});

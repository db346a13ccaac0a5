import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { basic } from "./stage/client.js";
import { changeRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { postForm, type RegisteredClient, registerClient } from "./stage/oauth-application.js";
import {
  CALLBACK,
  ENDPOINTS,
  expectError,
  expectJsonKeptNowhere,
  type Fields,
  type OAuthClients,
  startOAuthClients,
} from "./stage/oauth-clients.js";
import { logInAdministrator } from "./stage/people.js";

const FORM = "application/x-www-form-urlencoded";
const BODY = "grant_type=client_credentials&token=x";
const NOTHING = { active: false };

/** A request as a client sends it that does something wrong. */
interface Wrong {
  readonly method?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

type WrongCase = [title: string, wrong: (stage: OAuthClients) => Wrong, error: string];

const shopHeader = ({ shop }: OAuthClients): Record<string, string> => basic(shop.id, shop.secret);
const shopForm = ({ shop }: OAuthClients): string => `client_id=${shop.id}&client_secret=${shop.secret}`;

const WRONG: readonly WrongCase[] = [
  ["GET", (stage) => ({ method: "GET", headers: shopHeader(stage) }), "405 invalid_request"],
  [
    "JSON",
    (stage) => ({
      headers: { ...shopHeader(stage), "content-type": "application/json" },
      body: '{"token":"x"}',
    }),
    "400 invalid_request",
  ],
  [
    "a parameter twice",
    (stage) => ({ headers: shopHeader(stage), body: `${BODY}&token=x` }),
    "400 invalid_request",
  ],
  ["a secret in the address", (stage) => ({ query: shopForm(stage), body: BODY }), "400 invalid_request"],
  [
    "anything in the address",
    (stage) => ({ query: "token=x", headers: shopHeader(stage), body: BODY }),
    "400 invalid_request",
  ],
  [
    "a secret in two ways",
    (stage) => ({ headers: shopHeader(stage), body: `${BODY}&${shopForm(stage)}` }),
    "400 invalid_request",
  ],
  [
    "two clients",
    (stage) => ({ headers: shopHeader(stage), body: `${BODY}&client_id=${stage.other.id}` }),
    "400 invalid_request",
  ],
  ["no client", () => ({ body: BODY }), "401 invalid_client"],
  ["a secret of nobody", ({ shop }) => ({ body: `client_secret=${shop.secret}` }), "401 invalid_client"],
  ["no secret", ({ shop }) => ({ body: `${BODY}&client_id=${shop.id}` }), "401 invalid_client"],
  ["a wrong secret", ({ shop }) => ({ headers: basic(shop.id, "x"), body: BODY }), "401 invalid_client"],
  ["a wrong secret in the form", (stage) => ({ body: `${BODY}&${shopForm(stage)}x` }), "401 invalid_client"],
  [
    "another client's secret",
    ({ shop, other }) => ({ headers: basic(shop.id, other.secret), body: BODY }),
    "401 invalid_client",
  ],
  [
    "a secret of a client that keeps none",
    ({ phone }) => ({ headers: basic(phone.id, "x"), body: BODY }),
    "401 invalid_client",
  ],
  ["an unknown client", () => ({ headers: basic("nobody", "x"), body: BODY }), "401 invalid_client"],
  ["a bearer", () => ({ headers: { authorization: "Bearer x" }, body: BODY }), "401 invalid_client"],
];

describeOnBoth("the endpoints that clients call", (kind) => {
  let stage: OAuthClients;
  beforeAll(async () => {
    stage = await startOAuthClients(kind);
  });
  afterAll(() => stage.keyturn.close());

  describe.each(ENDPOINTS)("/oauth2/%s", (endpoint) => {
    it.each(WRONG)("refuses %s", async (_, wrong, expected) => {
      const { method = "POST", query, headers, body } = wrong(stage);
      const sent = { "content-type": FORM, ...headers };
      const path = query === undefined ? endpoint : `${endpoint}?${query}`;
      const answer = await stage.send(path, { method, headers: sent, ...(body !== undefined && { body }) });
      expectError(answer, expected);
      expect(answer.headers.get("allow")).toBe(method === "GET" ? "POST" : null);
      for (const { secret } of [stage.shop, stage.other]) expect(answer.text).not.toContain(secret);
    });

    it("refuses a client that is disabled", async () => {
      const closed = await registerClient(stage.administrator, CALLBACK);
      await changeRows(stage.keyturn, "UPDATE oauth_clients SET enabled = false WHERE id = $1", [closed.id]);
      expectError(await stage.ask(endpoint, { token: "x" }, closed), "401 invalid_client");
    });

    it("refuses a form without the field that it needs", async () => {
      expectError(await stage.ask(endpoint, { state: "x" }), "400 invalid_request");
    });
  });

  describe("introspection", () => {
    it("tells a client all about its own tokens, and of an access token what it shares with another", async () => {
      const { ann, ask, factsOf, keyturn, shop, tokens } = stage;
      const { access_token, refresh_token = "" } = await tokens("openid profile orders:read");
      const now = keyturn.clock.now() / 1000;
      const facts = {
        ...{ active: true, iss: "http://localhost:4000", sub: ann.id, client_id: shop.id },
        ...{ scope: "openid profile orders:read", amr: ["pwd"], acr: "urn:keyturn:one-factor" },
        ...{ aud: "http://localhost:4000", iat: now, auth_time: expect.any(Number) },
      };
      const ofAccess = { ...facts, token_type: "Bearer", exp: now + 3600 };
      expect(await factsOf(access_token, shop)).toEqual(ofAccess);
      expect(await factsOf(refresh_token, shop)).toEqual({ ...facts, exp: now + 30 * 86_400 });
      const { administrator } = stage;
      const named = (scopes: string[]) => registerClient(administrator, CALLBACK, { scopes });
      const [orders, email] = [await named(["orders:read", "email"]), await named(["email"])];
      expect(await factsOf(access_token, orders)).toEqual({ ...ofAccess, scope: "orders:read" });
      expect(await factsOf(access_token, email)).toEqual(NOTHING);
      for (const client of [orders, email, stage.other])
        expect(await factsOf(refresh_token, client)).toEqual(NOTHING);
      const hinted = { token: refresh_token, token_type_hint: "access_token" };
      expect((await ask("introspect", hinted)).body).toMatchObject({ active: true });
    });

    type End = (stage: OAuthClients, given: Fields) => Promise<unknown> | string | undefined;
    it.each<[title: string, end: End]>([
      ["that is unknown", () => "kto_unknown"],
      ["of another form", () => "x".repeat(10_000)],
      ["that is an ID token", (_, { id_token }) => id_token],
      ["that was given back", ({ ask }, { access_token = "" }) => ask("revoke", { token: access_token })],
      ["whose family was", ({ ask }, { refresh_token = "" }) => ask("revoke", { token: refresh_token })],
      [
        "that is used up",
        ({ refresh }, { refresh_token }) => refresh(refresh_token).then(() => refresh_token),
      ],
      ["after an hour", async ({ keyturn }) => keyturn.clock.advance({ seconds: 3600 })],
    ])("says of a token %s that it is not active, and nothing else", async (_, end) => {
      const given = await stage.tokens();
      const ended = await end(stage, given);
      const token = typeof ended === "string" ? ended : (given["access_token"] ?? "");
      const { status, headers, body } = await stage.ask("introspect", { token }, stage.other);
      expect([status, body]).toEqual([200, NOTHING]);
      expectJsonKeptNowhere(headers);
    });

    it("says so of the tokens of whoever was suspended, also once they are reinstated", async () => {
      const { administrator, ann, factsOf, logIn, tokens } = stage;
      const { access_token } = await tokens();
      await administrator.client.mutate("suspendAccount", { accountId: ann.id, reason: "test" });
      expect(await factsOf(access_token)).toEqual(NOTHING);
      await administrator.client.mutate("reinstateAccount", { accountId: ann.id });
      expect(await factsOf(access_token)).toEqual(NOTHING);
      await logIn();
    });

    it("is not for a client that keeps no secret", async () => {
      const { ask, phone } = stage;
      expectError(await ask("introspect", { token: "x" }, phone), "400 unauthorized_client");
    });
  });

  describe("revocation", () => {
    const revoke = async (token = "", client = stage.shop): Promise<void> => {
      const { status, headers, body } = await stage.ask("revoke", { token }, client);
      expect([status, body]).toEqual([200, {}]);
      expectJsonKeptNowhere(headers);
    };

    it("ends an access token alone, and with a refresh token all of its family", async () => {
      const { factsOf, refresh, tokens } = stage;
      const { access_token, refresh_token } = await tokens();
      await revoke(access_token);
      expect(await factsOf(access_token)).toEqual(NOTHING);
      const { body } = await refresh(refresh_token);
      await revoke(body.refresh_token);
      expect(await factsOf(body.access_token)).toEqual(NOTHING);
      expectError(await refresh(body.refresh_token), "400 invalid_grant");
    });

    it("is granted for what is unknown, and for another client's token, which stays", async () => {
      const { factsOf, other, shop, tokens } = stage;
      const { access_token, refresh_token } = await tokens();
      for (const token of ["unknown", access_token, refresh_token]) await revoke(token, other);
      expect(await factsOf(access_token)).toMatchObject({ active: true });
      expect(await factsOf(refresh_token, shop)).toMatchObject({ active: true });
    });

    it("is granted to a client that keeps no secret", async () => {
      const { factsOf, phone, tokens } = stage;
      const { access_token, refresh_token } = await tokens(undefined, phone);
      expect(await factsOf(access_token)).toMatchObject({ active: true });
      await revoke(refresh_token, phone);
      expect(await factsOf(access_token)).toEqual(NOTHING);
    });
  });
});

describeOnBoth("guessing at the secrets of clients", (kind) => {
  let keyturn: Keyturn;
  let shop: RegisteredClient;
  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_ATTEMPTS_PER_ADDRESS: "6" });
    shop = await registerClient(await logInAdministrator(keyturn), CALLBACK, { scopes: ["openid"] });
  });
  afterAll(() => keyturn.close());

  it("is over for a minute after so many failures at any of the endpoints, and recorded", async () => {
    const tryWith = async (secret: string, endpoint: string): Promise<Response> =>
      postForm(keyturn, { id: shop.id, secret }, [`/oauth2/${endpoint}`, { token: "x" }]);
    const endpoints = [...ENDPOINTS, ...ENDPOINTS];
    for (const [index, endpoint] of endpoints.entries())
      expect((await tryWith(`guess-${index}`, endpoint)).status).toBe(401);
    for (const endpoint of ENDPOINTS) {
      const answer = await tryWith(shop.secret, endpoint);
      const told = ["retry-after", "cache-control"].map((name) => answer.headers.get(name));
      expect([answer.status, ...told]).toEqual([429, "60", "no-store"]);
      expect(await answer.json()).toMatchObject({ error: "temporarily_unavailable" });
    }
    await keyturn.settle();
    const [event, ...further] = await keyturn.events("oauth-client.refused");
    expect(further).toHaveLength(5);
    expect(event).toMatchObject({
      ...{ result: "FAILED", actor: null, subject: null, details: { client: shop.id } },
    });
    keyturn.clock.advance({ seconds: 60 });
    expect((await tryWith(shop.secret, "introspect")).status).toBe(200);
  });
});

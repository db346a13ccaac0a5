import { beforeEach, describe, expect, it, test } from "vitest";
import { digestSecret } from "./secrets.js";
import { client, codeForm, formRequest, read, type Stage, startStage } from "./stage/provider.js";

let stage: Stage;
beforeEach(() => {
  stage = startStage();
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("a code", () => {
  it("gets tokens that are kept nowhere, for an hour", async () => {
    const tokens = await stage.tokens();
    expect(tokens).toMatchObject({
      status: 200,
      token_type: "Bearer",
      expires_in: 3600,
      scope: "openid orders:read",
    });
    expect(tokens.headers).toMatchObject({ "cache-control": "no-store", pragma: "no-cache" });
    expect(Object.keys(tokens).sort()).toEqual(
      [
        "access_token",
        "expires_in",
        "headers",
        "id_token",
        "refresh_token",
        "scope",
        "status",
        "token_type",
      ].sort(),
    );
  });

  it("gets no refresh token where the client is not registered for one", async () => {
    stage.stores.clients.set("shop", client({ grantTypes: ["authorization_code"] }));
    expect(await stage.tokens()).not.toHaveProperty("refresh_token");
  });

  it("gets no ID token without openid", async () => {
    expect(await stage.tokens({ scope: "orders:read" })).not.toHaveProperty("id_token");
  });

  it("gets tokens once, of twenty redemptions at once", async () => {
    const { code, verifier } = await stage.allow();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => stage.post("token", codeForm(code, verifier))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ error }) => error === "invalid_grant")).toHaveLength(19);
  });

  it("shown again, ten minutes later too, ends what it issued", async () => {
    const { code, verifier } = await stage.allow();
    const { access_token, refresh_token } = await stage.post("token", codeForm(code, verifier));
    expect(await stage.post("introspect", { token: access_token })).toMatchObject({ active: true });
    stage.clock.now += 10 * MINUTE;
    const again = await stage.post("token", codeForm(code, verifier));
    expect(again).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await stage.post("introspect", { token: access_token })).toMatchObject({ active: false });
    const refreshed = await stage.post("token", { grant_type: "refresh_token", refresh_token });
    expect(refreshed).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  it("dies after a minute", async () => {
    const { code, verifier } = await stage.allow();
    stage.clock.now += MINUTE - 1;
    const early = await stage.allow();
    stage.clock.now += 1;
    expect(await stage.post("token", codeForm(code, verifier))).toMatchObject({ error: "invalid_grant" });
    expect(await stage.post("token", codeForm(early.code, early.verifier))).toMatchObject({ status: 200 });
  });

  it.each([
    ["a wrong verifier", { code_verifier: "x".repeat(43) }, "invalid_grant"],
    ["no verifier", { code_verifier: "" }, "invalid_grant"],
    ["another redirect URI", { redirect_uri: "https://app.example.com/other" }, "invalid_grant"],
  ])("is burnt by %s", async (_, change, error) => {
    const { code, verifier } = await stage.allow();
    const wrong = await stage.post("token", { ...codeForm(code, verifier), ...change });
    expect(wrong).toMatchObject({ status: 400, error });
    const right = await stage.post("token", codeForm(code, verifier));
    expect(right).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  it("gets tokens without a redirect URI, which OAuth 2.1 leaves out: the verifier binds it", async () => {
    const { code, verifier } = await stage.allow();
    const { redirect_uri: _, ...form } = codeForm(code, verifier);
    expect(await stage.post("token", form)).toMatchObject({ status: 200 });
  });

  it("is burnt by another client that shows it", async () => {
    const { code, verifier } = await stage.allow();
    const theft = read(await stage.provider.token(formRequest(codeForm(code, verifier), { id: "other" })));
    expect(theft).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await stage.post("token", codeForm(code, verifier))).toMatchObject({ error: "invalid_grant" });
  });

  it.each<[string, { client?: string; form?: Record<string, string> }]>([
    ["by a public client", { client: "phone" }],
    ["by another client with a secret", { client: "other" }],
    ["with another verifier", { form: { code_verifier: "x".repeat(43) } }],
    ["without a verifier", { form: { code_verifier: "" } }],
    ["with another redirect URI", { form: { redirect_uri: "https://app.example.com/other" } }],
  ])("that was redeemed is shown %s, and nothing ends", async (_, { client: id = "shop", form }) => {
    const { code, verifier } = await stage.allow();
    const right = codeForm(code, verifier);
    const { access_token, refresh_token } = await stage.post("token", right);
    const theft = await stage.postAs(id, "token", { ...right, ...form });
    expect(theft).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await stage.post("introspect", { token: access_token })).toMatchObject({ active: true });
    const refreshed = await stage.post("token", { grant_type: "refresh_token", refresh_token });
    expect(refreshed).toMatchObject({ status: 200 });
    await stage.post("token", right);
    expect(await stage.post("introspect", { token: access_token })).toMatchObject({ active: false });
  });

  it("is not burnt by a confidential client without its secret", async () => {
    const { code, verifier } = await stage.allow();
    const { headers, ...request } = formRequest({ ...codeForm(code, verifier), client_id: "shop" });
    const { authorization: _, ...without } = headers;
    const refused = read(await stage.provider.token({ ...request, headers: without }));
    expect(refused).toMatchObject({ status: 401, error: "invalid_client" });
    expect(await stage.post("token", codeForm(code, verifier))).toMatchObject({ status: 200 });
  });

  it("gets the scopes that the client has left, and no ID token without openid", async () => {
    const { code, verifier } = await stage.allow();
    stage.stores.clients.set("shop", client({ scopes: ["orders:read"] }));
    const tokens = await stage.post("token", codeForm(code, verifier));
    expect(tokens).toMatchObject({ status: 200, scope: "orders:read" });
    expect(tokens).not.toHaveProperty("id_token");
  });

  it("gets nothing once its address was taken from the client", async () => {
    const { code, verifier } = await stage.allow();
    stage.stores.clients.set("shop", client({ redirectUris: ["https://else.example.com/"] }));
    expect(await stage.post("token", codeForm(code, verifier))).toMatchObject({ error: "invalid_grant" });
  });

  it("gets nothing once the account is suspended", async () => {
    const { code, verifier } = await stage.allow();
    stage.stores.accounts.set("ann", { active: false, claims: {} });
    expect(await stage.post("token", codeForm(code, verifier))).toMatchObject({ error: "invalid_grant" });
  });

  it("is whole again where a fault within broke its redemption", async () => {
    const { code, verifier } = await stage.allow();
    const { transaction } = stage.stores;
    stage.stores.transaction = (work) =>
      transaction((statements) =>
        work({ ...statements, addTokens: () => Promise.reject(new Error("the disk is full")) }),
      );
    expect(await stage.post("token", codeForm(code, verifier))).toMatchObject({ status: 503 });
    expect(stage.faults).toHaveLength(1);
    stage.stores.transaction = transaction;
    expect(await stage.post("token", codeForm(code, verifier))).toMatchObject({ status: 200 });
  });
});

describe("a store that tells another fault than its own", () => {
  it("is told of it as it came, so that it can try again", async () => {
    const { code, verifier } = await stage.allow();
    const { transaction } = stage.stores;
    const deadlock = new Error("two transactions waited for each other");
    const outcomes = [() => Promise.reject(deadlock)];
    stage.stores.transaction = async (work) => {
      const run = () =>
        transaction((statements) =>
          work({ ...statements, addTokens: outcomes.pop() ?? ((tokens) => statements.addTokens(tokens)) }),
        );
      return await run().catch((fault) => (fault === deadlock ? run() : Promise.reject(fault)));
    };
    expect(await stage.post("token", codeForm(code, verifier))).toMatchObject({ status: 200 });
  });
});

describe("a refresh token", () => {
  const refresh = (refresh_token: string, more: Record<string, string> = {}) =>
    stage.post("token", { grant_type: "refresh_token", refresh_token, ...more });

  it("rotates, and the access token before goes on", async () => {
    const first = await stage.tokens();
    const second = await refresh(first.refresh_token);
    expect(second).toMatchObject({ status: 200, scope: "openid orders:read" });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    for (const { access_token } of [first, second])
      expect(await stage.post("introspect", { token: access_token })).toMatchObject({ active: true });
  });

  it("shown again ends its whole family", async () => {
    const first = await stage.tokens();
    const second = await refresh(first.refresh_token);
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await refresh(second.refresh_token)).toMatchObject({ error: "invalid_grant" });
    expect(await stage.post("introspect", { token: second.access_token })).toMatchObject({ active: false });
  });

  it("works once, of twenty uses at once", async () => {
    const { refresh_token } = await stage.tokens();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refresh_token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it("can be asked for less, and a wish for more costs it nothing", async () => {
    const { refresh_token } = await stage.tokens();
    const more = await refresh(refresh_token, { scope: "orders:read orders:write" });
    expect(more).toMatchObject({ status: 400, error: "invalid_scope" });
    expect(await refresh(refresh_token, { scope: "orders:read" })).toMatchObject({ scope: "orders:read" });
  });

  it("stays what it was where less is asked for once", async () => {
    const { refresh_token } = await stage.tokens();
    const less = await refresh(refresh_token, { scope: "orders:read" });
    const facts = await stage.post("introspect", { token: less.access_token });
    expect(facts).toMatchObject({ active: true, scope: "orders:read" });
    expect(await refresh(less.refresh_token)).toMatchObject({ status: 200, scope: "openid orders:read" });
  });

  it("is not spent where no ID token can be signed", async () => {
    const { refresh_token } = await stage.tokens();
    const { list } = stage.stores.keys;
    Object.assign(stage.stores.keys, { list: () => Promise.reject(new Error("the database is gone")) });
    stage.clock.now += MINUTE;
    expect(await refresh(refresh_token)).toMatchObject({ status: 503, error: "temporarily_unavailable" });
    Object.assign(stage.stores.keys, { list });
    expect(await refresh(refresh_token)).toMatchObject({ status: 200 });
  });

  it("dies after thirty days without use, and its family after a year of use", async () => {
    const { refresh_token } = await stage.tokens();
    stage.clock.now += 30 * DAY;
    expect(await refresh(refresh_token)).toMatchObject({ error: "invalid_grant" });
    let latest = (await stage.tokens()).refresh_token;
    for (let month = 0; month < 12; month += 1) {
      stage.clock.now += 29 * DAY;
      latest = (await refresh(latest)).refresh_token;
    }
    stage.clock.now += 17 * DAY;
    expect(await refresh(latest)).toMatchObject({ error: "invalid_grant" });
  });

  it("is nothing to another client, whose showing it ends nothing", async () => {
    const { refresh_token } = await stage.tokens();
    const form = { grant_type: "refresh_token", refresh_token };
    const theft = read(await stage.provider.token(formRequest(form, { id: "other" })));
    expect(theft).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await refresh(refresh_token)).toMatchObject({ status: 200 });
  });

  it("outlives any number of codes that nobody redeemed", async () => {
    const { refresh_token } = await stage.tokens();
    for (let count = 0; count < 20; count += 1) await stage.allow();
    expect(await refresh(refresh_token)).toMatchObject({ status: 200 });
  });

  it("outlives a code that is shown wrongly, though there are ten families", async () => {
    const families = [];
    for (let count = 0; count < 10; count += 1) families.push(await stage.tokens());
    const { code } = await stage.allow();
    await stage.post("token", codeForm(code, "x".repeat(43)));
    expect(await refresh(families[0].refresh_token)).toMatchObject({ status: 200 });
  });

  it("is the eleventh family's at the price of the oldest", async () => {
    const families = [];
    for (let count = 0; count < 11; count += 1) families.push(await stage.tokens());
    expect(await refresh(families[0].refresh_token)).toMatchObject({ error: "invalid_grant" });
    expect(await refresh(families[1].refresh_token)).toMatchObject({ status: 200 });
  });
});

describe("client_credentials", () => {
  const ask = (scope?: string) =>
    stage.post("token", { grant_type: "client_credentials", ...(scope === undefined ? {} : { scope }) });

  it("gives an access token of the service account, and nothing of a person's", async () => {
    const tokens = await ask();
    expect(tokens).toMatchObject({ status: 200, scope: "orders:read" });
    expect(tokens).not.toHaveProperty("refresh_token");
    expect(tokens).not.toHaveProperty("id_token");
    const facts = await stage.post("introspect", { token: tokens.access_token });
    expect(facts).toMatchObject({ active: true, sub: "robot", client_id: "shop", amr: [] });
  });

  it("ignores a scope that nobody knows, and gives by its name what it gives by no other way", async () => {
    expect(await ask("orders:write nothing")).toMatchObject({ status: 200, scope: "orders:write" });
  });

  it.each(["openid orders:read", "admin:read", "orders:read admin:write"])(
    "refuses the scopes %j",
    async (scope) => {
      expect(await ask(scope)).toMatchObject({ status: 400, error: "invalid_scope" });
    },
  );

  it("gives nothing once the service account is suspended, and what it gave is dead", async () => {
    const { access_token } = await ask();
    stage.stores.accounts.set("robot", { active: false, claims: {} });
    expect(await ask()).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await stage.post("introspect", { token: access_token })).toMatchObject({ active: false });
  });
});

describe("client_credentials of a client that may act by itself no more, or for another account", () => {
  it.each([{ serviceAccountId: "other-robot" }, { grantTypes: ["authorization_code"] }] as const)(
    "gave what is dead: %j",
    async (change) => {
      const { access_token } = await stage.post("token", { grant_type: "client_credentials" });
      stage.stores.clients.set("shop", client(change));
      expect(await stage.post("introspect", { token: access_token })).toMatchObject({ active: false });
    },
  );
});

describe("what the token endpoint refuses", () => {
  it("is told to the host with the client, where there is one", async () => {
    const refused: string[] = [];
    const { provider } = startStage({ onRefusedClient: (id) => refused.push(id) });
    for (const credentials of [{ secret: "wrong" }, { id: "nobody" }, { id: "phone" }, {}])
      await provider.token(formRequest({ grant_type: "client_credentials" }, credentials));
    expect(refused).toEqual(["shop", "phone"]);
  });

  test.each([
    ["no grant type", {}, 400, "invalid_request"],
    [
      "a password grant",
      { grant_type: "password", username: "ann", password: "x" },
      400,
      "unsupported_grant_type",
    ],
    ["a name of Object's", { grant_type: "constructor" }, 400, "unsupported_grant_type"],
    ["no code", { grant_type: "authorization_code" }, 400, "invalid_request"],
    ["an unknown code", { grant_type: "authorization_code", code: "x".repeat(43) }, 400, "invalid_grant"],
    ["an unknown refresh token", { grant_type: "refresh_token", refresh_token: "x" }, 400, "invalid_grant"],
    [
      "a secret by header and form",
      { grant_type: "refresh_token", client_secret: "x" },
      400,
      "invalid_request",
    ],
    ["two clients", { grant_type: "refresh_token", client_id: "other" }, 400, "invalid_request"],
  ])("%s", async (...[, form, status, error]) => {
    expect(await stage.post("token", form)).toMatchObject({ status, error });
  });

  test.each([
    ["GET", { method: "GET" }, 405, "invalid_request"],
    ["parameters in the address", { url: "/oauth2/token?client_secret=x" }, 400, "invalid_request"],
    ["JSON", { headers: { "content-type": "application/json" } }, 400, "invalid_request"],
    [
      "a repeated parameter",
      { body: "grant_type=refresh_token&grant_type=refresh_token" },
      400,
      "invalid_request",
    ],
  ])("%s", async (...[, change, status, error]) => {
    const request = { ...formRequest({ grant_type: "client_credentials" }), ...change };
    expect(read(await stage.provider.token(request))).toMatchObject({ status, error });
  });

  test.each([
    ["an unknown client", { id: "nobody" }],
    ["a wrong secret", { secret: "wrong" }],
    ["no secret", { secret: "" }],
    ["a public client that shows a secret", { id: "phone" }],
    ["a percent that encodes nothing", { secret: "%" }],
  ])("%s, and names the scheme", async (_, credentials) => {
    const answer = read(
      await stage.provider.token(formRequest({ grant_type: "client_credentials" }, credentials)),
    );
    expect(answer).toMatchObject({ status: 401, error: "invalid_client" });
    expect(answer.headers["www-authenticate"]).toMatch(/^Basic realm=/);
  });

  it("is said in the characters that its RFC allows", async () => {
    const request = { ...formRequest({}), body: 'a"\\é%0a=1&a"\\é%0a=2' };
    const { error_description } = read(await stage.provider.token(request));
    expect(error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  });

  it("is not a secret that was form-encoded first", async () => {
    const secret = "a secret+with:colon%";
    stage.stores.clients.set("shop", client({ secretDigest: digestSecret(secret) }));
    const encoded = new URLSearchParams({ x: secret }).toString().slice(2);
    const request = formRequest({ grant_type: "client_credentials" }, { secret: encoded });
    expect(read(await stage.provider.token(request))).toMatchObject({ status: 200 });
  });
});

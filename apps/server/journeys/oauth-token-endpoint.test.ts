import { afterAll, beforeAll, expect, it } from "vitest";
import type { Answer } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import {
  CALLBACK,
  expectError,
  expectJsonKeptNowhere,
  type Fields,
  type OAuthClients,
  startOAuthClients,
} from "./stage/oauth-clients.js";

describeOnBoth("the token endpoint", (kind) => {
  let stage: OAuthClients;
  beforeAll(async () => {
    stage = await startOAuthClients(kind);
  });
  afterAll(() => stage.keyturn.close());

  it("gives all that a client needs, by either way of showing a secret and without one", async () => {
    const { allow, ask, other, phone, refresh, send } = stage;
    const inForm = { client_id: other.id, client_secret: other.secret };
    const body = new URLSearchParams({ ...(await allow(undefined, other)), ...inForm });
    const byForm = await send("token", { method: "POST", body });
    const byHeader = await ask("token", await allow());
    const byNone = await ask("token", await allow(undefined, phone), phone);
    const refreshed = await refresh(byHeader.body.refresh_token);
    for (const { status, headers, body } of [byForm, byHeader, byNone, refreshed]) {
      expect({ status, body }).toEqual({
        status: 200,
        body: {
          ...{ token_type: "Bearer", expires_in: 3600, scope: "openid orders:read" },
          access_token: expect.stringMatching(/^kto_/),
          refresh_token: expect.stringMatching(/^ktr_/),
          id_token: expect.stringMatching(/^eyJ/),
        },
      });
      expectJsonKeptNowhere(headers);
    }
  });

  it("gives a machine an access token alone", async () => {
    const { status, headers, body } = await stage.ask("token", { grant_type: "client_credentials" });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(["access_token", "expires_in", "scope", "token_type"]);
    expect(body.scope).toBe("orders:read");
    expectJsonKeptNowhere(headers);
  });

  const machine = { grant_type: "client_credentials" };
  it.each<[title: string, form: Fields, error: string]>([
    ["no grant", {}, "invalid_request"],
    ["a password", { grant_type: "password", username: "ann", password: "x" }, "unsupported_grant_type"],
    ["an assertion", { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer" }, "unsupported_grant_type"],
    ["a name of every object", { grant_type: "constructor" }, "unsupported_grant_type"],
    ["no code", { grant_type: "authorization_code" }, "invalid_request"],
    ["an unknown code", { grant_type: "authorization_code", code: "kta_x" }, "invalid_grant"],
    ["no refresh token", { grant_type: "refresh_token" }, "invalid_request"],
    ["an unknown refresh token", { grant_type: "refresh_token", refresh_token: "ktr_x" }, "invalid_grant"],
    ["a scope of persons for a machine", { ...machine, scope: "openid" }, "invalid_scope"],
    ["an unknown scope", { ...machine, scope: "nothing" }, "invalid_scope"],
  ])("gives nothing for %s", async (_, form, error) => {
    expectError(await stage.ask("token", form), `400 ${error}`);
  });

  it("gives tokens for a code without a redirect URI, which OAuth 2.1 leaves out", async () => {
    const { redirect_uri: _, ...form } = await stage.allow();
    expect((await stage.ask("token", form)).status).toBe(200);
  });

  it("ends nothing for a redeemed code that somebody else shows, or its own client with a wrong verifier", async () => {
    const { allow, ask, factsOf, other, phone, shop } = stage;
    const form = await allow("orders:read");
    const { body } = await ask("token", form);
    for (const client of [phone, other]) expectError(await ask("token", form, client), "400 invalid_grant");
    expectError(await ask("token", { ...form, code_verifier: "x".repeat(43) }), "400 invalid_grant");
    expect(await factsOf(body.access_token)).toMatchObject({ active: true });
    expectError(await ask("token", form, shop), "400 invalid_grant");
    expect(await factsOf(body.access_token)).toEqual({ active: false });
  });

  it("ends the oldest of ten families for an eleventh and says so, and none for codes that wait", async () => {
    const { allow, factsOf, keyturn, tokens } = stage;
    const families: Fields[] = [];
    for (let count = 0; count < 10; count += 1) families.push(await tokens("orders:read"));
    const before = (await keyturn.events("oauth-token.displaced")).length;
    for (let count = 0; count < 11; count += 1) await allow("orders:read");
    expect(await factsOf(families[0]?.["access_token"])).toMatchObject({ active: true });
    await tokens("orders:read");
    expect(await factsOf(families[0]?.["access_token"])).toEqual({ active: false });
    expect(await factsOf(families[1]?.["access_token"])).toMatchObject({ active: true });
    const events = await keyturn.events("oauth-token.displaced");
    expect(events.slice(before).map(({ details }) => details)).toEqual(
      Array.from({ length: 3 }, () => ({ client: stage.shop.id, why: "displaced" })),
    );
  });

  it("gives nothing by a grant that the client is not registered for", async () => {
    expectError(await stage.ask("token", machine, stage.other), "400 unauthorized_client");
  });

  it.each<[title: string, change: Fields, error: string]>([
    ["another verifier", { code_verifier: "x".repeat(43) }, "invalid_grant"],
    ["no verifier", { code_verifier: "" }, "invalid_grant"],
    ["another redirect URI", { redirect_uri: `${CALLBACK}/` }, "invalid_grant"],
  ])("gives nothing for a code with %s, nor for that code afterwards", async (_, change, error) => {
    const form = await stage.allow();
    expectError(await stage.ask("token", { ...form, ...change }), `400 ${error}`);
    expectError(await stage.ask("token", form), "400 invalid_grant");
  });

  it("gives nothing for a code to another client, or after a minute", async () => {
    const { allow, ask, keyturn, other } = stage;
    const [stolen, late] = [await allow(), await allow()];
    expectError(await ask("token", stolen, other), "400 invalid_grant");
    expectError(await ask("token", stolen), "400 invalid_grant");
    keyturn.clock.advance({ seconds: 60 });
    expectError(await ask("token", late), "400 invalid_grant");
  });

  it("ends by the second use of a code what the first one got", async () => {
    const { allow, ask, factsOf } = stage;
    const form = await allow();
    const { body } = await ask("token", form);
    expect(await factsOf(body.access_token)).toMatchObject({ active: true });
    expectError(await ask("token", form), "400 invalid_grant");
    expect(await factsOf(body.access_token)).toEqual({ active: false });
  });

  it("gives nothing for a refresh token to another client, or for more than was allowed, which costs nothing", async () => {
    const { other, refresh, tokens } = stage;
    const { refresh_token } = await tokens();
    expectError(await refresh(refresh_token, {}, other), "400 invalid_grant");
    expectError(await refresh(refresh_token, { scope: "openid email" }), "400 invalid_scope");
    const { body } = await refresh(refresh_token, { scope: "orders:read" });
    expect(body).toMatchObject({ scope: "orders:read" });
    expect(body).not.toHaveProperty("id_token");
  });

  const twenty = (work: () => Promise<Answer>): Promise<Answer[]> =>
    Promise.all(Array.from({ length: 20 }, work));
  /** One has tokens, which are dead: that there was a second one tells of a thief. */
  const expectOneDeadSet = async (answers: Answer[]): Promise<void> => {
    const [won, ...further] = answers.filter(({ status }) => status === 200);
    expect(further).toEqual([]);
    for (const lost of answers.filter((answer) => answer !== won)) expectError(lost, "400 invalid_grant");
    expect(await stage.factsOf(won?.body.access_token)).toEqual({ active: false });
    expectError(await stage.refresh(won?.body.refresh_token), "400 invalid_grant");
  };

  it("gives one set of tokens for twenty redemptions of a code at once, and ends it", async () => {
    const form = await stage.allow();
    await expectOneDeadSet(await twenty(() => stage.ask("token", form)));
  });

  it("gives one set of tokens for twenty uses of a refresh token at once, and ends the family", async () => {
    const first = await stage.tokens();
    await expectOneDeadSet(await twenty(() => stage.refresh(first["refresh_token"])));
    expect(await stage.factsOf(first["access_token"])).toEqual({ active: false });
  });
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { drawToken } from "../src/platform/bearer-token.js";
import { basic, bearer } from "./stage/client.js";
import { changeRows, countersOf } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  CHALLENGE,
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  type ProtectedPerson,
  withToken,
} from "./stage/people.js";
import { sendRaw } from "./stage/wire.js";

const WHO = "{ authentication { credential } viewer { loginName } }";
const CYBOZU_PASSWORD = "x-cybozu-authorization";
const CYBOZU_TOKEN = "x-cybozu-api-token";
const UNKNOWN = drawToken("kts_").plain;

describeOnBoth("the credential of a request", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let ann: LoggedInPerson;
  let bob: ProtectedPerson;
  let apiToken: string;
  let cookie: string;

  const encode = (text: string): string => Buffer.from(text).toString("base64");
  const send = (headers: Record<string, string>, query = WHO) => keyturn.anyone.send(query, {}, headers);
  const codeOf = async (headers: Record<string, string>): Promise<string> => {
    const { status, body } = await send(headers);
    return status === 200 ? body.data.authentication?.credential : body.errors[0].extensions.code;
  };
  const makeToken = async (person: LoggedInPerson, more: object = {}) => {
    const input = { name: "script", scopes: ["account:read"], ...more };
    const selection = "... on ApiTokenCreated { token apiToken { id } }";
    return await person.client.mutate("createApiToken", input, selection);
  };
  const forms = (person: Person) => ({
    [CYBOZU_PASSWORD]: encode(`${person.loginName}:${person.password}`),
    basic: basic(person.loginName, person.password)["authorization"] ?? "",
  });

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
    ann = await logIn(keyturn, await createPerson(administrator, "ann"));
    bob = await createProtectedPerson(keyturn, administrator, "bob");
    apiToken = (await makeToken(ann)).token;
    const input = { loginName: "ann", password: ann.password, useCookie: true };
    const document = "mutation($input: LoginInput!) { login(input: $input) { __typename } }";
    const { headers } = await keyturn.anyone.send(document, { input });
    cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
  });
  afterAll(() => keyturn.close());

  it("is accepted in each of its forms", async () => {
    expect(await codeOf({ [CYBOZU_PASSWORD]: forms(ann)[CYBOZU_PASSWORD] })).toBe("PASSWORD");
    expect(await codeOf({ authorization: forms(ann).basic })).toBe("PASSWORD");
    expect(await codeOf({ authorization: forms(ann).basic.replace("Basic", "bAsIc ") })).toBe("PASSWORD");
    expect(await codeOf(bearer(ann.token))).toBe("SESSION");
    expect(await codeOf({ cookie: `theme=dark; ${cookie}; more=1` })).toBe("SESSION");
    expect(await codeOf(bearer(apiToken))).toBe("API_TOKEN");
    expect(await codeOf({ [CYBOZU_TOKEN]: apiToken })).toBe("API_TOKEN");
    const { body } = await send({});
    expect(body.data).toEqual({ authentication: null, viewer: null });
  });

  it("is the first in order: a bad one of higher rank fails beside a good one of lower rank, and wins over a bad one", async () => {
    const good = [
      { [CYBOZU_PASSWORD]: encode(`ann:${ann.password}`) },
      { authorization: forms(ann).basic },
      bearer(ann.token),
      { [CYBOZU_TOKEN]: apiToken },
      { cookie },
    ];
    const bad = [
      { [CYBOZU_PASSWORD]: encode("ann-nobody:wrong-password") },
      basic("ann-nobody", "wrong-password"),
      bearer(UNKNOWN),
      { [CYBOZU_TOKEN]: drawToken("kt_").plain },
      { cookie: `keyturn_session_4000=${UNKNOWN}` },
    ];
    const types = ["PASSWORD", "PASSWORD", "SESSION", "API_TOKEN", "SESSION"];
    for (let high = 0; high < good.length; high += 1)
      for (let low = high + 1; low < good.length; low += 1) {
        // Basic and Bearer share a header: it has one value.
        if (high === 1 && low === 2) continue;
        expect(await codeOf({ ...good[low], ...bad[high] }), `${high} bad, ${low} good`).toBe(
          "INVALID_CREDENTIALS",
        );
        expect(await codeOf({ ...bad[low], ...good[high] }), `${high} good, ${low} bad`).toBe(types[high]);
      }
  });

  it("is refused where its header comes twice, even with the same value", async () => {
    const body = JSON.stringify({ query: WHO });
    const json = ["content-type", "application/json"] as const;
    const twice: [string, string][] = [
      ["authorization", forms(ann).basic],
      ["authorization", `Bearer ${ann.token}`],
      [CYBOZU_PASSWORD, encode(`ann:${ann.password}`)],
      [CYBOZU_TOKEN, apiToken],
    ];
    for (const [name, value] of twice) {
      const once = await sendRaw(keyturn.address, { headers: [json, [name, value]], body });
      expect([name, once.status]).toEqual([name, 200]);
      const asked = { headers: [json, [name, value], [name, value]], body } as const;
      const answer = await sendRaw(keyturn.address, asked);
      expect([name, answer.status, answer.body.errors[0].extensions.code]).toEqual([
        name,
        401,
        "INVALID_CREDENTIALS",
      ]);
    }
  });

  it("is refused where its scheme is unknown, or its form broken", async () => {
    const colonless = encode("ann");
    const latin1 = Buffer.from("änn:päss", "latin1").toString("base64");
    for (const authorization of [
      ...["Digest username=ann", "Negotiate abc", "Basic", "Bearer", "", "kt_x", `Token ${apiToken}`],
      ...["Basic !!!", `Basic ${colonless}`, `Basic ${encode(":x")}`, `Basic ${latin1}`],
      ...[`Bearer ${ann.token} x`, `Bearer ${ann.token},`, `Bearer ${ann.token.slice(0, -1)}`],
      ...[`Bearer ${ann.token.slice(0, -1)}0x`, "Bearer undefined", `Basic ${ann.token}`],
    ])
      expect(await codeOf({ authorization }), authorization).toBe("INVALID_CREDENTIALS");
    for (const value of ["", "ann:x", colonless, latin1])
      expect(await codeOf({ [CYBOZU_PASSWORD]: value }), value).toBe("INVALID_CREDENTIALS");
    expect((await countersOf(keyturn, "ann")).failed).toBe(0);
  });

  it("splits a password at the first colon, and reads it as UTF-8", async () => {
    const password = "日本:語 и пароль: 7";
    const kim = await createPerson(administrator, "kim", { password });
    expect(await codeOf(basic(kim.loginName, password))).toBe("PASSWORD");
  });

  it("of one type never stands for another", async () => {
    const input = { loginName: "bob", password: bob.password };
    const { challenge } = await keyturn.anyone.mutate("login", input, CHALLENGE);
    const tokens = { session: ann.token, apiToken, challenge, mail: drawToken("ktm_").plain };
    for (const [name, token] of Object.entries(tokens)) {
      if (name !== "apiToken")
        expect(await codeOf({ [CYBOZU_TOKEN]: token }), name).toBe("INVALID_CREDENTIALS");
      if (name !== "session")
        expect(await codeOf({ cookie: `keyturn_session_4000=${token}` }), name).toBe("INVALID_CREDENTIALS");
      if (name === "challenge" || name === "mail")
        expect(await codeOf(bearer(token)), name).toBe("INVALID_CREDENTIALS");
      expect(await codeOf(basic("ann", token)), name).toBe("INVALID_CREDENTIALS");
      const proof = { verificationCode: bob.app.code() };
      const asked = { challenge: token, proof };
      if (name !== "challenge")
        expect((await keyturn.anyone.mutate("completeLogin", asked)).__typename).toBe("ChallengeExpired");
      const reset = { token, newPassword: "copper-window-drift-3" };
      expect((await keyturn.anyone.mutate("resetPassword", reset)).__typename).toBe("InvalidMailToken");
    }
    await logIn(keyturn, ann);
  });

  it("that starts with kto_ or ktr_ is none that this server gave", async () => {
    const { plain } = drawToken("kto_");
    for (const token of [plain, plain.replace("kto_", "ktr_"), `ktr_${"A".repeat(49)}`]) {
      expect(await codeOf(bearer(token))).toBe("INVALID_CREDENTIALS");
      expect(await codeOf({ [CYBOZU_TOKEN]: token })).toBe("INVALID_CREDENTIALS");
      expect(await codeOf({ cookie: `keyturn_session_4000=${token}` })).toBe("INVALID_CREDENTIALS");
    }
  });

  it("that is wrong is answered by the scheme that was sent, and clears no cookie", async () => {
    const cases: [Record<string, string>, RegExp][] = [
      [basic("ann-nobody", "wrong-password"), /^Basic /],
      [{ authorization: "Basic !!!" }, /^Basic /],
      [{ [CYBOZU_PASSWORD]: encode("ann-nobody:wrong-password") }, /^Bearer /],
      [bearer(UNKNOWN), /^Bearer /],
      [{ authorization: "Digest x" }, /^Bearer /],
      [{ [CYBOZU_TOKEN]: UNKNOWN }, /^Bearer /],
      [{ cookie: `keyturn_session_4000=${UNKNOWN}` }, /^Bearer /],
    ];
    for (const [credential, scheme] of cases) {
      const { status, headers, body } = await send(credential);
      expect([status, body.data]).toEqual([401, undefined]);
      expect(headers.get("www-authenticate"), JSON.stringify(credential)).toMatch(scheme);
      expect(headers.get("set-cookie")).toBeNull();
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });

  it("that is a dead cookie bars no operation that reads none, but fails every other", async () => {
    const dead = { cookie: `keyturn_session_4000=${UNKNOWN}` };
    const input = { loginName: "ann", password: ann.password };
    const client = keyturn.anyone.with(dead);
    expect((await client.mutate("login", input)).__typename).toBe("LoggedIn");
    expect((await client.query("{ credentialRules { accepted } }")).credentialRules.length).toBeGreaterThan(
      0,
    );
    expect((await client.query("{ __typename }")).__typename).toBe("Query");
    for (const query of ["{ viewer { id } }", "{ credentialRules { accepted } viewer { id } }", WHO])
      expect((await send(dead, query)).status).toBe(401);
    const hidden = "{ ...A } fragment A on Query { ... on Query { me: viewer { id } } }";
    expect((await send(dead, hidden)).status).toBe(401);
  });

  it("that is a wrong header fails those operations too", async () => {
    for (const wrong of [bearer(UNKNOWN), { authorization: "Digest x" }, { [CYBOZU_TOKEN]: UNKNOWN }]) {
      expect((await send(wrong, "{ credentialRules { accepted } }")).status).toBe(401);
      const login = `mutation { login(input: {loginName: "ann", password: "${ann.password}"}) { __typename } }`;
      expect((await send(wrong, login)).body.errors[0].extensions.code).toBe("INVALID_CREDENTIALS");
    }
  });

  it("by an API token ends with the token: expired, revoked, or its account suspended", async () => {
    const now = keyturn.clock.now();
    const eve = await logIn(keyturn, await createPerson(administrator, "eve"));
    const expiring = await makeToken(eve, { expiresAt: new Date(now + 60_000).toISOString() });
    const revoked = await makeToken(eve);
    const kept = await makeToken(eve);
    keyturn.clock.advance({ seconds: 59 });
    expect(await codeOf(bearer(expiring.token))).toBe("API_TOKEN");
    keyturn.clock.advance({ seconds: 1 });
    expect(await codeOf(bearer(expiring.token))).toBe("INVALID_CREDENTIALS");
    await eve.client.mutate("revokeApiToken", { id: revoked.apiToken.id });
    expect(await codeOf(bearer(revoked.token))).toBe("INVALID_CREDENTIALS");
    expect(await codeOf(bearer(kept.token))).toBe("API_TOKEN");
    await changeRows(keyturn, "UPDATE accounts SET suspended_at = $1 WHERE login_name = 'eve'", [now]);
    for (const credential of [bearer(kept.token), bearer(eve.token), basic("eve", eve.password)])
      expect(await codeOf(credential)).toBe("INVALID_CREDENTIALS");
  });

  it("is no one's where an account has no password", async () => {
    await createPerson(administrator, "robot", { kind: "SERVICE" });
    for (const password of ["", "null", "undefined", ADMINISTRATOR.password])
      expect(await codeOf(basic("robot", password))).toBe("INVALID_CREDENTIALS");
    expect((await withToken(keyturn, apiToken).query(WHO)).viewer.loginName).toBe("ann");
  });
});

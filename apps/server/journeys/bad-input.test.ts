import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Answer } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { logInAdministrator } from "./stage/people.js";
import { sendBytes, sendRaw, type WireRequest } from "./stage/wire.js";

const JSON_TYPE = ["content-type", "application/json"] as const;
const QUERY = JSON.stringify({ query: "{ viewer { id } }" });
const LOGIN =
  "mutation($input: LoginInput!) { login(input: $input) { __typename ... on UserError { code } } }";

describeOnBoth("bad input", (kind) => {
  let keyturn: Keyturn;
  const raw = (asked: WireRequest): Promise<Answer> => sendRaw(keyturn.address, asked);
  const post = (body: string | Buffer): Promise<Answer> => raw({ body });

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(async () => {
    const { client } = await logInAdministrator(keyturn);
    expect((await client.query("{ viewer { loginName } }")).viewer.loginName).toBe("admin");
    await keyturn.close();
  });

  it("is a body of over 100 kB, with its length said before or not: 413", async () => {
    const body = JSON.stringify({ query: "{ viewer { id } }", variables: { filling: "x".repeat(102_400) } });
    expectError(await post(body), 413, "BODY_TOO_LARGE");
    const chunked = await fetch(`${keyturn.address}/graphql`, {
      method: "POST",
      headers: [[...JSON_TYPE]],
      body: new Blob([body]).stream(),
      duplex: "half",
    } as RequestInit);
    expect([chunked.status, JSON.parse(await chunked.text()).code]).toEqual([413, "BODY_TOO_LARGE"]);
  });

  it.each([
    ["broken JSON", '{"query": "{ viewer'],
    ["an empty body", ""],
    ["a text", '"query"'],
    ["nothing but null", "null"],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00, 0x80])],
    ["an array of requests", `[${QUERY}, ${QUERY}]`],
    ["an empty array", "[]"],
    ["no query", "{}"],
    ["a query that is no text", '{"query": {"viewer": 1}}'],
    ["variables that are a text", '{"query": "{ viewer { id } }", "variables": "all"}'],
    ["a key __proto__", '{"query": "{ viewer { id } }", "__proto__": {"admin": true}}'],
    ["a variable __proto__", '{"query": "{ viewer { id } }", "variables": {"__proto__": {"a": 1}}}'],
    ["a key constructor.prototype", '{"query": "{ viewer { id } }", "constructor": {"prototype": {"a": 1}}}'],
  ])("is %s: 400", async (_what, body) => {
    expectError(await post(body), 400);
  });

  it.each([
    ["application/x-www-form-urlencoded", "query=%7B+viewer+%7B+id+%7D+%7D"],
    ["multipart/form-data; boundary=x", `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}`],
    ["text/plain", QUERY],
    ["text/plain; application/json", QUERY],
    ["application/graphql", "{ viewer { id } }"],
    ["application/jsonp", QUERY],
    ["", QUERY],
  ])("is a body of the type “%s”: 415", async (type, body) => {
    expectError(await raw({ headers: [["content-type", type]], body }), 415, "UNSUPPORTED_MEDIA_TYPE");
  });

  it("is a body of no type: 415", async () => {
    expectError(await raw({ headers: [], body: QUERY }), 415, "UNSUPPORTED_MEDIA_TYPE");
  });

  it.each([
    ["/graphql/"],
    ["/graphqlx"],
    ["/.env"],
    ["/graphql/../livez"],
    ["/%00"],
    ["//evil.example/graphql"],
  ])("is the unknown address %s: 404, whatever is sent there", async (path) => {
    expectError(await raw({ method: "GET", path }), 404, "NOT_FOUND");
    expectError(await raw({ path, body: "not JSON" }), 404, "NOT_FOUND");
  });

  it.each([
    ["en", "There is nothing at this address"],
    ["ja", "このアドレスには何もありません"],
  ])(
    "is an unknown address in a browser: a page in its language (%s) that leads on",
    async (language, title) => {
      const headers = { accept: "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": language };
      const answer = await fetch(`${keyturn.address}/nowhere?a=<b>`, { headers });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
      const shown = await answer.text();
      expect(shown).toContain(`<h1>${title}</h1>`);
      expect(shown).toContain('href="/account"');
      const sent = await fetch(`${keyturn.address}/nowhere`, { method: "POST", headers, body: "a" });
      expect([sent.status, sent.headers.get("content-type")]).toEqual([
        404,
        "application/json; charset=utf-8",
      ]);
    },
  );

  it.each(["reset-password", "confirm-email", "consent"])(
    "is a link to /%s that is longer than any: 414, and no fault of the server",
    async (page) => {
      const answer = await raw({ method: "GET", path: `/${page}/${"x".repeat(200)}` });
      expectError(answer, 414, "ADDRESS_TOO_LONG");
      expect(keyturn.logged()).not.toContain("a fault");
    },
  );

  it.each(["/%", "/graphql%ff", "/%c0%ae"])("is the unreadable address %s: told so", async (path) => {
    const answer = await raw({ method: "GET", path });
    expect([400, 404]).toContain(answer.status);
    expectSafe(answer);
  });

  it.each([
    ...["/graphql?query={__typename}", "/livez", "/readyz", "/", "/playground", "/login", "/step-up"],
    ...["/reset-password", "/consent", "/account", "/admin/x", "/confirm-email/x", "/consent/x"],
    ...["/oauth2/authorize", "/oauth2/userinfo", "/oauth2/jwks", "/oauth2/end-session"],
    ...["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"],
  ])("may be a HEAD wherever it may be a GET: %s is answered alike, without a body", async (path) => {
    const headers = [["apollo-require-preflight", "1"]] as const;
    const [get, head] = [
      await raw({ method: "GET", path, headers }),
      await raw({ method: "HEAD", path, headers }),
    ];
    const type = (answer: typeof get) => answer.headers.get("content-type");
    expect([head.status, type(head), head.text]).toEqual([get.status, type(get), ""]);
    const other = await raw({ method: "PUT", path });
    expect(other.headers.get("allow")).toMatch(/^GET, HEAD\b/);
  });

  it.each([
    ["/graphql", "GET, HEAD, POST", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]],
    ["/livez", "GET, HEAD", ["POST", "PUT", "DELETE", "OPTIONS"]],
    ["/readyz", "GET, HEAD", ["POST", "PUT", "DELETE", "OPTIONS"]],
    ["/", "GET, HEAD", ["POST", "PUT", "DELETE", "OPTIONS"]],
    ["/playground", "GET, HEAD", ["POST", "PUT", "DELETE", "OPTIONS"]],
  ])("is another method than those of %s: 405 and what is allowed", async (path, allowed, methods) => {
    for (const method of methods) {
      const answer = await raw({ method, path });
      expectError(answer, 405, "METHOD_NOT_ALLOWED");
      expect(answer.headers.get("allow")).toBe(allowed);
    }
    const { status, headers } = await raw({ method: "PUT", path: `${path}?query=x`, body: "x" });
    expect([status, headers.get("allow")]).toEqual([405, allowed]);
  });

  it("is an address that begins with two slashes: what is wrong with the issuer is said", async () => {
    for (const path of ["//.well-known/openid-configuration", "//.well-known/oauth-authorization-server"]) {
      const answer = await raw({ method: "GET", path });
      expectError(answer, 404, "NOT_FOUND");
      expect(answer.body.message).toMatch(/two slashes\. Write the issuer without a slash at its end/);
    }
  });

  it.each(["gzip", "GZIP", "br", "deflate", "gzip, identity", "x"])(
    "is a body with the Content-Encoding %s: 415, at every door",
    async (encoding) => {
      const body = gzipSync(QUERY);
      const forms = ["/login", "/oauth2/token", "/oauth2/introspect", "/reset-password"];
      for (const path of ["/graphql", ...forms]) {
        const type = path === "/graphql" ? "application/json" : "application/x-www-form-urlencoded";
        const headers = [["content-type", type] as const, ["content-encoding", encoding] as const];
        const answer = await raw({ path, headers, body });
        expect([answer.status, answer.body?.code], path).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
        expect(answer.headers.get("accept-encoding"), path).toBe("identity");
      }
    },
  );

  it("is no body that says that it is as it is", async () => {
    const headers = [JSON_TYPE, ["content-encoding", "identity"] as const];
    expect((await raw({ headers, body: QUERY })).status).toBe(200);
  });

  it.each(["operationName=", "variables=", "extensions=", "operationName=&variables=&extensions="])(
    "is no empty parameter of a GET: %s is as left out",
    async (empty) => {
      const get = (query: string): Promise<Answer> =>
        raw({ method: "GET", path: `/graphql?${query}`, headers: [JSON_TYPE] });
      const one = `query=${encodeURIComponent("{ viewer { id } }")}`;
      for (const search of [`${one}&${empty}`, `${empty}&${one}`]) {
        const { status, body } = await get(search);
        expect([status, body], search).toEqual([200, { data: { viewer: null } }]);
      }
      const two = `query=${encodeURIComponent("query A { viewer { id } } query B { viewer { id } }")}`;
      expect((await get(`${two}&${empty}`)).status).toBe(400);
      expect((await get(`${two}&${empty}&operationName=A`)).status).toBe(200);
    },
  );

  it("is no request of a password manager for the page that changes passwords", async () => {
    const { status, headers } = await raw({
      method: "GET",
      path: "/.well-known/change-password",
      headers: [],
    });
    expect([status, headers.get("location")]).toEqual([303, "/account/login-name-and-password"]);
  });

  it("is a mutation by GET: it changes nothing", async () => {
    const query = encodeURIComponent(
      'mutation { requestPasswordReset(input: { loginName: "admin" }) { __typename } }',
    );
    const answer = await raw({ method: "GET", path: `/graphql?query=${query}`, headers: [JSON_TYPE] });
    expectError(answer, 405);
    expect(answer.headers.get("allow")).toBe("POST");
    await keyturn.settle();
    expect(await keyturn.events("password.reset-requested")).toEqual([]);
  });

  it.each([
    ["60 deep", /depth limit of 10/, `{ viewer ${"{ ... ".repeat(60)} { id } ${"}".repeat(60)} }`],
    ["of 150 aliases", /Aliases limit of 15/, aliases(150)],
    ["of 1,500 tokens", /more that 1000 tokens/, `{ ${"__typename ".repeat(1_498)} }`],
    ["of 100 directives", /Directives limit of 10/, `{ __typename ${"@include(if: true) ".repeat(100)} }`],
  ])("is a query %s: the limit says so itself", async (_what, limit, query) => {
    const answer = await post(JSON.stringify({ query }));
    expectError(answer, 400);
    expect(answer.body.errors[0].message).toMatch(limit);
  });

  it("is no query of many aliases of __typename, which costs nothing and is not counted", async () => {
    const names = Array.from({ length: 100 }, (_each, index) => `a${index}: __typename`);
    const answer = await post(JSON.stringify({ query: `{ ${names.join(" ")} }` }));
    expect([answer.status, Object.keys(answer.body.data)]).toEqual([
      200,
      expect.objectContaining({ length: 100 }),
    ]);
  });

  it.each([
    ["60 deep", `{ ${"viewer { ".repeat(60)} id ${"} ".repeat(60)} }`],
    ["60 deep in what the schema knows", `{ ${deepTypes(58)} }`],
    ["of 300 aliases", aliases(300)],
    [
      "of fragments that spread each other",
      "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    ],
    ["that asks for a field there is none of", "{ viewer { passwordHash } }"],
    ["that is no GraphQL", "SELECT * FROM accounts"],
    ["of an operation there is none of", "subscription { viewer { id } }"],
    ["with two operations and no name", "query A { __typename } query B { __typename }"],
    ["of 10,000 directives", `{ __typename ${"@a".repeat(10_000)} }`],
  ])("is a query %s: 400", async (_what, query) => {
    expectError(await post(JSON.stringify({ query })), 400);
  });

  it.each([
    ["an unknown field", { loginName: "admin", password: "wrong-password", admin: true }],
    ["a number for a text", { loginName: 7, password: "wrong-password" }],
    ["a list for a text", { loginName: ["admin"], password: "wrong-password" }],
    ["an object for a text", { loginName: { $ne: "" }, password: "wrong-password" }],
    ["null for what must be there", { loginName: null, password: "wrong-password" }],
    ["nothing for what must be there", {}],
    ["a text for a truth value", { loginName: "admin", password: "wrong-password", useCookie: "yes" }],
    ["a text for an object", "admin"],
    ["both of two proofs", withProof({ verificationCode: "123456", recoveryCode: "AAAA-BBBB-CCCC-DDDD" })],
    ["neither of two proofs", withProof({})],
    ["a code that is a number", withProof({ verificationCode: 123_456 })],
  ])("is an input with %s: 400, and no attempt", async (_what, input) => {
    expectError(await post(JSON.stringify({ query: LOGIN, variables: { input } })), 400, "BAD_USER_INPUT");
  });

  it("is a variable that is null where only its default lets it stand: 400", async () => {
    for (const query of [
      "query($on: Boolean = true) { viewer @skip(if: $on) { id } }",
      "query($on: Boolean = true) { ... @include(if: $on) { viewer { id } } }",
    ])
      expectError(await keyturn.anyone.send(query, { on: null }), 400, "BAD_USER_INPUT");
    const { client } = await logInAdministrator(keyturn);
    const { body } = await client.send('query($id: ID = "x") { account(id: $id) { id } }', { id: null });
    expect(body.errors[0].extensions).toEqual({ code: "BAD_USER_INPUT" });
  });

  it("is a query by its hash alone, and no cache keeps the answer", async () => {
    const persistedQuery = { version: 1, sha256Hash: "0".repeat(64) };
    const answer = await post(JSON.stringify({ extensions: { persistedQuery } }));
    expectSafe(answer);
    expect(answer.body.errors[0].extensions.code).toBe("PERSISTED_QUERY_NOT_SUPPORTED");
  });

  it("is a header of 20 kB: 431, and what is no request at all: 400", async () => {
    const headers = [JSON_TYPE, ["x-big", "x".repeat(20_000)]] as const;
    expectError(await raw({ headers, body: QUERY }), 431, "HEADERS_TOO_LARGE");
    for (const head of [
      "GARBAGE",
      "GET /livez HTTP/1.1\r\nHost: x\r\nBad Header: x",
      "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
    ]) {
      const answer = await sendBytes(keyturn.address, `${head}\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 400 .*X-Request-Id: [0-9a-f-]{36}\r\nCache-Control: no-store/s);
      expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "").code).toBe("BAD_USER_INPUT");
    }
  });

  it("is a login name of 90 kB: as wrong as any other", async () => {
    const input = { loginName: "x".repeat(90_000), password: "wrong-password" };
    const answer = await post(JSON.stringify({ query: LOGIN, variables: { input } }));
    expect(answer.text).toMatch(/"code":"(INVALID_CREDENTIALS|BAD_USER_INPUT)"/);
    expect(answer.text.length).toBeLessThan(1_000);
    expectSafe(answer);
  });

  it("left no attempt behind on the account that it named", async () => {
    expect(await keyturn.events("login.failed")).toEqual([]);
  });
});

function withProof(proof: object): object {
  return { loginName: "admin", password: "wrong-password", proof };
}

function aliases(count: number): string {
  return `{ ${Array.from({ length: count }, (_each, index) => `a${index}: viewer { id }`).join(" ")} }`;
}

function deepTypes(depth: number): string {
  return `__schema { types { ${"fields { type { ".repeat(depth / 2)} name ${"} } ".repeat(depth / 2)} } }`;
}

/** An error in JSON, with a code, an id, no trace in a cache and nothing of the server's inside. */
function expectError(answer: Answer, status: number, code?: string): void {
  expect([answer.status, answer.text]).toEqual([status, expect.stringContaining('"code":"')]);
  const { body } = answer;
  expect(body.errors?.[0]?.extensions?.code ?? body.code).toEqual(code ?? expect.stringMatching(/^[A-Z_]+$/));
  expect(body.data ?? null).toBeNull();
  expectSafe(answer);
}

const INSIDE =
  /node_modules|\.[jt]s\b|\n\s+at |stack|SELECT\s.+FROM|INSERT INTO|SQLITE|sqlite|postgres|pg_|typeorm|fastify|apollo|FST_|\d+\.\d+\.\d+/i;

function expectSafe({ headers, text, body }: Answer): void {
  expect(body).toBeTypeOf("object");
  expect(headers.get("content-type")).toMatch(/^application\/(graphql-response\+)?json/);
  expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get("cache-control")).toBe("no-store");
  expect([headers.get("server"), headers.get("x-powered-by")]).toEqual([null, null]);
  expect(text).not.toMatch(INSIDE);
  expect(text).not.toContain(process.cwd());
}

import { METHODS } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { drawToken } from "../src/platform/bearer-token.js";
import { basic, bearer } from "./stage/client.js";
import { changeRows, countComparisons, countersOf, failLogins } from "./stage/counters.js";
import { describeOnBoth, freshDatabase } from "./stage/databases.js";
import { mayPass, NOBODY, type Question, verdict, whoIsTold } from "./stage/forward-auth.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  logInWithCode,
  type Person,
  type ProtectedPerson,
} from "./stage/people.js";
import { openTcpProxy } from "./stage/tcp-proxy.js";
import { sendBytes, sendRaw } from "./stage/wire.js";

const SCOPES = "orders:read=Read your orders,orders:write=Change your orders";
const BEHIND = { KEYTURN_TRUSTED_PROXIES: "127.0.0.1", KEYTURN_SCOPES: SCOPES };
const OWN_HOST = "localhost:4000";
const SAFE = { "x-original-method": "GET", "x-forwarded-host": OWN_HOST };

const encode = (text: string): string => Buffer.from(text).toString("base64");
const cookie = (token: string): Record<string, string> => ({
  cookie: `theme=dark; keyturn_session_4000=${token}`,
});
const cybozu = ({ loginName, password }: Omit<Person, "id">): Record<string, string> => ({
  "x-cybozu-authorization": encode(`${loginName}:${password}`),
});

async function makeToken(person: LoggedInPerson, scopes: readonly string[]): Promise<string> {
  const input = { name: "script", scopes };
  return (await person.client.mutate("createApiToken", input, "... on ApiTokenCreated { token }")).token;
}

describeOnBoth("forward authentication", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let ann: LoggedInPerson;
  let bob: ProtectedPerson;
  let annToken: string;
  let bobToken: string;

  const ask = (question: Question): ReturnType<typeof mayPass> => mayPass(keyturn, question);
  const mayNot = (at: string) =>
    sendRaw(keyturn.address, {
      method: "GET",
      path: `/forward-auth${at}`,
      headers: Object.entries(bearer(annToken)),
    });
  const judge = (question: Question): Promise<string> => verdict(keyturn, question);
  const basicOf = ({ loginName, password }: Omit<Person, "id">) => basic(loginName, password);

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, BEHIND);
    administrator = await logInAdministrator(keyturn);
    ann = await logIn(keyturn, await createPerson(administrator, "ann"));
    bob = await createProtectedPerson(keyturn, administrator, "bob");
    annToken = await makeToken(ann, ["account:read", "orders:read"]);
    bobToken = await makeToken(bob, ["orders:read"]);
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => keyturn.close());

  it("tells who passes, by every kind of credential", async () => {
    const one = { account: ann.id, loginName: "ann", role: "USER", assurance: "ONE_FACTOR", scopes: "" };
    const two = { ...one, account: bob.id, loginName: "bob", assurance: "TWO_FACTOR" };
    const cases = [
      [basicOf(ann), { ...one, credential: "PASSWORD" }],
      [cybozu(ann), { ...one, credential: "PASSWORD" }],
      [bearer(ann.token), { ...one, credential: "SESSION" }],
      [
        { ...cookie(ann.token), ...SAFE },
        { ...one, credential: "SESSION" },
      ],
      [bearer(annToken), { ...one, credential: "API_TOKEN", scopes: "account:read orders:read" }],
      [
        { "x-cybozu-api-token": annToken },
        { ...one, credential: "API_TOKEN", scopes: "account:read orders:read" },
      ],
      [bearer(bob.token), { ...two, credential: "SESSION" }],
      [
        { ...cookie(bob.token), ...SAFE },
        { ...two, credential: "SESSION" },
      ],
      [bearer(bobToken), { ...two, credential: "API_TOKEN", scopes: "orders:read" }],
      [
        basicOf(ADMINISTRATOR),
        {
          ...one,
          account: administrator.id,
          loginName: "admin",
          role: "ADMINISTRATOR",
          credential: "PASSWORD",
        },
      ],
    ] as const;
    for (const [headers, told] of cases) {
      const answer = await ask({ headers });
      expect([answer.status, answer.text], JSON.stringify(told)).toEqual([204, ""]);
      expect(whoIsTold(answer)).toEqual(told);
    }
  });

  it("tells a login name in any script as UTF-8, percent-encoded", async () => {
    const person = await createPerson(administrator, "山田 太郎@example.jp", {
      emailAddress: "yamada@example.jp",
    });
    const { loginName } = whoIsTold(await ask({ headers: basicOf(person) }));
    expect(loginName).toMatch(/^[\w%.~-]+$/);
    expect(decodeURIComponent(loginName)).toBe("山田 太郎@example.jp");
  });

  it("refuses every credential that is wrong, and whoever sends none", async () => {
    const { plain } = drawToken("kts_");
    const cases: [Record<string, string | string[]>, string][] = [
      [{}, "UNAUTHENTICATED"],
      [cookie(""), "UNAUTHENTICATED"],
      [basic("ann", "wrong-password"), "INVALID_CREDENTIALS"],
      [basic("nobody", "wrong-password"), "INVALID_CREDENTIALS"],
      [bearer(plain), "INVALID_CREDENTIALS"],
      [bearer(drawToken("kt_").plain), "INVALID_CREDENTIALS"],
      [bearer(drawToken("kto_").plain), "INVALID_CREDENTIALS"],
      [bearer("anything"), "INVALID_CREDENTIALS"],
      [{ authorization: "Digest x" }, "INVALID_CREDENTIALS"],
      [{ authorization: "" }, "INVALID_CREDENTIALS"],
      [{ authorization: [`Bearer ${ann.token}`, `Bearer ${ann.token}`] }, "INVALID_CREDENTIALS"],
      [{ ...bearer(plain), ...SAFE, ...cookie(ann.token) }, "INVALID_CREDENTIALS"],
      [{ ...basic("ann", "wrong-password"), ...SAFE, ...cookie(ann.token) }, "INVALID_CREDENTIALS"],
      [{ ...SAFE, ...cookie(plain) }, "INVALID_CREDENTIALS"],
    ];
    for (const [headers, code] of cases)
      expect(await judge({ headers }), JSON.stringify(headers)).toBe(`401 ${code}`);
  });

  it("names the scheme that was sent, and Bearer otherwise", async () => {
    const challenge = async (headers: Record<string, string>) =>
      (await ask({ headers })).headers.get("www-authenticate");
    expect(await challenge({})).toBe('Bearer realm="Keyturn"');
    expect(await challenge(basicOf(bob))).toBe('Basic realm="Keyturn", charset="UTF-8"');
    expect(await challenge(cybozu(bob))).toBe('Bearer realm="Keyturn"');
    expect(await challenge(bearer("x"))).toBe('Bearer realm="Keyturn", error="invalid_token"');
  });

  it("refuses the right password of an account with two-factor, by every method, and says what to use", async () => {
    const { body } = await ask({ headers: basicOf(bob) });
    expect(body.code).toBe("CREDENTIAL_NOT_ACCEPTED");
    expect(body.message).toContain("SESSION, API_TOKEN, OAUTH_TOKEN");
    for (const method of ["GET", "POST", "PROPFIND"])
      expect(await judge({ headers: basicOf(bob), method, at: "/orders" })).toBe(
        "401 CREDENTIAL_NOT_ACCEPTED",
      );
    expect(await judge({ headers: basic("bob", "wrong-password") })).toBe("401 INVALID_CREDENTIALS");
  });

  it("speaks the language that the client reads, and an account's own", async () => {
    const headers = { "accept-language": "ja" };
    expect((await ask({ headers })).body.message).toMatch(/ログイン/);
    expect(
      (await ask({ headers: { ...headers, ...bearer(annToken) }, at: "?scope=orders:write" })).body.message,
    ).toMatch(/^Your role/);
  });

  describe("asks for what the gateway requires", () => {
    const REQUIREMENTS = [
      "scope=orders:read",
      "scope=orders:write",
      "role=administrator",
      "assurance=two_factor",
      "maxAge=900",
    ];
    const step = "401 STEP_UP_REQUIRED";
    const no = "403 FORBIDDEN";
    it.each<[who: string, verdicts: string[]]>([
      ["password, two-factor off", ["passes", "passes", no, no, "passes"]],
      ["password, two-factor on", Array.from({ length: 5 }, () => "401 CREDENTIAL_NOT_ACCEPTED")],
      ["password, administrator", ["passes", "passes", "passes", no, "passes"]],
      ["session, two-factor off", ["passes", "passes", no, step, "passes"]],
      ["session, two-factor on", ["passes", "passes", no, "passes", "passes"]],
      ["session, administrator", ["passes", "passes", "passes", step, "passes"]],
      ["API token, two-factor off", ["passes", no, no, no, no]],
      ["API token, two-factor on", ["passes", no, no, "passes", no]],
      ["OAuth token", Array.from({ length: 5 }, () => "401 INVALID_CREDENTIALS")],
      ["none", Array.from({ length: 5 }, () => "401 UNAUTHENTICATED")],
    ])("of a %s", async (who, verdicts) => {
      // Sessions are new: an earlier test may have moved the clock.
      const bobNow = await logInWithCode(keyturn, bob);
      const [annNow, adminNow] = [await logIn(keyturn, ann), await logInAdministrator(keyturn)];
      const headers: Record<string, Record<string, string>> = {
        "password, two-factor off": basicOf(ann),
        "password, two-factor on": basicOf(bob),
        "password, administrator": basicOf(ADMINISTRATOR),
        "session, two-factor off": bearer(annNow.token),
        "session, two-factor on": bearer(bobNow.token),
        "session, administrator": bearer(adminNow.token),
        "API token, two-factor off": bearer(annToken),
        "API token, two-factor on": bearer(bobToken),
        "OAuth token": bearer(drawToken("kto_").plain),
        none: {},
      };
      const sent = headers[who] ?? {};
      const byQuery: string[] = [];
      for (const each of REQUIREMENTS) byQuery.push(await judge({ at: `?${each}`, headers: sent }));
      expect(byQuery).toEqual(verdicts);
      const byHeader: string[] = [];
      for (const each of REQUIREMENTS)
        byHeader.push(await judge({ at: "/orders?page=2", headers: { ...sent, "x-keyturn-require": each } }));
      expect(byHeader).toEqual(verdicts);
    });

    it("by query and header together, at the address itself", async () => {
      const headers = { ...bearer(bobToken), "x-keyturn-require": "assurance=two_factor" };
      expect(await judge({ at: "?scope=orders:read", headers })).toBe("passes");
      expect(await judge({ at: "?scope=orders:write", headers })).toBe(no);
      const role = { ...headers, "x-keyturn-require": "role=administrator" };
      expect(await judge({ at: "?scope=orders:read", headers: role })).toBe(no);
    });

    it("and says by RFC 9470 which proof is missing, and by RFC 6750 which scope", async () => {
      const challenge = async (at: string, headers: Record<string, string>) =>
        (await ask({ at, headers })).headers.get("www-authenticate");
      const { token } = await logIn(keyturn, ann);
      const insufficient = 'Bearer realm="Keyturn", error="insufficient_user_authentication"';
      expect(await challenge("?assurance=two_factor&maxAge=900", bearer(token))).toBe(
        `${insufficient}, acr_values="urn:keyturn:two-factor", max_age="900"`,
      );
      expect(await challenge("?maxAge=900", bearer(annToken))).toBeNull();
      expect(await challenge("?scope=orders:write", bearer(annToken))).toBe(
        'Bearer realm="Keyturn", error="insufficient_scope", scope="orders:write"',
      );
      keyturn.clock.advance({ seconds: 901 });
      expect(await challenge("?maxAge=900", { ...cookie(token), ...SAFE })).toBe(
        `${insufficient}, max_age="900"`,
      );
      expect((await ask({ at: "?assurance=two_factor", headers: bearer(token) })).body.message).toContain(
        "Enable it",
      );
    });

    it("and leaves an event where someone known is refused", async () => {
      await keyturn.settle();
      const before = (await keyturn.events("access.refused")).length;
      await judge({ at: "?scope=orders:write", headers: bearer(annToken) });
      await judge({ at: "?assurance=two_factor", headers: bearer(ann.token) });
      await keyturn.settle();
      const events = (await keyturn.events("access.refused")).slice(before);
      expect(events).toEqual([
        expect.objectContaining({
          actor: "ann",
          credential: "API_TOKEN",
          result: "FAILED",
          details: { code: no.slice(4) },
        }),
      ]);
    });
  });

  describe("lets nobody pass where the gateway asks for what is not understood", () => {
    it.each([
      ["an unknown name", { at: "?scop=orders:read" }],
      ["a value that is none", { at: "?scope=" }],
      ["another role", { at: "?role=user" }],
      ["an unknown name in the header", { headers: { "x-keyturn-require": "scopes=orders:read" } }],
      ["an empty header", { headers: { "x-keyturn-require": "" } }],
      ["an empty header below the address", { at: "/x", headers: { "x-keyturn-require": "" } }],
      ["the header twice", { headers: { "x-keyturn-require": ["scope=orders:read", "scope=orders:read"] } }],
      ["a known name of a bad value below the address", { at: "/x?maxAge=soon" }],
    ])("%s", async (_, { at, headers = {} }: Question) => {
      const compared = countComparisons(keyturn);
      for (const sent of [bearer(bob.token), basicOf(ADMINISTRATOR), {}]) {
        const { status, body } = await ask({
          ...(at !== undefined && { at }),
          headers: { ...headers, ...sent },
        });
        expect([status, body.code]).toEqual([403, "BAD_USER_INPUT"]);
        expect(body.message).toMatch(/Expected/);
      }
      expect(compared.passwords()).toBe(0);
    });
  });

  it("takes a query below the address for requirements by known names alone, which no header takes away", async () => {
    const headers = { ...bearer(annToken), "x-keyturn-require": "scope=orders:read" };
    expect(await judge({ at: "/orders?sort=name&page=2", headers })).toBe("passes");
    expect(await judge({ at: "/orders?scope=orders:write", headers })).toBe("403 FORBIDDEN");
    expect(await judge({ at: "/orders?role=administrator", headers })).toBe("403 FORBIDDEN");
    expect(await judge({ at: "/orders?page=2", headers: bearer(annToken) })).toBe("passes");
    expect(await judge({ at: "/orders?page=2&scope=orders:write", headers: bearer(annToken) })).toBe(
      "403 FORBIDDEN",
    );
  });

  it("takes no word of a client for who it is", async () => {
    const smuggled = {
      "x-keyturn-account": administrator.id,
      "x-keyturn-login-name": "admin",
      "x-keyturn-role": "ADMINISTRATOR",
      "x-keyturn-credential": "SESSION",
      "x-keyturn-assurance": "TWO_FACTOR",
      "x-keyturn-scopes": "orders:write",
    };
    expect(await judge({ headers: smuggled })).toBe("401 UNAUTHENTICATED");
    const answer = await ask({ headers: { ...smuggled, ...basicOf(ann) } });
    expect(whoIsTold(answer)).toEqual({
      ...NOBODY,
      account: ann.id,
      loginName: "ann",
      role: "USER",
      credential: "PASSWORD",
      assurance: "ONE_FACTOR",
    });
    expect(await judge({ at: "?role=administrator", headers: { ...smuggled, ...basicOf(ann) } })).toBe(
      "403 FORBIDDEN",
    );
  });

  it("answers clients of the seed system by its codes", async () => {
    const speaking = { "x-cybozu-request": "1" };
    const cases: [Record<string, string>, string, string?][] = [
      [speaking, "401 CB_AU01"],
      [cybozu({ loginName: "ann", password: "wrong-password" }), "401 CB_WA01"],
      [cybozu(bob), "401 CB_WA01"],
      [{ "x-cybozu-authorization": "!!!" }, "401 CB_WA01"],
      [{ ...speaking, ...basicOf(bob) }, "401 CB_WA01"],
      [cybozu(ann), "403 CB_WA01", "?role=administrator"],
      [{ "x-cybozu-api-token": drawToken("kt_").plain }, "401 GAIA_IA02"],
      [{ "x-cybozu-api-token": annToken }, "403 GAIA_IA02", "?scope=orders:write"],
      [{ ...speaking, ...bearer(drawToken("kto_").plain) }, "401 CB_OA01"],
      [{ ...speaking, ...bearer(drawToken("kts_").plain) }, "401 CB_AU01"],
      [{ ...speaking, ...bearer(annToken) }, "403 BAD_USER_INPUT", "?scop=a"],
    ];
    for (const [headers, expected, at = ""] of cases)
      expect(await judge({ headers, at }), JSON.stringify(headers)).toBe(expected);
    expect((await ask({ headers: { ...speaking, "accept-language": "ja" } })).body.message).toBe(
      "Please login.",
    );
  });

  describe("a session's cookie", () => {
    it("counts on Keyturn's own host alone; the same token as a bearer counts on any", async () => {
      const { token } = await logIn(keyturn, ann);
      const elsewhere = { "x-original-method": "GET", "x-forwarded-host": "orders.example.com" };
      const { status, body } = await ask({ headers: { ...elsewhere, ...cookie(token) } });
      expect([status, body.code]).toEqual([401, "UNAUTHENTICATED"]);
      expect(body.message).toContain("own host");
      expect(await judge({ headers: { ...elsewhere, ...bearer(token) } })).toBe("passes");
      const original = { "x-original-method": "GET", "x-original-url": `http://${OWN_HOST}/orders` };
      expect(await judge({ headers: { ...original, ...cookie(token) } })).toBe("passes");
      // The address at which the gateway reaches Keyturn is not the one that people use.
      expect(await judge({ headers: { "x-original-method": "GET", ...cookie(token) } })).toBe(
        "401 UNAUTHENTICATED",
      );
    });

    it("needs X-Requested-With for a method that can change something, and where the gateway names none", async () => {
      const { token } = await logIn(keyturn, ann);
      const own = { ...cookie(token), "x-forwarded-host": OWN_HOST };
      for (const method of ["POST", "DELETE", "PROPFIND", undefined]) {
        const headers = { ...own, ...(method !== undefined && { "x-original-method": method }) };
        expect(await judge({ headers }), method).toBe("401 UNAUTHENTICATED");
        expect(await judge({ headers: { ...headers, "x-requested-with": "fetch" } }), method).toBe("passes");
      }
      for (const method of ["GET", "HEAD", "OPTIONS"])
        expect(await judge({ headers: { ...own, "x-forwarded-method": method }, method: "POST" })).toBe(
          "passes",
        );
    });

    it("that does not count is neither looked up nor counted as a failure", async () => {
      await keyturn.settle();
      keyturn.takeStatements();
      await judge({ headers: cookie(drawToken("kts_").plain) });
      await keyturn.settle();
      expect(keyturn.takeStatements()).toEqual([]);
    });
  });

  it("answers every method, and reads no body, whatever it is said to be", async () => {
    const { token } = await logIn(keyturn, ann);
    for (const method of METHODS.filter((each) => each !== "CONNECT"))
      for (const at of ["", "/orders/7"]) {
        expect(await judge({ method, at, headers: bearer(token) }), method).toBe("passes");
        expect((await ask({ method, at })).status, method).toBe(401);
      }
    const types = [
      "application/json",
      "text/plain",
      "multipart/form-data",
      "application/x-www-form-urlencoded",
      "rubbish",
      ";;",
      "",
    ];
    for (const type of types)
      for (const body of ["", "{", "x".repeat(300_000)]) {
        const question = {
          method: "POST",
          at: "/orders",
          body,
          headers: { ...bearer(token), "content-type": type },
        };
        expect(await judge(question), `${type} ${body.length}`).toBe("passes");
        expect(await judge({ ...question, headers: { "content-type": type } })).toBe("401 UNAUTHENTICATED");
      }
    expect(await judge({ method: "POST", headers: bearer(token), body: Buffer.from([0xff, 0]) })).toBe(
      "passes",
    );
  });

  it("answers below whatever path a client asked for, and writes none of it down", async () => {
    const paths = [
      "/%",
      "/%zz",
      "/%83I%81%5B",
      "/a/../../graphql",
      "//",
      "/?",
      `/${"x".repeat(4000)}`,
      "/secret-path?page=2",
    ];
    for (const at of paths) {
      expect(await judge({ at, headers: bearer(annToken) }), at).toBe("passes");
      expect(await judge({ at }), at).toBe("401 UNAUTHENTICATED");
      expect(
        await judge({
          at: at.includes("?") ? `${at}&scope=orders:write` : `${at}?scope=orders:write`,
          headers: bearer(annToken),
        }),
        at,
      ).toBe("403 FORBIDDEN");
    }
    expect(keyturn.logged()).not.toContain("secret-path");
    for (const at of ["x", "%2f", "?/%zz"]) expect((await mayNot(at)).status, at).not.toBe(204);
  });

  it("answers before a body has come that is announced", async () => {
    const lines = ["POST /forward-auth HTTP/1.1", "Host: x", "Connection: close", "Content-Length: 5000000"];
    expect(await sendBytes(keyturn.address, `${lines.join("\r\n")}\r\n\r\n`)).toMatch(/^HTTP\/1.1 401 /);
  });

  it("lets no preflight of a foreign page pass", async () => {
    const headers = { origin: "https://orders.example.com", "access-control-request-method": "GET" };
    for (const at of ["", "/orders"])
      expect(await judge({ method: "OPTIONS", at, headers })).toBe("401 UNAUTHENTICATED");
  });

  it("costs one statement for a session, and one for a token", async () => {
    const { token } = await logIn(keyturn, ann);
    for (const headers of [bearer(token), { ...cookie(token), ...SAFE }, bearer(annToken)]) {
      await judge({ headers });
      await keyturn.settle();
      keyturn.takeStatements();
      expect(await judge({ at: "?scope=orders:read", headers })).toBe("passes");
      await keyturn.settle();
      expect(keyturn.takeStatements()).toHaveLength(1);
    }
  });

  it("refuses a locked account's password as 401, with how long to wait; its session goes on", async () => {
    const eve = await logIn(keyturn, await createPerson(administrator, "eve"));
    for (let time = 0; time < 10; time += 1)
      expect(await judge({ headers: basic("eve", `wrong-password-${time}`) })).toBe(
        "401 INVALID_CREDENTIALS",
      );
    const { status, headers, body } = await ask({ headers: basicOf(eve) });
    expect([status, body.code, headers.get("retry-after")]).toEqual([401, "RATE_LIMITED", "180"]);
    expect(await judge({ headers: bearer(eve.token) })).toBe("passes");
    expect((await countersOf(keyturn, "eve")).failed).toBe(10);
  });

  it("refuses a suspended account, with every credential that it has", async () => {
    const una = await logIn(keyturn, await createPerson(administrator, "una"));
    const credentials = [basicOf(una), cybozu(una), bearer(una.token), { ...cookie(una.token), ...SAFE }];
    const all = [...credentials, bearer(await makeToken(una, ["orders:read"]))];
    for (const headers of all) expect(await judge({ headers })).toBe("passes");
    await changeRows(keyturn, "UPDATE accounts SET suspended_at = $1 WHERE login_name = 'una'", [
      keyturn.clock.now(),
    ]);
    for (const headers of all)
      expect(await judge({ headers })).toMatch(/^401 (INVALID_CREDENTIALS|CB_WA01)$/);
  });

  it("lets nobody pass where something goes wrong in it", async () => {
    vi.spyOn(keyturn.app.context.hasher, "verify").mockRejectedValue(new Error("a fault of the test"));
    const { status, body } = await ask({ headers: basicOf(ann) });
    expect([status, body.code]).toEqual([500, "INTERNAL"]);
    expect(body.message).not.toContain("test");
  });
});

describeOnBoth("forward authentication for whoever is no trusted proxy", (kind) => {
  let keyturn: Keyturn;
  let ann: LoggedInPerson;
  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_TRUSTED_PROXIES: "192.0.2.0/24" });
    ann = await logIn(keyturn, await createPerson(await logInAdministrator(keyturn), "ann"));
  });
  afterAll(() => keyturn.close());

  it("takes no requirement from its header, and lets nobody pass who sends one", async () => {
    for (const at of ["", "/orders"])
      for (const value of ["maxAge=900", ""]) {
        const headers = { ...bearer(ann.token), "x-keyturn-require": value };
        expect(await verdict(keyturn, { at, headers })).toBe("403 BAD_USER_INPUT");
      }
  });

  it("takes the host and the method from the request itself, and what is forwarded as no permission", async () => {
    const own = { host: OWN_HOST, ...cookie(ann.token) };
    expect(await verdict(keyturn, { headers: own })).toBe("passes");
    expect(await verdict(keyturn, { headers: own, method: "POST" })).toBe("401 UNAUTHENTICATED");
    expect(await verdict(keyturn, { headers: { ...own, ...SAFE }, method: "POST" })).toBe(
      "401 UNAUTHENTICATED",
    );
    expect(await verdict(keyturn, { headers: { ...own, ...SAFE, host: "a.example.com" } })).toBe(
      "401 UNAUTHENTICATED",
    );
  });

  it("still asks what the query requires", async () => {
    expect(await verdict(keyturn, { at: "?role=administrator", headers: bearer(ann.token) })).toBe(
      "403 FORBIDDEN",
    );
  });
});

describeOnBoth("forward authentication and the limit of an address", (kind) => {
  it("counts by the client that the gateway names, and tells how long to wait", async () => {
    const environment = { KEYTURN_ATTEMPTS_PER_ADDRESS: "3", KEYTURN_TRUSTED_PROXIES: "127.0.0.1" };
    const keyturn = await startKeyturn(kind, environment);
    const from = (address: string, headers = {}): Question => ({
      headers: { ...bearer(drawToken("kt_").plain), "x-forwarded-for": address, ...headers },
    });
    for (let time = 0; time < 3; time += 1)
      expect(await verdict(keyturn, from("203.0.113.7"))).toBe("401 INVALID_CREDENTIALS");
    const { status, body, headers } = await mayPass(keyturn, from("203.0.113.7"));
    expect([status, body.code, headers.get("retry-after")]).toEqual([401, "RATE_LIMITED", "60"]);
    expect(await verdict(keyturn, from("203.0.113.8"))).toBe("401 INVALID_CREDENTIALS");
    await keyturn.close();
  });
});

describeOnBoth("forward authentication over https", (kind) => {
  it("knows the cookie that is bound to its host, and no other", async () => {
    const environment = {
      KEYTURN_PUBLIC_URL: "https://id.example.com",
      KEYTURN_TRUSTED_PROXIES: "127.0.0.1",
    };
    const keyturn = await startKeyturn(kind, environment);
    const { token } = await logInAdministrator(keyturn);
    const own = { "x-original-method": "GET", "x-forwarded-host": "id.example.com" };
    const host = { ...own, cookie: `__Host-keyturn_session=${token}` };
    expect(await verdict(keyturn, { headers: host })).toBe("passes");
    expect(await verdict(keyturn, { headers: { ...own, ...cookie(token) } })).toBe("401 UNAUTHENTICATED");
    await keyturn.close();
  });
});

describeOnBoth("forward authentication where two-factor is required of everyone", (kind) => {
  it("refuses every password before it is compared, and lets tokens go on", async () => {
    const keyturn = await startKeyturn(kind);
    const administrator = await logInAdministrator(keyturn);
    const ann = await logIn(keyturn, await createPerson(administrator, "ann"));
    const token = await makeToken(ann, ["account:read"]);
    await failLogins(keyturn, "ann", 1);
    await administrator.client.mutate("updateSecurityPolicy", { twoFactor: "REQUIRED" });
    const compared = countComparisons(keyturn);
    for (const name of ["ann", "nobody"])
      expect(await verdict(keyturn, { headers: basic(name, ann.password) })).toBe(
        "401 CREDENTIAL_NOT_ACCEPTED",
      );
    expect(compared.passwords()).toBe(0);
    expect(await verdict(keyturn, { headers: bearer(ann.token) })).toBe("401 INVALID_CREDENTIALS");
    expect(await verdict(keyturn, { headers: bearer(token) })).toBe("passes");
    await keyturn.close();
  });
});

describe("forward authentication without its database", () => {
  it("says so by 503, lets nobody pass, and goes on once it is back", async () => {
    const database = await freshDatabase("postgres");
    const proxy = await openTcpProxy(database.url);
    const keyturn = await startKeyturn("postgres", { KEYTURN_DATABASE_URL: proxy.through(database.url) });
    const { token } = await logInAdministrator(keyturn);
    await proxy.cut();
    for (const headers of [bearer(token), basic(ADMINISTRATOR.loginName, ADMINISTRATOR.password)]) {
      const answer = await mayPass(keyturn, { headers: { ...headers, "x-cybozu-request": "1" } });
      expect([answer.status, answer.body.code]).toEqual([503, "UNAVAILABLE"]);
      expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
    }
    // What needs no look is still told.
    expect(await verdict(keyturn, {})).toBe("401 UNAUTHENTICATED");
    await proxy.mend();
    expect(await verdict(keyturn, { headers: bearer(token) })).toBe("passes");
    await keyturn.close();
    await proxy.close();
    await database.drop();
  });
});

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { blur, shownAnswers } from "../laws/docs-answers.js";
import { blocksOf, linksOf, ROOT, readDocument } from "../laws/docs-markdown.js";
import { stepsOf } from "../laws/docs-walk.js";
import { type Answer, basic, bearer } from "./stage/client.js";
import { freshDatabase } from "./stage/databases.js";
import {
  EXAMPLE,
  environmentOfExample,
  freePort,
  type Gateway,
  hasNginx,
  startGateway,
} from "./stage/gateway.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  logInWithCode,
  type ProtectedPerson,
} from "./stage/people.js";
import { openTcpProxy } from "./stage/tcp-proxy.js";
import { sendRaw } from "./stage/wire.js";

const readme = readDocument(`${EXAMPLE}/README.md`);
const missing = !hasNginx();
const here = missing ? " (not run: this machine has no nginx with auth_request)" : "";

interface Asked {
  readonly method?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** Sends a request through the gateway. */
function through({ address }: Gateway, path: string, asked: Asked = {}): Promise<Answer> {
  const { method = "GET", host = new URL(address).host, headers = {}, body } = asked;
  const sent = Object.entries({ host, ...headers }).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, each] as const),
  );
  return sendRaw(address, { method, path, headers: sent, ...(body !== undefined && { body }) });
}

describe.skipIf(missing)(`the example's nginx in front of an API${here}`, () => {
  let keyturn: Keyturn;
  let gateway: Gateway;
  let administrator: LoggedInPerson;
  let ann: LoggedInPerson;
  let bob: ProtectedPerson;
  let token: string;
  let ownHost: string;

  const get = (path: string, headers: Asked["headers"] = {}): Promise<Answer> =>
    through(gateway, path, { headers });
  const post = (headers: Asked["headers"] = {}): Promise<Answer> =>
    through(gateway, "/orders", { method: "POST", headers, body: '{"item":"chair"}' });
  const countOrders = async (): Promise<number> =>
    (await get("/orders", basic("ann", ann.password))).body.orders.length;
  const makeToken = async (person: LoggedInPerson, scopes: string[]): Promise<string> => {
    const selection = "... on ApiTokenCreated { token }";
    return (await person.client.mutate("createApiToken", { name: "script", scopes }, selection)).token;
  };

  beforeAll(async () => {
    const port = await freePort();
    ownHost = `localhost:${port}`;
    const environment = { ...environmentOfExample(), KEYTURN_PUBLIC_URL: `http://${ownHost}` };
    keyturn = await startKeyturn("sqlite", environment);
    gateway = await startGateway(keyturn.address, port);
    administrator = await logInAdministrator(keyturn);
    ann = await logIn(keyturn, await createPerson(administrator, "ann"));
    bob = await createProtectedPerson(keyturn, administrator, "bob");
    token = await makeToken(bob, ["orders:read"]);
  });
  afterAll(async () => {
    await gateway.close();
    await keyturn.close();
  });

  it("lets the password of an account without two-factor pass, and tells the API who it is", async () => {
    const { status, body } = await get("/orders", basic("ann", ann.password));
    expect(status).toBe(200);
    expect(body.who).toEqual({
      ...{ account: ann.id, loginName: "ann", role: "USER" },
      ...{ credential: "PASSWORD", assurance: "ONE_FACTOR", scopes: [] },
    });
  });

  it("lets no password of an account with two-factor pass, and tells its client what to use", async () => {
    const { status, headers, body } = await get("/orders", basic("bob", bob.password));
    expect([status, body.code]).toEqual([401, "CREDENTIAL_NOT_ACCEPTED"]);
    expect(headers.get("www-authenticate")).toBe('Basic realm="Keyturn", charset="UTF-8"');
    expect(body.message).toContain("two-factor");
    expect(body.id).toMatch(/\S/);
    expect(keyturn.logged()).toContain(body.id);
  });

  it("lets a session and an API token of that account pass", async () => {
    expect((await get("/orders", bearer(bob.token))).body.who).toMatchObject({
      loginName: "bob",
      credential: "SESSION",
      assurance: "TWO_FACTOR",
    });
    for (const sent of [bearer(token), { "x-cybozu-api-token": token }])
      expect((await get("/orders", sent)).body.who).toMatchObject({
        loginName: "bob",
        credential: "API_TOKEN",
        scopes: ["orders:read"],
      });
  });

  it("asks for another scope by the method, and lets no body through before it is given", async () => {
    const before = await countOrders();
    const { status, headers, body } = await post(bearer(token));
    expect([status, body.code]).toEqual([403, "FORBIDDEN"]);
    expect(headers.get("www-authenticate")).toContain('scope="orders:write"');
    for (const method of ["PUT", "DELETE", "PROPFIND"])
      expect((await through(gateway, "/orders", { method, headers: bearer(token) })).status, method).toBe(
        403,
      );
    expect(await countOrders()).toBe(before);
    const writing = await makeToken(ann, ["orders:write"]);
    const created = await post(bearer(writing));
    expect([created.status, created.body.order]).toMatchObject([201, { item: "chair", by: "ann" }]);
    expect((await get("/orders", bearer(writing))).status).toBe(403);
  });

  it("lets nobody pass without a good credential", async () => {
    expect((await get("/orders")).body.code).toBe("UNAUTHENTICATED");
    for (const sent of [basic("ann", "wrong-password"), bearer("kts_wrong"), { authorization: "Digest x" }])
      for (const path of ["/orders", "/orders/1", "/reports"]) {
        const { status, headers, body } = await get(path, sent);
        expect([status, body.code]).toEqual([401, "INVALID_CREDENTIALS"]);
        expect(headers.getSetCookie()).toEqual([]);
        expect(headers.get("cache-control")).toBe("no-store");
      }
    const { status, body } = await get("/orders", { "x-cybozu-authorization": "!!!" });
    expect([status, body.code]).toEqual([401, "CB_WA01"]);
  });

  it("asks for a recent proof of two factors where an address requires it", async () => {
    const one = await get("/reports", bearer((await logInAdministrator(keyturn)).token));
    expect([one.status, one.body.code]).toEqual([401, "STEP_UP_REQUIRED"]);
    expect(one.headers.get("www-authenticate")).toBe(
      'Bearer realm="Keyturn", error="insufficient_user_authentication", acr_values="urn:keyturn:two-factor", max_age="900"',
    );
    const boss = await createProtectedPerson(keyturn, administrator, "boss");
    await administrator.client.mutate("changeAccountRole", { accountId: boss.id, role: "ADMINISTRATOR" });
    const { token: proven } = await logInWithCode(keyturn, boss);
    expect((await get("/reports", bearer(proven))).status).toBe(200);
    expect((await get("/reports", bearer(bob.token))).status).toBe(403);
    keyturn.clock.advance({ seconds: 901 });
    expect((await get("/reports", bearer(proven))).body.code).toBe("STEP_UP_REQUIRED");
  });

  it("overwrites what a client claims to be, and what it claims to be asked", async () => {
    const claims = {
      "x-keyturn-account": administrator.id,
      "x-keyturn-login-name": "admin",
      "x-keyturn-role": "ADMINISTRATOR",
      "x-keyturn-credential": "SESSION",
      "x-keyturn-assurance": "TWO_FACTOR",
      "x-keyturn-scopes": "orders:write",
      x_keyturn_role: "ADMINISTRATOR",
      "x-keyturn_login_name": "admin",
      // Passed on it would restrict, and so show.
      "x-keyturn-require": "role=administrator",
      "x-original-method": "GET",
      "x-original-url": `http://${ownHost}/`,
    };
    expect((await get("/orders", claims)).status).toBe(401);
    const { body } = await get("/orders", { ...claims, ...basic("ann", ann.password) });
    expect(body.who).toMatchObject({
      account: ann.id,
      loginName: "ann",
      role: "USER",
      credential: "PASSWORD",
      assurance: "ONE_FACTOR",
      scopes: [],
    });
    expect(Object.keys(body.headers).filter((name) => name.includes("_"))).toEqual([]);
    expect((await post({ ...claims, ...bearer(token) })).status).toBe(403);
    expect((await get("/reports", { ...claims, ...basic("ann", ann.password) })).status).toBe(403);
  });

  describe("and a session's cookie", () => {
    const sessionName = (): string => `keyturn_session_${new URL(`http://${ownHost}`).port}`;
    const cookieOf = ({ token }: LoggedInPerson): string => `theme=dark; ${sessionName()}=${token}; lang=en`;

    it("lets it pass on Keyturn's own host alone", async () => {
      const headers = { cookie: cookieOf(ann) };
      expect((await through(gateway, "/orders", { host: ownHost, headers })).status).toBe(200);
      for (const host of ["orders.example.com", "localhost", `127.0.0.1:${new URL(gateway.address).port}`])
        for (const forged of [
          {},
          { "x-forwarded-host": ownHost },
          { "x-original-url": `http://${ownHost}/orders` },
        ]) {
          const { status, body } = await through(gateway, "/orders", {
            host,
            headers: { ...headers, ...forged },
          });
          expect([status, body.code], host).toEqual([401, "UNAUTHENTICATED"]);
        }
    });

    it("lets it change something only with X-Requested-With", async () => {
      const asked = { method: "POST", host: ownHost, body: '{"item":"chair"}' };
      const headers = { cookie: cookieOf(ann), "x-original-method": "GET", "x-forwarded-method": "GET" };
      const before = await countOrders();
      expect((await through(gateway, "/orders", { ...asked, headers })).status).toBe(401);
      expect(await countOrders()).toBe(before);
      const allowed = { ...headers, "x-requested-with": "fetch" };
      expect((await through(gateway, "/orders", { ...asked, headers: allowed })).status).toBe(201);
    });

    it.each([
      ["first", "keyturn_session=TOKEN; theme=dark; lang=en", "theme=dark; lang=en"],
      ["in the middle", "theme=dark; keyturn_session=TOKEN; lang=en", "theme=dark; lang=en"],
      ["last", "theme=dark; keyturn_session=TOKEN", "theme=dark;"],
      ["alone", "keyturn_session=TOKEN", undefined],
      ["with a space", "theme=dark; keyturn_session =TOKEN; lang=en", "theme=dark; lang=en"],
      ["with a space, twice", "keyturn_session =TOKEN; a=b; keyturn_session\t=TOKEN", undefined],
      ["twice", "keyturn_session=TOKEN; keyturn_session=TOKEN", undefined],
      ["with a port", "theme=dark; keyturn_session_4000=TOKEN; lang=en", "theme=dark; lang=en"],
      ["with ports, twice", "a=b; keyturn_session_4000=TOKEN; __Host-keyturn_session_8443=TOKEN", undefined],
      ["twice, apart", "keyturn_session=TOKEN; theme=dark; __Host-keyturn_session=TOKEN", undefined],
    ])("takes it out of the API's cookies where it stands %s", async (...[, cookie, left]) => {
      const headers = { cookie: cookie.replaceAll("TOKEN", ann.token), ...basic("ann", ann.password) };
      const { body } = await get("/orders", headers);
      expect(body.headers.cookie).toBe(left);
    });
  });

  it.each([
    "//orders/reports",
    "///orders//reports",
    "/orders/..\\reports",
    "/orders\\..\\reports",
    "/orders/%2e%2e/reports",
  ])(
    "lets nobody to the reports by the address %s, out of which the API could read another",
    async (path) => {
      const { status, body } = await get(path, basic("ann", ann.password));
      expect([403, 404]).toContain(status);
      expect(body?.for).toBeUndefined();
    },
  );

  it("sends the API the path that it judged, and the query as it came", async () => {
    for (const path of ["//orders", "/./orders", "/x/../orders", "/%6Frders"])
      expect((await get(`${path}?item=a%20b`, basic("ann", ann.password))).status, path).toBe(200);
  });

  it("lets no credential reach the API, whatever else the client sends", async () => {
    const every = [
      basic("ann", ann.password),
      { "x-cybozu-authorization": Buffer.from(`ann:${ann.password}`).toString("base64") },
      bearer(bob.token),
      bearer(token),
      { "x-cybozu-api-token": token },
    ];
    const more = {
      cookie: `keyturn_session_${new URL(`http://${ownHost}`).port}=${bob.token}`,
      "x-custom": "kept",
    };
    for (const sent of every) {
      const { status, text, body } = await get("/orders", { ...sent, ...more });
      expect([status, body.headers["x-custom"]]).toEqual([200, "kept"]);
      for (const secret of [...Object.values(sent), bob.token, token, ann.password])
        expect(text).not.toContain(secret);
    }
  });

  it("passes on how long to wait", async () => {
    await createPerson(administrator, "eve");
    for (let time = 0; time < 10; time += 1) await get("/orders", basic("eve", `wrong-password-${time}`));
    const { status, headers, body } = await get("/orders", basic("eve", "wrong-password"));
    expect([status, body.code, headers.get("retry-after")]).toEqual([401, "RATE_LIMITED", "180"]);
  });

  it("shows nobody the addresses at which it asks, and nothing that it does not list", async () => {
    for (const path of ["/keyturn/orders", "/keyturn/reports", "/keyturn/", "/forward-auth", "/other"])
      expect((await get(path, basic("ann", ann.password))).status, path).toBe(404);
  });
});

describe.skipIf(missing)(`the example's nginx without a Keyturn that answers${here}`, () => {
  it("lets nobody pass, and says that it is not their fault", async () => {
    const [nobody, port] = [await freePort(), await freePort()];
    const gateway = await startGateway(`http://127.0.0.1:${nobody}`, port);
    const { status, body } = await through(gateway, "/orders", { headers: bearer("kts_any") });
    expect([status, body.code]).toEqual([503, "UNAVAILABLE"]);
    await gateway.close();
  });

  it("says the same where Keyturn's database does not answer", async () => {
    const database = await freshDatabase("postgres");
    const proxy = await openTcpProxy(database.url);
    const keyturn = await startKeyturn("postgres", { KEYTURN_DATABASE_URL: proxy.through(database.url) });
    const { token } = await logInAdministrator(keyturn);
    const gateway = await startGateway(keyturn.address, await freePort());
    expect((await through(gateway, "/orders", { headers: bearer(token) })).status).toBe(200);
    await proxy.cut();
    const { status, body } = await through(gateway, "/orders", { headers: bearer(token) });
    expect([status, body.code]).toEqual([503, "UNAVAILABLE"]);
    await gateway.close();
    await proxy.mend();
    await keyturn.close();
    await proxy.close();
    await database.drop();
  });
});

test.skipIf(missing)(`the walk of the example's README goes as it says${here}`, async () => {
  const keyturn = await startKeyturn("sqlite", environmentOfExample());
  const gateway = await startGateway(keyturn.address, await freePort());
  const steps = stepsOf(readme);
  expect(steps.length).toBeGreaterThan(5);
  const end = "\u001e";
  const script = steps.map(({ command }) => `${command.code}\nprintf '${end}'\n`).join("");
  const env = {
    ...process.env,
    KEYTURN: keyturn.address,
    GATEWAY: gateway.address,
    PASSWORD: ADMINISTRATOR.password,
  };
  const { stdout } = await promisify(execFile)("bash", ["-euc", script], { env });
  const printed = stdout.split(end);
  steps.forEach((step, index) => {
    const shown = shownAnswers(step);
    expect(blur(printed[index] ?? "", shown), `README.md:${step.command.line}`).toEqual(shown);
  });
  await gateway.close();
  await keyturn.close();
});

test("every command of the example's README is one that a test runs, but for what one writes by hand", () => {
  const left = blocksOf(readme).filter(({ language, mark }) => language === "sh" && mark === null);
  expect(left.map(({ code }) => code)).toEqual([expect.stringMatching(/^(\w+=.*\n)+$/)]);
});

test("every link of the example's README leads to a file", () => {
  const paths = linksOf(readme).map((link) => join(dirname(readme.path), link.split("#")[0] ?? ""));
  expect(paths.filter((path) => !existsSync(ROOT + path))).toEqual([]);
});

import Database from "better-sqlite3";
import { afterEach, describe, expect, it } from "vitest";
import { type Answer, mutation } from "./stage/client.js";
import { countComparisons, countersOf } from "./stage/counters.js";
import { type FreshDatabase, freshDatabase } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { type LoggedInPerson, logInAdministrator, withPassword } from "./stage/people.js";
import { openTcpProxy, type TcpProxy } from "./stage/tcp-proxy.js";

const LOGIN = `mutation { login(input: { loginName: "${ADMINISTRATOR.loginName}", password: "${ADMINISTRATOR.password}" }) { __typename } }`;

/** Asks, and fails where the answer takes longer than ten seconds. */
async function within10Seconds<T>(ask: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const answer = await ask();
  expect(performance.now() - began).toBeLessThan(10_000);
  return answer;
}

const codeOf = ({ body }: Answer): string => body.errors?.[0]?.extensions?.code ?? "none";

async function expectUnavailable(keyturn: Keyturn, session: LoggedInPerson): Promise<void> {
  const compared = countComparisons(keyturn);
  const [viewer, login, basic, ready] = await within10Seconds(() =>
    Promise.all([
      session.client.send("{ viewer { id } }"),
      keyturn.anyone.send(LOGIN),
      withPassword(keyturn, ADMINISTRATOR).send("{ viewer { id } }"),
      fetch(`${keyturn.address}/readyz`),
    ]),
  );
  expect([viewer.status, codeOf(viewer)]).toEqual([503, "UNAVAILABLE"]);
  expect(viewer.body.errors[0].extensions.retryAfterSeconds).toBeGreaterThan(0);
  expect(viewer.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(codeOf(login)).toBe("UNAVAILABLE");
  expect([basic.status, codeOf(basic)]).toEqual([503, "UNAVAILABLE"]);
  expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('"UNAVAILABLE"')]);
  expect((await fetch(`${keyturn.address}/livez`)).status).toBe(200);
  expect(compared.passwords()).toBe(0);
  await expectOAuthUnavailable(keyturn);
  for (const { text } of [viewer, login, basic])
    expect(text).not.toMatch(/ECONN|postgres|127\.0\.0\.1|query/i);
}

/** No token is taken for revoked, and no request for wrong, where nobody could look. */
async function expectOAuthUnavailable({ address }: Keyturn): Promise<void> {
  const body = new URLSearchParams({ client_id: "any", client_secret: "any", token: "any" });
  const [authorize, token, revoke] = await within10Seconds(() =>
    Promise.all([
      fetch(`${address}/oauth2/authorize?client_id=any`),
      fetch(`${address}/oauth2/token`, { method: "POST", body }),
      fetch(`${address}/oauth2/revoke`, { method: "POST", body }),
    ]),
  );
  expect([authorize.status, token.status, revoke.status]).toEqual([503, 503, 503]);
  expect(await authorize.text()).toContain('href="/oauth2/authorize?client_id&#61;any"');
  for (const each of [token, revoke])
    expect(await each.json()).toMatchObject({ error: "temporarily_unavailable" });
}

async function expectRecovered(keyturn: Keyturn, session: LoggedInPerson): Promise<void> {
  expect((await fetch(`${keyturn.address}/readyz`)).status).toBe(200);
  expect((await session.client.send("{ viewer { id } }")).status).toBe(200);
  expect((await keyturn.anyone.send(LOGIN)).body.data.login.__typename).toBe("LoggedIn");
  expect(await countersOf(keyturn, ADMINISTRATOR.loginName)).toMatchObject({ failed: 0, undecided: "" });
}

describe("a PostgreSQL", () => {
  let database: FreshDatabase;
  let proxy: TcpProxy;
  let keyturn: Keyturn;

  const start = async (): Promise<LoggedInPerson> => {
    database = await freshDatabase("postgres");
    proxy = await openTcpProxy(database.url);
    keyturn = await startKeyturn("postgres", { KEYTURN_DATABASE_URL: proxy.through(database.url) });
    return await logInAdministrator(keyturn);
  };
  afterEach(async () => {
    await keyturn.close();
    await proxy.close();
    await database.drop();
  });

  it("that is gone is told within ten seconds, and the server goes on once it is back", async () => {
    const session = await start();
    await proxy.cut();
    await expectUnavailable(keyturn, session);
    await expectUnavailable(keyturn, session);
    await proxy.mend();
    await expectRecovered(keyturn, session);
  });

  it("that does not answer any more is told within ten seconds, and the server goes on", async () => {
    const session = await start();
    proxy.freeze();
    await expectUnavailable(keyturn, session);
    await proxy.mend();
    await expectRecovered(keyturn, session);
  });
});

describe("an SQLite file", () => {
  it("that another process holds for writing is told within ten seconds; reading goes on", async () => {
    const keyturn = await startKeyturn("sqlite");
    const session = await logInAdministrator(keyturn);
    const other = new Database(keyturn.database.url.replace("sqlite://", ""));
    other.exec("BEGIN IMMEDIATE");
    const answers = await within10Seconds(() =>
      Promise.all([...Array.from({ length: 20 }, () => keyturn.anyone.send(LOGIN))]),
    );
    expect(new Set(answers.map(codeOf))).toEqual(new Set(["UNAVAILABLE"]));
    expect((await session.client.send("{ viewer { id } }")).status).toBe(200);
    other.exec("ROLLBACK");
    other.close();
    await expectRecovered(keyturn, session);
    await keyturn.close();
  });

  it("gives up a transaction that waits for itself, keeps nothing of it, and goes on with the next", async () => {
    const keyturn = await startKeyturn("sqlite");
    const session = await logInAdministrator(keyturn);
    const { db } = keyturn.app.context;
    const nested = db.transaction(async (manager) => {
      await manager.query("UPDATE accounts SET failed_attempts = 1");
      await db.transaction(async () => undefined);
    });
    await expect(within10Seconds(() => nested)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expectRecovered(keyturn, session);
    await keyturn.close();
  });

  it("that cannot grow keeps all that it acknowledged, is told as away, and goes on once there is room", async () => {
    const keyturn = await startKeyturn("sqlite");
    const session = await logInAdministrator(keyturn);
    const { db } = keyturn.app.context;
    const pages = (most: number) =>
      db.transaction((manager) => manager.query(`PRAGMA max_page_count = ${most}`));
    const [{ page_count: now }] = await db.read.query("PRAGMA page_count");
    await pages(now + 3);
    const acknowledged: string[] = [];
    let refusals = 0;
    for (let count = 0; refusals < 3; count += 1) {
      expect(count).toBeLessThan(1000);
      const name = `script-${count}-${"x".repeat(60)}`;
      const input = { name, scopes: ["account:read"] };
      const answer = await session.client.send(mutation("createApiToken"), { input });
      if (answer.body.data?.createApiToken?.__typename === "ApiTokenCreated") acknowledged.push(name);
      else {
        expect(["UNAVAILABLE", "LIMIT_REACHED"]).toContain(codeOf(answer));
        refusals += 1;
      }
    }
    await pages(2 ** 30);
    await expectRecovered(keyturn, session);
    const { viewer } = await session.client.query("{ viewer { apiTokens { name } } }");
    const kept = viewer.apiTokens.map(({ name }: { name: string }) => name);
    expect(kept.sort()).toEqual(acknowledged.sort());
    await keyturn.close();
  });
});

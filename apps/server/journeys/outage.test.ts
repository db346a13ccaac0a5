import Database from "better-sqlite3";
import { afterEach, describe, expect, it } from "vitest";
import { type Answer, mutation } from "./stage/client.js";
import { countComparisons, countersOf } from "./stage/counters.js";
import { asSuperuser, type FreshDatabase, freshDatabase } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { type LoggedInPerson, logInAdministrator, withPassword } from "./stage/people.js";
import { type Meddle, openTcpProxy, type TcpProxy } from "./stage/tcp-proxy.js";

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

  it("that is read-only for a while is told as away, and its connections are not used again", async () => {
    const session = await start();
    const name = new URL(database.url).pathname.slice(1);
    const turnReadOnly = async (on: "on" | "off"): Promise<void> => {
      await asSuperuser(`ALTER DATABASE ${name} SET default_transaction_read_only = ${on}`);
      const others = "pid <> pg_backend_pid() AND datname = $1";
      if (on === "on")
        await asSuperuser(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`, [name]);
    };
    await turnReadOnly("on");
    expect((await fetch(`${keyturn.address}/readyz`)).status).toBe(503);
    const input = { name: "Script", scopes: ["account:read"] };
    expect(codeOf(await session.client.send(mutation("createApiToken"), { input }))).toBe("UNAVAILABLE");
    // Whoever connected while it was read-only would stay so: only a new connection sees the change.
    await turnReadOnly("off");
    await expect.poll(async () => (await fetch(`${keyturn.address}/readyz`)).status).toBe(200);
    await expectRecovered(keyturn, session);
  });

  it("that ends a connection between two statements is told as away", async () => {
    const session = await start();
    const { db } = keyturn.app.context;
    const ended = db.transaction(async (manager) => {
      const [{ pid }] = await manager.query("SELECT pg_backend_pid() AS pid");
      await asSuperuser("SELECT pg_terminate_backend($1, 5000)", [pid]);
      await manager.query("UPDATE accounts SET failed_attempts = 1");
    });
    await expect(ended).rejects.toMatchObject({ code: "UNAVAILABLE", details: { retryAfterSeconds: 5 } });
    await expectRecovered(keyturn, session);
  });

  describe("whose answer to COMMIT is lost", () => {
    const isCommit = (data: Buffer): boolean => data.includes("COMMIT\0");
    const create = (session: LoggedInPerson): Promise<Answer> => {
      const input = { name: "Script", scopes: ["account:read"] };
      return within10Seconds(() =>
        session.client.send(mutation("createApiToken", "... on ApiTokenCreated { token }"), { input }),
      );
    };
    const tokensOf = async (session: LoggedInPerson): Promise<number> =>
      (await session.client.query("{ viewer { apiTokens { id } } }")).viewer.apiTokens.length;
    /** Lets COMMIT reach the server, and ends the connection in the place of its answer. */
    const loseAnswers = (then: () => void): void =>
      proxy.meddleBy((data, { client, upstream }) => {
        if (!isCommit(data)) return false;
        upstream.removeAllListeners("data");
        upstream.once("data", () => {
          client.destroy();
          then();
        });
        return false;
      });

    it("says what was saved, where it was", async () => {
      const session = await start();
      loseAnswers(() => undefined);
      const { body } = await create(session);
      proxy.meddleBy(null);
      expect(body.data.createApiToken.token).toMatch(/^kt_/);
      expect(await tokensOf(session)).toBe(1);
    });

    it("says that nothing was changed, where nothing was", async () => {
      const session = await start();
      proxy.meddleBy((data, { client }) => {
        if (isCommit(data)) client.destroy();
        return isCommit(data);
      });
      const answer = await create(session);
      proxy.meddleBy(null);
      expect(answer.body.errors[0].extensions).toMatchObject({ code: "UNAVAILABLE", retryAfterSeconds: 5 });
      expect(answer.body.errors[0].message).toContain("Nothing was changed");
      expect(await tokensOf(session)).toBe(0);
    });

    it("says that it is not known, where nobody can be asked", async () => {
      const session = await start();
      loseAnswers(() => void proxy.cut());
      const answer = await create(session);
      proxy.meddleBy(null);
      expect(answer.body.errors[0].extensions).toMatchObject({
        code: "UNAVAILABLE",
        retryAfterSeconds: null,
      });
      expect(answer.body.errors[0].message).toContain("It is not known whether it was saved");
      await proxy.mend();
      expect(await tokensOf(session)).toBe(1);
    });
  });

  it("behind a pooler that refuses startup parameters of its own clients is served like any other", async () => {
    database = await freshDatabase("postgres");
    proxy = await openTcpProxy(database.url);
    proxy.meddleBy(refuseStartupParameters);
    keyturn = await startKeyturn("postgres", { KEYTURN_DATABASE_URL: proxy.through(database.url) });
    await expectRecovered(keyturn, await logInAdministrator(keyturn));
  });
});

/** What PgBouncer knows by itself; it refuses every other startup parameter. */
const KNOWN_PARAMETERS = ["user", "database", "client_encoding", "application_name"];
const PROTOCOL_3 = 0x0003_0000;

/** Stands in for a pooler in transaction mode: for the first message of a connection, protocol version 3. */
function refuseStartupParameters(...[data, { client }]: Parameters<Meddle>): boolean {
  if (data.length < 8 || data[0] !== 0 || data.readInt32BE(4) !== PROTOCOL_3) return false;
  const words = data.subarray(8).toString().split("\0");
  const names = words.filter((word, index) => index % 2 === 0 && word !== "");
  const unknown = names.find((name) => !KNOWN_PARAMETERS.includes(name));
  if (unknown === undefined) return false;
  const fields = `SFATAL\0C08P01\0Munsupported startup parameter: ${unknown}\0\0`;
  const head = Buffer.from("E0000");
  head.writeInt32BE(fields.length + 4, 1);
  client.end(Buffer.concat([head, Buffer.from(fields)]));
  return true;
}

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

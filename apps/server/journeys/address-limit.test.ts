import { isIP } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { sql } from "../src/platform/sql.js";
import { type Answer, basic, bearer, type Client, mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator, type Person } from "./stage/people.js";
import { sendRaw } from "./stage/wire.js";

const LIMIT = { KEYTURN_ATTEMPTS_PER_ADDRESS: "5" };
const WHO = "{ viewer { loginName } }";

let names = 0;

/** Tries a wrong password for a name of its own, so that no account's own limit is reached. */
async function tryOnce(client: Client): Promise<string> {
  names += 1;
  const input = { loginName: `someone-${names}`, password: "wrong-password" };
  return outcomeOf(await client.send(mutation("login"), { input }));
}

function outcomeOf({ body }: Answer): string {
  return body.errors?.[0].extensions.code ?? body.data.login.__typename;
}

async function tryOften(client: Client, times: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (let time = 0; time < times; time += 1) outcomes.push(await tryOnce(client));
  return outcomes;
}

const FIVE_WRONG = Array.from({ length: 5 }, () => "InvalidLogin");

describeOnBoth("the limit of an address", (kind) => {
  let keyturn: Keyturn;
  let ann: Person;
  let session: LoggedInPerson;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, LIMIT);
    ann = await createPerson(await logInAdministrator(keyturn), "ann");
    session = await logIn(keyturn, ann);
  });
  beforeEach(() => keyturn.clock.advance({ seconds: 60 }));
  afterAll(() => keyturn.close());
  const logInAnn = (client = keyturn.anyone): Promise<Answer> =>
    client.send(mutation("login"), { input: { loginName: "ann", password: ann.password } });

  it("refuses the sixth failed attempt in a minute, and says how long to wait", async () => {
    expect(await tryOften(keyturn.anyone, 5)).toEqual(FIVE_WRONG);
    const { status, body } = await keyturn.anyone.send(mutation("login"), {
      input: { loginName: "someone", password: "wrong-password" },
    });
    expect([status, body.data ?? null]).toEqual([200, null]);
    expect(body.errors[0].extensions).toEqual({ code: "RATE_LIMITED", retryAfterSeconds: 60 });
    keyturn.clock.advance({ seconds: 20 });
    const later = await logInAnn();
    expect(later.body.errors[0].extensions.retryAfterSeconds).toBe(40);
  });

  it("refuses a right password too, of another account, and counts nothing against it", async () => {
    await tryOften(keyturn.anyone, 5);
    expect(outcomeOf(await logInAnn())).toBe("RATE_LIMITED");
    const before = (await keyturn.events("login.failed")).length;
    expect(await tryOnce(keyturn.anyone)).toBe("RATE_LIMITED");
    expect(await keyturn.events("login.failed")).toHaveLength(before);
  });

  it("counts attempts alone that failed: right ones never add up", async () => {
    for (let time = 0; time < 8; time += 1) expect(outcomeOf(await logInAnn())).toBe("LoggedIn");
    expect(await tryOften(keyturn.anyone, 5)).toEqual(FIVE_WRONG);
  });

  it("counts passwords with a request, bearers and links of mails together", async () => {
    const input = { token: "ktm_wrong", newPassword: "violet-anchor-thistle-3" };
    await keyturn.anyone.send(WHO, {}, basic("nobody", "wrong-password"));
    await keyturn.anyone.send(WHO, {}, bearer("kts_wrong"));
    await keyturn.anyone.send(WHO, {}, bearer("kt_wrong"));
    await keyturn.anyone.mutate("resetPassword", input);
    expect(await tryOften(keyturn.anyone, 2)).toEqual(["InvalidLogin", "RATE_LIMITED"]);
    for (const header of [basic("ann", ann.password), basic("nobody", "x"), bearer("kt_wrong")]) {
      const { status, headers, body } = await keyturn.anyone.send(WHO, {}, header);
      expect([status, headers.get("retry-after")]).toEqual([429, "60"]);
      expect(body.errors[0].extensions).toEqual({ code: "RATE_LIMITED", retryAfterSeconds: 60 });
    }
    expect(await keyturn.anyone.refusal("resetPassword", input)).toBe("RATE_LIMITED");
  });

  it("lets live sessions and tokens go on, and those who need no credential", async () => {
    const input = { name: "script", scopes: ["account:read"] };
    const { token } = await session.client.mutate(
      "createApiToken",
      input,
      "... on ApiTokenCreated { token }",
    );
    await tryOften(keyturn.anyone, 7);
    expect((await session.client.query(WHO)).viewer.loginName).toBe("ann");
    expect((await keyturn.anyone.with(bearer(token)).query(WHO)).viewer.loginName).toBe("ann");
    expect((await keyturn.anyone.query(WHO)).viewer).toBeNull();
  });

  it("is over after a minute, and not before", async () => {
    await tryOften(keyturn.anyone, 5);
    keyturn.clock.advance({ seconds: 59 });
    expect(outcomeOf(await logInAnn())).toBe("RATE_LIMITED");
    keyturn.clock.advance({ seconds: 1 });
    expect(outcomeOf(await logInAnn())).toBe("LoggedIn");
    expect(await tryOften(keyturn.anyone, 6)).toEqual([...FIVE_WRONG, "RATE_LIMITED"]);
  });

  it("is not escaped by a forwarded header while no proxy is trusted", async () => {
    const outcomes: string[] = [];
    for (let host = 1; host <= 6; host += 1) {
      const forwarded = { "x-forwarded-for": `203.0.113.${host}`, forwarded: `for=203.0.113.${host}` };
      outcomes.push(await tryOnce(keyturn.anyone.with({ ...forwarded, "x-real-ip": `203.0.113.${host}` })));
    }
    expect(outcomes).toEqual([...FIVE_WRONG, "RATE_LIMITED"]);
    expect(await addressesOf(keyturn)).toEqual(["127.0.0.1"]);
  });

  it("counts wrong first codes of an authenticator, and passwords that two-factor rules out", async () => {
    const enrollment = await session.client.mutate(
      "enrollTwoFactor",
      {},
      "... on TwoFactorEnrollment { id }",
    );
    const confirm = { enrollmentId: enrollment.id, verificationCode: "000000" };
    for (let time = 0; time < 5; time += 1) await session.client.mutate("confirmTwoFactor", confirm);
    expect(await session.client.refusal("confirmTwoFactor", confirm)).toBe("RATE_LIMITED");
    keyturn.clock.advance({ seconds: 60 });
    const administrator = await logInAdministrator(keyturn);
    await administrator.client.mutate("updateSecurityPolicy", { twoFactor: "REQUIRED" });
    const withPassword = keyturn.anyone.with(basic("ann", ann.password));
    const statuses: number[] = [];
    for (let time = 0; time < 6; time += 1) statuses.push((await withPassword.send(WHO)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });
});

describeOnBoth("the limit of an address behind a proxy", (kind) => {
  const behind = (keyturn: Keyturn, addresses: string): Client =>
    keyturn.anyone.with({ "x-forwarded-for": addresses });

  it("is that of the client's address, which the trusted proxy tells", async () => {
    const keyturn = await startKeyturn(kind, { ...LIMIT, KEYTURN_TRUSTED_PROXIES: "127.0.0.1" });
    const client = behind(keyturn, "203.0.113.7");
    expect(await tryOften(client, 6)).toEqual([...FIVE_WRONG, "RATE_LIMITED"]);
    expect(await tryOnce(behind(keyturn, "203.0.113.8"))).toBe("InvalidLogin");
    expect(await tryOnce(keyturn.anyone)).toBe("InvalidLogin");
    // What the client itself put in front of what the proxy added says nothing.
    expect(await tryOnce(behind(keyturn, "198.51.100.1, 203.0.113.7"))).toBe("RATE_LIMITED");
    expect(await addressesOf(keyturn)).toEqual(["127.0.0.1", "203.0.113.7", "203.0.113.8"]);
    await keyturn.close();
  });

  it("is one whatever port or brackets the proxy writes, and the connection's own where it tells none", async () => {
    const keyturn = await startKeyturn(kind, { ...LIMIT, KEYTURN_TRUSTED_PROXIES: "127.0.0.1" });
    const outcomes = async (written: readonly string[]): Promise<string[]> => {
      const all: string[] = [];
      for (const each of written) all.push(await tryOnce(behind(keyturn, each)));
      return all;
    };
    const four = [
      "203.0.113.6:2001",
      "203.0.113.6:2002",
      "203.0.113.6",
      "::ffff:203.0.113.6",
      "203.0.113.6:1",
    ];
    expect(await outcomes([...four, "203.0.113.6:3"])).toEqual([...FIVE_WRONG, "RATE_LIMITED"]);
    const six = ["[2001:db8::1]:443", "[2001:db8::2]:443", "[2001:db8::1]", "2001:db8::1", "[2001:db8::3]:1"];
    expect(await outcomes([...six, "[2001:db8::4]:2"])).toEqual([...FIVE_WRONG, "RATE_LIMITED"]);
    // The proxy before the listed one is listed too, and writes its port.
    expect(await tryOnce(behind(keyturn, "203.0.113.6:9, 127.0.0.1:8080"))).toBe("RATE_LIMITED");
    const none = ["unknown", "_hidden", "203.0.113.6:port", "<script>", `203.0.113.6:${"1".repeat(100)}`];
    expect(await outcomes([...none, "unknown"])).toEqual([...FIVE_WRONG, "RATE_LIMITED"]);
    const addresses = await addressesOf(keyturn);
    expect(addresses.filter((address) => isIP(address) === 0)).toEqual([]);
    expect(addresses).toContain("127.0.0.1");
    expect(keyturn.logged()).not.toMatch(/"ip":"[^"]*(script|unknown|:2001)/);
    await keyturn.close();
  });

  it("is that of the sender where the sender is no proxy that is listed", async () => {
    const keyturn = await startKeyturn(kind, { ...LIMIT, KEYTURN_TRUSTED_PROXIES: "192.0.2.0/24" });
    await tryOften(behind(keyturn, "203.0.113.7"), 5);
    expect(await tryOnce(behind(keyturn, "203.0.113.8"))).toBe("RATE_LIMITED");
    expect(await addressesOf(keyturn)).toEqual(["127.0.0.1"]);
    await keyturn.close();
  });
});

describeOnBoth("a link in a mail", (kind) => {
  it.each([
    ["no proxy is trusted", ""],
    ["its sender is a trusted proxy", "127.0.0.1"],
  ])("leads to the configured address, whatever the request says, where %s", async (_which, proxies) => {
    const publicUrl = "https://id.example.com";
    const environment = { KEYTURN_PUBLIC_URL: publicUrl, KEYTURN_TRUSTED_PROXIES: proxies };
    const keyturn = await startKeyturn(kind, environment);
    await createPerson(await logInAdministrator(keyturn), "ann");
    const body = JSON.stringify({
      query: mutation("requestPasswordReset"),
      variables: { input: { loginName: "ann" } },
    });
    const forged = ["host", "x-forwarded-host", "x-forwarded-server", "x-original-host", "origin", "referer"];
    const headers = [
      ["content-type", "application/json"],
      ["x-forwarded-proto", "http"],
      ["forwarded", "host=evil.example;proto=http"],
      ...forged.map((name) => [name, "evil.example"] as const),
    ] as const;
    expect((await sendRaw(keyturn.address, { headers, body })).status).toBe(200);
    const { text } = await keyturn.mailbox.next(({ text }) => text.includes("/reset-password/"));
    expect(text.match(/https?:\/\/[^/\s]+/g)).toEqual([publicUrl]);
    expect(text).not.toContain("evil");
    await keyturn.close();
  });
});

async function addressesOf({ app, settle }: Keyturn): Promise<string[]> {
  await settle();
  const text =
    "SELECT DISTINCT ip_address AS address FROM audit_events WHERE action = 'login.failed' ORDER BY 1";
  const { rows } = await sql<{ address: string }>(app.context.db.read, text);
  return rows.map(({ address }) => address);
}

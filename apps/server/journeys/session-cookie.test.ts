import { afterAll, beforeAll, expect, it } from "vitest";
import { type Answer, type Client, mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  LOGGED_IN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  withToken,
} from "./stage/people.js";
import { challengeOf } from "./stage/proofs.js";

const VIEWER = "{ viewer { loginName } }";

describeOnBoth("a session's cookie", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let ann: Person;
  const logInBy = (client: Client, { loginName, password }: Person, useCookie = true): Promise<Answer> =>
    client.send(mutation("login", LOGGED_IN), { input: { loginName, password, useCookie } });
  const withCookie = (token: string): Client =>
    keyturn.anyone.with({ cookie: `keyturn_session_4000=${token}` });
  const tokenOf = ({ headers }: Answer): string => partsOf(headers)[0]?.split("=")[1] ?? "";
  const statusOf = async (client: Client): Promise<number> => (await client.send(VIEWER)).status;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
    ann = await createPerson(administrator, "ann");
  });
  afterAll(() => keyturn.close());

  it("comes where it is asked for, closed to scripts and to other sites, and no token in the answer", async () => {
    const answer = await logInBy(keyturn.anyone, ann);
    expect(answer.body.data.login).toMatchObject({ __typename: "LoggedIn", sessionToken: null });
    const [pair, ...attributes] = partsOf(answer.headers);
    expect(pair).toMatch(/^keyturn_session_4000=kts_[0-9A-Za-z]{49}$/);
    expect(attributes.sort()).toEqual(["HttpOnly", "Path=/", "SameSite=Lax"]);
    const { viewer } = await withCookie(tokenOf(answer)).query(VIEWER);
    expect(viewer.loginName).toBe("ann");
  });

  it("does not come where it is not asked for: then the token is in the answer", async () => {
    const { headers, body } = await logInBy(keyturn.anyone, ann, false);
    expect(headers.get("set-cookie")).toBeNull();
    expect(body.data.login.sessionToken).toMatch(/^kts_/);
  });

  it.each([
    [true, null],
    [false, expect.stringMatching(/^kts_/)],
  ])("is remembered by the challenge: useCookie %s", async (useCookie, sessionToken) => {
    const bob = await createProtectedPerson(keyturn, administrator, `bob-${useCookie}`);
    const challenge = await challengeOf(keyturn, bob, { useCookie });
    keyturn.clock.advance({ seconds: 30 });
    const input = { challenge, proof: { verificationCode: bob.app.code() } };
    const { headers, body } = await keyturn.anyone.send(mutation("completeLogin", LOGGED_IN), { input });
    expect(body.data.completeLogin).toMatchObject({ __typename: "LoggedIn", sessionToken });
    expect(headers.has("set-cookie")).toBe(useCookie);
  });

  it("is renewed as a cookie by a step-up and by a change of password, and the one before is dead", async () => {
    const eve = await createPerson(administrator, "eve");
    const first = tokenOf(await logInBy(keyturn.anyone, eve));
    const { password } = eve;
    const stepped = await withCookie(first).send(mutation("stepUp", "... on SteppedUp { sessionToken }"), {
      input: { password },
    });
    const second = tokenOf(stepped);
    expect(stepped.body.data.stepUp.sessionToken).toBeNull();
    const input = { currentPassword: password, newPassword: "violet-anchor-thistle-3" };
    const third = tokenOf(await withCookie(second).send(mutation("changePassword"), { input }));
    expect(new Set([first, second, third]).size).toBe(3);
    const clients = [first, second, third].map(withCookie);
    expect(await Promise.all(clients.map(statusOf))).toEqual([401, 401, 200]);
  });

  it("ends with the session at a logout, and the browser forgets it", async () => {
    const client = withCookie(tokenOf(await logInBy(keyturn.anyone, ann)));
    const { headers } = await client.send(mutation("logout"));
    expect(partsOf(headers).sort()).toEqual([
      "HttpOnly",
      "Max-Age=0",
      "Path=/",
      "SameSite=Lax",
      "keyturn_session_4000=",
    ]);
    expect(await statusOf(client)).toBe(401);
  });

  it("of a live session ends with it at the next login, whoever logs in then", async () => {
    const browser = withCookie(tokenOf(await logInBy(keyturn.anyone, ann)));
    const other = await createPerson(administrator, "other");
    expect((await logInBy(browser, other)).body.data.login.account.loginName).toBe("other");
    expect(await statusOf(browser)).toBe(401);
  });

  it("of a live session ends at the next login with a challenge too, once it is complete", async () => {
    const bob = await createProtectedPerson(keyturn, administrator, "bob");
    const browser = withCookie(tokenOf(await logInBy(keyturn.anyone, ann)));
    const challenge = await challengeOf({ anyone: browser }, bob);
    expect(await statusOf(browser)).toBe(200);
    keyturn.clock.advance({ seconds: 30 });
    const proof = { verificationCode: bob.app.code() };
    expect((await browser.mutate("completeLogin", { challenge, proof })).__typename).toBe("LoggedIn");
    expect(await statusOf(browser)).toBe(401);
  });

  it("does not bar a login when it is dead or no token at all, but every other request", async () => {
    const dead = (await logIn(keyturn, ann)).token;
    await withToken(keyturn, dead).mutate("logout", {});
    for (const cookie of [dead, "rubbish", ""]) {
      const browser = withCookie(cookie);
      const refused = await browser.send(VIEWER);
      expect([refused.status, refused.headers.get("set-cookie")]).toEqual([401, null]);
      expect((await logInBy(browser, ann)).body.data.login.__typename).toBe("LoggedIn");
    }
  });

  it("is no way in as a bearer's fall-back: a wrong header fails beside a good cookie, also at a login", async () => {
    const good = withCookie(tokenOf(await logInBy(keyturn.anyone, ann)));
    const both = good.with({ authorization: "Bearer kts_wrong" });
    expect(await statusOf(both)).toBe(401);
    expect((await logInBy(both, ann)).status).toBe(401);
    expect(await statusOf(good)).toBe(200);
  });

  it("is not the only session that a login ends: that of a bearer ends too", async () => {
    const before = await logIn(keyturn, ann);
    expect((await logInBy(before.client, ann)).body.data.login.__typename).toBe("LoggedIn");
    expect(await statusOf(before.client)).toBe(401);
  });
});

describeOnBoth("a session's cookie over https", (kind) => {
  let keyturn: Keyturn;
  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_PUBLIC_URL: "https://id.example.com" });
  });
  afterAll(() => keyturn.close());

  it("is bound to its host and sent over https alone, and the plain name means nothing", async () => {
    const administrator = await logInAdministrator(keyturn);
    const { loginName, password } = await createPerson(administrator, "ann");
    const input = { loginName, password, useCookie: true };
    const { headers } = await keyturn.anyone.send(mutation("login"), { input });
    const [pair = "", ...attributes] = partsOf(headers);
    expect(pair).toMatch(/^__Host-keyturn_session=kts_[0-9A-Za-z]{49}$/);
    expect(attributes.sort()).toEqual(["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);
    const { viewer } = await keyturn.anyone.with({ cookie: pair }).query(VIEWER);
    expect(viewer.loginName).toBe("ann");
    const plain = keyturn.anyone.with({ cookie: pair.replace("__Host-", "") });
    expect((await plain.query(VIEWER)).viewer).toBeNull();
  });
});

describeOnBoth("two installations on one host", (kind) => {
  it("keep each its own session of one browser, which sends both what it has", async () => {
    const installations = await Promise.all(
      ["4000", "4001"].map((port) => startKeyturn(kind, { KEYTURN_PUBLIC_URL: `http://localhost:${port}` })),
    );
    const cookies = new Map<string, string>();
    for (const { anyone } of installations) {
      const input = { ...ADMINISTRATOR, useCookie: true };
      const [pair = ""] = partsOf((await anyone.send(mutation("login"), { input })).headers);
      const [name = "", value = ""] = pair.split("=");
      cookies.set(name, value);
    }
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    for (const { anyone } of installations)
      expect((await anyone.with({ cookie }).query(VIEWER)).viewer?.loginName).toBe("admin");
    for (const keyturn of installations) await keyturn.close();
  });
});

/** The name and value of the one cookie that an answer sets, and then its attributes. */
function partsOf(headers: Headers): string[] {
  const cookies = headers.getSetCookie();
  expect(cookies).toHaveLength(1);
  return (cookies[0] ?? "").split("; ");
}

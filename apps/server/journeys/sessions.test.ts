import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Client, mutation } from "./stage/client.js";
import { readRows, setPolicy } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  turnTwoFactorOn,
  withSession,
} from "./stage/people.js";
import { stepUp } from "./stage/proofs.js";

const DAY = 86_400;
const DEFAULTS = { sessionIdleSeconds: DAY, sessionLifetimeSeconds: 30 * DAY };
const STEPPED_UP = "... on SteppedUp { sessionToken session { id current authenticatedAt createdAt } }";
const TOKEN = { name: "script", scopes: ["account:read"] };
const SESSIONS = "{ viewer { sessions { id current lastUsedAt expiresAt } } }";

describeOnBoth("a session", (kind) => {
  let keyturn: Keyturn;
  let ann: Person;
  let session: LoggedInPerson;
  let people = 0;

  const someone = async (): Promise<Person> => {
    people += 1;
    return await createPerson(await logInAdministrator(keyturn), `person-${people}`);
  };
  const statusOf = async ({ client }: { client: Client }): Promise<number> =>
    (await client.send("{ viewer { id } }")).status;
  const idOf = async ({ client }: LoggedInPerson): Promise<string> =>
    (await client.query("{ authentication { session { id } } }")).authentication.session.id;
  /** Uses the session so many seconds later, and lets the server write that down. */
  const useAfter = async (seconds: number, person: LoggedInPerson): Promise<number> => {
    keyturn.clock.advance({ seconds });
    const status = await statusOf(person);
    await keyturn.settle();
    return status;
  };
  const fromNow = (seconds: number): string => new Date(keyturn.clock.now() + seconds * 1000).toISOString();

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    ann = await someone();
    session = await logIn(keyturn, ann);
  });

  describe("in time", () => {
    beforeEach(() => setPolicy(keyturn, { sessionIdleSeconds: 600, sessionLifetimeSeconds: 1500 }));
    afterAll(() => setPolicy(keyturn, DEFAULTS));

    it("ends when it was not used for as long as the policy says, counted from the last use", async () => {
      expect(await useAfter(599, session)).toBe(200);
      expect(await useAfter(599, session)).toBe(200);
      await setPolicy(keyturn, { sessionLifetimeSeconds: DAY });
      expect(await useAfter(600, session)).toBe(401);
    });

    it("ends at its lifetime however often it is used, and says when it will", async () => {
      const { viewer } = await session.client.query(SESSIONS);
      expect(viewer.sessions).toMatchObject([{ expiresAt: fromNow(600) }]);
      expect(await useAfter(500, session)).toBe(200);
      expect(await useAfter(500, session)).toBe(200);
      const later = await session.client.query(SESSIONS);
      expect(later.viewer.sessions).toMatchObject([{ expiresAt: fromNow(500) }]);
      expect(await useAfter(499, session)).toBe(200);
      expect(await useAfter(1, session)).toBe(401);
    });

    it("is judged by the policy of the moment, and has left the list when it ended", async () => {
      keyturn.clock.advance({ seconds: 300 });
      const other = await logIn(keyturn, ann);
      await setPolicy(keyturn, { sessionIdleSeconds: 300 });
      expect(await statusOf(session)).toBe(401);
      const { viewer } = await other.client.query(SESSIONS);
      expect(viewer.sessions).toMatchObject([{ id: await idOf(other), current: true }]);
    });

    it("does not grow older by a step-up, nor younger", async () => {
      await useAfter(599, session);
      await useAfter(599, session);
      const answer = await session.client.mutate("stepUp", { password: ann.password }, STEPPED_UP);
      const renewed = withSession(keyturn, session, answer.sessionToken);
      expect(await useAfter(301, renewed)).toBe(200);
      expect(await useAfter(1, renewed)).toBe(401);
    });
  });

  it("has its last use written down at most once a minute", async () => {
    const writesAfter = async (seconds: number): Promise<number> => {
      keyturn.takeStatements();
      await useAfter(seconds, session);
      return keyturn.takeStatements().filter((text) => /UPDATE sessions/.test(text)).length;
    };
    const lastUse = async (): Promise<unknown> =>
      (await session.client.query(SESSIONS)).viewer.sessions[0].lastUsedAt;
    expect([await writesAfter(0), await writesAfter(59)]).toEqual([0, 0]);
    expect(await writesAfter(1)).toBe(1);
    expect(await lastUse()).toBe(fromNow(0));
    expect([await writesAfter(0), await writesAfter(59)]).toEqual([0, 0]);
    expect(await lastUse()).toBe(fromNow(-59));
  });

  it("is dead at once after a logout; the others go on", async () => {
    const other = await logIn(keyturn, ann);
    const id = await idOf(session);
    const answer = await session.client.mutate("logout", {}, "... on LoggedOut { id }");
    expect(answer).toEqual({ __typename: "LoggedOut", id });
    expect([await statusOf(session), await statusOf(other)]).toEqual([401, 200]);
  });

  it("stands in its owner's list, the one that asks marked", async () => {
    const other = await logIn(keyturn, ann);
    const listed = async ({ client }: LoggedInPerson): Promise<object[]> => {
      const { viewer } = await client.query("{ viewer { sessions { id current } } }");
      return viewer.sessions;
    };
    const [first, second] = [await idOf(session), await idOf(other)];
    expect(await listed(session)).toEqual(
      expect.arrayContaining([
        { id: first, current: true },
        { id: second, current: false },
      ]),
    );
    expect(await listed(other)).toContainEqual({ id: second, current: true });
    expect(await listed(other)).toHaveLength(2);
  });

  it("is revoked by its owner and by an administrator, and by nobody else", async () => {
    const [mine, other] = [await idOf(session), await logIn(keyturn, ann)];
    const id = await idOf(other);
    const stranger = await logIn(keyturn, await someone());
    expect(await stranger.client.refusal("revokeSession", { id })).toBe("NOT_FOUND");
    expect(await stranger.client.refusal("revokeSession", { id: "nonsense" })).toBe("NOT_FOUND");
    expect(await statusOf(other)).toBe(200);
    const selection = "... on SessionRevoked { id }";
    expect(await session.client.mutate("revokeSession", { id }, selection)).toEqual({
      __typename: "SessionRevoked",
      id,
    });
    expect([await statusOf(session), await statusOf(other)]).toEqual([200, 401]);
    expect(await session.client.refusal("revokeSession", { id })).toBe("NOT_FOUND");
    const administrator = await logInAdministrator(keyturn);
    await administrator.client.mutate("revokeSession", { id: mine }, selection);
    expect(await statusOf(session)).toBe(401);
  });

  it("can be left the only one of its account, and the number that ended is told", async () => {
    const others = [await logIn(keyturn, ann), await logIn(keyturn, ann)];
    const stranger = await logIn(keyturn, await someone());
    const end = () =>
      session.client.mutate("revokeOtherSessions", {}, "... on OtherSessionsRevoked { count }");
    expect(await end()).toEqual({ __typename: "OtherSessionsRevoked", count: 2 });
    expect(await end()).toMatchObject({ count: 0 });
    expect(await Promise.all([...others, session, stranger].map(statusOf))).toEqual([401, 401, 200, 200]);
  });

  it("gets a new token by a step-up and keeps its id; the old token is dead", async () => {
    const id = await idOf(session);
    keyturn.clock.advance({ seconds: 60 });
    const answer = await session.client.mutate("stepUp", { password: ann.password }, STEPPED_UP);
    const times = { authenticatedAt: fromNow(0), createdAt: fromNow(-60) };
    expect(answer.session).toEqual({ id, current: true, ...times });
    const renewed = withSession(keyturn, session, answer.sessionToken);
    expect([await statusOf(session), await statusOf(renewed)]).toEqual([401, 200]);
    expect(await idOf(renewed)).toBe(id);
  });

  it("keeps its token where the password of a step-up is wrong, and its proof grows no younger", async () => {
    keyturn.clock.advance({ seconds: 901 });
    const answer = await session.client.mutate("stepUp", { password: "not-the-password-1" });
    expect(answer).toMatchObject({ __typename: "WrongPassword", code: "WRONG_PASSWORD" });
    expect(await statusOf(session)).toBe(200);
    expect(await session.client.refusal("createApiToken", TOKEN)).toBe("STEP_UP_REQUIRED");
  });

  it("must prove its password again after 900 seconds for what asks for a recent proof", async () => {
    keyturn.clock.advance({ seconds: 900 });
    expect((await session.client.mutate("createApiToken", TOKEN)).__typename).toBe("ApiTokenCreated");
    keyturn.clock.advance({ seconds: 1 });
    const { status, body } = await session.client.send(mutation("createApiToken"), { input: TOKEN });
    expect(status).toBe(200);
    const asked = { code: "STEP_UP_REQUIRED", maxAge: 900, methods: ["PASSWORD"] };
    expect(body.errors[0].extensions).toMatchObject(asked);
    const { sessionToken } = await session.client.mutate("stepUp", { password: ann.password }, STEPPED_UP);
    const renewed = withSession(keyturn, session, sessionToken);
    expect((await renewed.client.mutate("createApiToken", TOKEN)).__typename).toBe("ApiTokenCreated");
  });

  it("of an account with two-factor must prove both factors again", async () => {
    const person = await turnTwoFactorOn(keyturn, session);
    keyturn.clock.advance({ seconds: 901 });
    const { body } = await person.client.send(mutation("createApiToken"), { input: TOKEN });
    const methods = ["PASSWORD", "TOTP", "RECOVERY_CODE"];
    expect(body.errors[0].extensions).toMatchObject({ code: "STEP_UP_REQUIRED", maxAge: 900, methods });
    expect(await person.client.refusal("stepUp", { password: person.password })).toBe("BAD_USER_INPUT");
    const stepped = await stepUp(keyturn, person, { verificationCode: person.app.code() });
    const created = await stepped.person.client.mutate("createApiToken", TOKEN);
    expect(created.__typename).toBe("ApiTokenCreated");
  });

  it("is kept by the hash of its token, never by the token", async () => {
    const rows = await readRows<{ hash: string }>(
      keyturn,
      "SELECT s.*, s.token_hash AS hash FROM sessions s WHERE s.account_id = $1",
      [ann.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.hash).not.toBe("");
    const random = session.token.replace(/^kts_/, "");
    expect(JSON.stringify(rows)).not.toContain(random.slice(0, 20));
  });
});

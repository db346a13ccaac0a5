import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../src/platform/id.js";
import { recordEvent } from "../src/rooms/audit/record-event.js";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  turnTwoFactorOn,
  withPassword,
  withToken,
} from "./stage/people.js";

const EVENT = `id at action level result actorId actorLoginName subjectId subjectLoginName credential ipAddress
  userAgent requestId actor { id loginName } subject { id loginName } details { name value }`;
const QUERY = `query($first: Int, $after: String, $filter: AuditEventFilter) {
  auditEvents(first: $first, after: $after, filter: $filter) {
    edges { cursor node { id } } nodes { ${EVENT} }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const NOBODY = "018cc251-f400-7000-8000-000000000000";

describeOnBoth("the audit trail", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_SQLITE_SYNCHRONOUS: "normal" });
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    await keyturn.settle();
    await changeRows(keyturn, "DELETE FROM audit_events");
    administrator = await logInAdministrator(keyturn);
  });

  const list = async (variables: object = {}, client = administrator.client) =>
    (await client.query(QUERY, variables)).auditEvents;
  const find = async (filter: object) => (await list({ first: 100, filter })).nodes;
  const actionsOf = async (filter: object): Promise<string[]> =>
    (await find(filter)).map(({ action }: { action: string }) => action);
  const someone = async (): Promise<LoggedInPerson> => {
    people += 1;
    const person = await createPerson(administrator, `person-${people}`);
    // What happens in the same moment stands in any order.
    keyturn.clock.advance({ seconds: 1 });
    return await logIn(keyturn, person);
  };

  /** Records failed logins of nobody, so many at each of some moments. */
  async function record(moments: number, each: number): Promise<void> {
    const request = { id: newId(0), ipAddress: "192.0.2.1", userAgent: null, locale: "en" } as const;
    await keyturn.app.context.db.transaction(async (manager) => {
      for (let index = 0; index < moments * each; index += 1) {
        if (index % each === 0) keyturn.clock.advance({ seconds: 1 });
        const event = { subject: { id: null, loginName: `nobody ${index}` }, failed: true } as const;
        await recordEvent(
          manager,
          { now: keyturn.clock.now(), request },
          { action: "login.failed", ...event },
        );
      }
    });
  }

  /** Follows the pages to the last, and returns each. */
  async function everyPage(first: number, filter: object = {}) {
    const pages = [await list({ first, filter })];
    for (let page = pages[0]; page.pageInfo.hasNextPage === true; pages.push(page))
      page = await list({ first, filter, after: page.pageInfo.endCursor });
    return pages;
  }

  describe("shows", () => {
    it("who did what, when, from where and in which request, the newest first", async () => {
      const ann = await someone();
      keyturn.clock.advance({ seconds: 1 });
      const document = `mutation($input: LoginInput!) { login(input: $input) { __typename } }`;
      const input = { loginName: ann.loginName, password: ann.password };
      const { headers } = await keyturn.anyone.send(document, { input }, { "user-agent": "a test" });
      const { nodes } = await list({ first: 1 });
      const account = { id: ann.id, loginName: ann.loginName };
      expect(nodes).toEqual([
        {
          id: expect.any(String),
          at: new Date(keyturn.clock.now()).toISOString(),
          ...{ action: "login.succeeded", level: "INFORMATION", result: "SUCCESS" },
          ...{ actor: account, actorId: ann.id, actorLoginName: ann.loginName },
          ...{ subject: account, subjectId: ann.id, subjectLoginName: ann.loginName },
          ...{ credential: null, ipAddress: "127.0.0.1", userAgent: "a test" },
          requestId: headers.get("x-request-id"),
          details: [{ name: "methods", value: "pwd" }],
        },
      ]);
    });

    it("a login name that nobody bears as it was typed, with no actor", async () => {
      const typed = "  Nobody.There ÄÖ　";
      await keyturn.anyone.mutate("login", { loginName: typed, password: "wrong-in-every-way" });
      const [event] = await find({ action: "login.failed" });
      expect(event).toMatchObject({ actor: null, actorId: null, actorLoginName: null });
      expect(event).toMatchObject({ subject: null, subjectId: null, subjectLoginName: typed });
      expect(event).toMatchObject({ level: "NOTICE", result: "FAILED" });
    });

    it("the ids and names of accounts that are gone, and other names as they were then", async () => {
      const ann = await someone();
      const bob = await someone();
      await bob.client.mutate("changeLoginName", { loginName: `${bob.loginName}-later` });
      await changeRows(keyturn, "DELETE FROM accounts WHERE id = $1", [ann.id]);
      const [gone] = await find({ action: "login.succeeded", accountId: ann.id });
      expect(gone).toMatchObject({ actor: null, actorId: ann.id, actorLoginName: ann.loginName });
      expect(gone).toMatchObject({ subject: null, subjectId: ann.id, subjectLoginName: ann.loginName });
      const [renamed] = await find({ action: "login.succeeded", accountId: bob.id });
      expect(renamed.actorLoginName).toBe(bob.loginName);
      expect(renamed.actor.loginName).toBe(`${bob.loginName}-later`);
    });

    it("a page with all its accounts by three statements, that of the viewer among them", async () => {
      for (let person = 0; person < 4; person += 1) await someone();
      await keyturn.settle();
      keyturn.takeStatements();
      await list({ first: 100 });
      expect(keyturn.takeStatements()).toHaveLength(3);
    });

    it("what each act leaves, and refusals too", async () => {
      const ann = await someone();
      await keyturn.anyone.mutate("login", { loginName: ann.loginName, password: "wrong-in-every-way" });
      const { token } = await ann.client.mutate(
        "createApiToken",
        { name: "script", scopes: ["account:read"] },
        "... on ApiTokenCreated { token apiToken { id } }",
      );
      await withToken(keyturn, token).send("{ accounts { totalCount } }");
      await withToken(keyturn, `${ann.token}x`).send("{ viewer { id } }");
      const on = await turnTwoFactorOn(keyturn, ann);
      await withPassword(keyturn, ann).send("{ viewer { id } }");
      await on.client.mutate("disableTwoFactor", { proof: { recoveryCode: on.recoveryCodes[0] } });
      await on.client.mutate("logout", {});
      await administrator.client.mutate("updateSecurityPolicy", { passwordMinimumLength: 9 });
      await administrator.client.mutate("updateSecurityPolicy", { passwordMinimumLength: 8 });
      await keyturn.settle();
      expect(await actionsOf({})).toEqual(
        expect.arrayContaining([
          ...["account.created", "login.succeeded", "login.failed", "api-token.created", "access.refused"],
          ...["credential.failed", "two-factor.enrollment-began", "two-factor.enabled", "credential.refused"],
          ...["recovery-code.used", "two-factor.disabled", "session.ended", "policy.updated"],
        ]),
      );
    });
  });

  describe("is read page by page", () => {
    it("whole and each event once, though hundreds happened in the same moments", async () => {
      await record(3, 85);
      const pages = await everyPage(37);
      const ids = pages.flatMap(({ nodes }) => nodes.map(({ id }: { id: string }) => id));
      const rows = await readRows<{ id: string }>(
        keyturn,
        "SELECT id FROM audit_events ORDER BY at DESC, id DESC",
      );
      expect(ids).toEqual(rows.map(({ id }) => id));
      expect(ids.length).toBe(256);
      expect(pages.map(({ nodes }) => nodes.length)).toEqual([37, 37, 37, 37, 37, 37, 34]);
      expect(pages.map(({ pageInfo }) => [pageInfo.hasPreviousPage, pageInfo.hasNextPage])).toEqual([
        [false, true],
        ...Array.from({ length: 5 }, () => [true, true]),
        [true, false],
      ]);
    });

    it("of an account, whether it acted or was acted on, each event once", async () => {
      const ann = await someone();
      const actor = { id: ann.id, loginName: ann.loginName };
      const another = { id: administrator.id, loginName: "admin" };
      const pairs = [
        { actor, subject: another },
        { actor: another, subject: actor },
        { actor, subject: actor },
        { actor: another, subject: another },
      ];
      const request = { id: newId(0), ipAddress: "192.0.2.1", userAgent: null, locale: "en" } as const;
      const now = keyturn.clock.now();
      await keyturn.app.context.db.transaction(async (manager) => {
        for (let index = 0; index < 120; index += 1)
          await recordEvent(
            manager,
            { now, request },
            { action: "account.updated", ...(pairs[index % 4] ?? {}) },
          );
      });
      const pages = await everyPage(40, { accountId: ann.id, action: "account.updated" });
      const nodes = pages.flatMap((page) => page.nodes);
      expect(new Set(nodes.map(({ id }) => id)).size).toBe(90);
      expect(nodes.length).toBe(90);
      expect(nodes.every(({ actorId, subjectId }) => actorId === ann.id || subjectId === ann.id)).toBe(true);
    });

    it("without a shift by what happens meanwhile", async () => {
      await record(1, 20);
      const first = await list({ first: 10 });
      await record(1, 20);
      const second = await list({ first: 20, after: first.pageInfo.endCursor });
      expect(second.nodes.length).toBe(11);
      expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    });

    it("with edges that hold the same events, and a cursor for each to go on after", async () => {
      await record(1, 5);
      const { edges, nodes, pageInfo } = await list({ first: 3 });
      expect(edges.map(({ node }: { node: object }) => node)).toEqual(
        nodes.map(({ id }: { id: string }) => ({ id })),
      );
      expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0].cursor, edges[2].cursor]);
      const after = await list({ first: 3, after: edges[0].cursor });
      expect(after.nodes.slice(0, 2)).toEqual(nodes.slice(1));
    });

    it("fifty at a time where nothing is said", async () => {
      await record(1, 60);
      expect((await list()).nodes).toHaveLength(50);
      expect((await list({ first: null, after: null, filter: null })).nodes).toHaveLength(50);
    });

    it.each([
      [{ first: 0 }, ["first"]],
      [{ first: -1 }, ["first"]],
      [{ first: 101 }, ["first"]],
      [{ after: "" }, ["after"]],
      [{ after: "bm90aGluZw" }, ["after"]],
      [{ filter: { action: "login" } }, ["filter", "action"]],
      [{ filter: { action: "toString" } }, ["filter", "action"]],
    ])("but not by %j", async (variables, path) => {
      const { body } = await administrator.client.send(QUERY, variables);
      expect(body.errors[0].extensions).toEqual({ code: "BAD_USER_INPUT", path });
      expect(body.errors[0].message).toContain(path.join("."));
    });
  });

  describe("is filtered", () => {
    it("by action, level, result and credential, and by several at once", async () => {
      const ann = await someone();
      keyturn.clock.advance({ seconds: 1 });
      await keyturn.anyone.mutate("login", { loginName: ann.loginName, password: "wrong-in-every-way" });
      await ann.client.mutate("updateProfile", { displayName: "Ann" });
      expect(await actionsOf({ action: "login.failed" })).toEqual(["login.failed"]);
      expect(await actionsOf({ result: "FAILED" })).toEqual(["login.failed"]);
      expect(await actionsOf({ level: "NOTICE" })).toEqual(["login.failed", "account.created"]);
      expect(await actionsOf({ credential: "SESSION" })).toEqual(["profile.updated", "account.created"]);
      expect(await actionsOf({ credential: "SESSION", level: "INFORMATION" })).toEqual(["profile.updated"]);
      expect(await actionsOf({ credential: "SESSION", result: "FAILED" })).toEqual([]);
      const empty = { action: null, accountId: null, level: null, result: null, from: null, to: null };
      expect(await find({ ...empty, credential: null, requestId: null })).toEqual(await find({}));
    });

    it("by the account that acted or was acted on, and by nobody's id finds nothing", async () => {
      const ann = await someone();
      await someone();
      const all = ["login.succeeded", "account.created"];
      expect(await actionsOf({ accountId: ann.id })).toEqual(all);
      expect(await actionsOf({ accountId: ann.id.toUpperCase() })).toEqual(all);
      expect(await actionsOf({ accountId: administrator.id, action: "account.created" })).toHaveLength(2);
      for (const accountId of [NOBODY, "nobody", "", "\0"]) expect(await find({ accountId })).toEqual([]);
    });

    it("by the id of a request", async () => {
      const { headers } = await keyturn.anyone.send(
        'mutation { login(input: { loginName: "nobody", password: "wrong-in-every-way" }) { __typename } }',
      );
      const requestId = headers.get("x-request-id");
      expect(await actionsOf({ requestId })).toEqual(["login.failed"]);
      for (const other of [NOBODY, "request", "\0"]) expect(await find({ requestId: other })).toEqual([]);
    });

    it("from a moment on, and up to another, which is not part of it", async () => {
      await record(3, 2);
      const now = keyturn.clock.now();
      const at = (seconds: number): string => new Date(now + seconds * 1000).toISOString();
      const count = async (filter: object): Promise<number> =>
        (await find({ action: "login.failed", ...filter })).length;
      expect(await count({ from: at(-1) })).toBe(4);
      expect(await count({ to: at(-1) })).toBe(2);
      expect(await count({ from: at(-1), to: at(0) })).toBe(2);
      expect(await count({ from: at(0), to: at(0) })).toBe(0);
    });
  });

  it("is for administrators, and for tokens that have the scope", async () => {
    const ann = await someone();
    const tokenWith = async (...scopes: string[]): Promise<string> => {
      const input = { name: "script", scopes };
      const answer = await administrator.client.mutate(
        "createApiToken",
        input,
        "... on ApiTokenCreated { token }",
      );
      return answer.token;
    };
    const codeFor = async (client = keyturn.anyone): Promise<string> =>
      (await client.send(QUERY)).body.errors?.[0].extensions.code ?? "listed";
    expect(await codeFor()).toBe("UNAUTHENTICATED");
    expect(await codeFor(ann.client)).toBe("FORBIDDEN");
    expect(await codeFor(withPassword(keyturn, ann))).toBe("FORBIDDEN");
    expect(await codeFor(withToken(keyturn, await tokenWith("account:read", "admin:write")))).toBe(
      "FORBIDDEN",
    );
    expect(await codeFor(withToken(keyturn, await tokenWith("admin:read")))).toBe("listed");
    expect(await codeFor(withPassword(keyturn, administrator))).toBe("listed");
  });

  it("never shows a secret, whatever was sent", async () => {
    const wrong = "wrong-in-every-way";
    const ann = await turnTwoFactorOn(keyturn, await someone());
    keyturn.clock.advance({ seconds: 30 });
    const [code, unusedCode] = [ann.app.code(), ann.app.code(1)];
    const asked = { loginName: ann.loginName, password: ann.password };
    const byCode = { ...asked, proof: { verificationCode: code } };
    const { sessionToken } = await keyturn.anyone.mutate("login", byCode, LOGIN);
    await keyturn.anyone.mutate("login", byCode);
    const { challenge } = await keyturn.anyone.mutate("login", asked, LOGIN);
    const [recoveryCode] = ann.recoveryCodes;
    await keyturn.anyone.mutate("completeLogin", { challenge, proof: { recoveryCode } });
    await keyturn.anyone.mutate("login", { loginName: ann.loginName, password: wrong });
    await withPassword(keyturn, { ...ann, password: wrong }).send("{ viewer { id } }");
    const input = { name: "script", scopes: ["account:read"] };
    const { token } = await ann.client.mutate("createApiToken", input, "... on ApiTokenCreated { token }");
    await withToken(keyturn, `${token}x`).send("{ viewer { id } }");
    await keyturn.settle();
    const text = JSON.stringify(await everyPage(100));
    expect(text).toContain("api-token.created");
    const secrets = { wrong, password: ann.password, code, unusedCode, sessionToken, challenge, token };
    for (const [name, secret] of Object.entries({ ...secrets, recoveryCode, totp: ann.app.secret }))
      expect([name, text.includes(`${secret}`)]).toEqual([name, false]);
  });
});

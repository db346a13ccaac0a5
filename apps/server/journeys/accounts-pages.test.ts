import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../src/platform/id.js";
import type { Client } from "./stage/client.js";
import { changeRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logInAdministrator,
  type ProtectedPerson,
  withToken,
} from "./stage/people.js";

const CROWD = 240;
const PAGE = `query($first: Int, $after: String) {
  accounts(first: $first, after: $after) {
    totalCount
    edges { cursor node { loginName } }
    nodes { loginName }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const NESTED = `{
  accounts(first: 100) {
    totalCount
    nodes {
      loginName
      sessions { id }
      apiTokens { name }
      twoFactor { state authenticators { name } recoveryCodesRemaining }
    }
  }
}`;

describeOnBoth("pages of accounts", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let ann: ProtectedPerson;
  const pageOf = async (variables: object, client: Client = administrator.client) =>
    (await client.query(PAGE, variables)).accounts;
  const refusalOf = async (variables: object) => {
    const { body } = await administrator.client.send(PAGE, variables);
    return body.errors?.[0].extensions;
  };
  const tokenOf = async (scopes: string[]): Promise<Client> => {
    const selection = "... on ApiTokenCreated { token }";
    const input = { name: "script", scopes };
    return withToken(keyturn, (await administrator.client.mutate("createApiToken", input, selection)).token);
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
    ann = await createProtectedPerson(keyturn, administrator, "ann");
    await ann.client.mutate("createApiToken", { name: "of ann", scopes: ["account:read"] });
    await addCrowd(keyturn, ann.id);
  });
  afterAll(() => keyturn.close());

  it("hold everyone once, the oldest first, with a cursor each", async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (const size of [100, 100, 42]) {
      const page: Awaited<ReturnType<typeof pageOf>> = await pageOf({ first: 100, after });
      expect(page.edges).toHaveLength(size);
      expect(page.nodes).toEqual(page.edges.map(({ node }: { node: object }) => node));
      const cursors = page.edges.map(({ cursor }: { cursor: string }) => cursor);
      expect(page.pageInfo).toEqual({
        hasNextPage: size === 100,
        hasPreviousPage: after !== null,
        startCursor: cursors[0],
        endCursor: cursors.at(-1),
      });
      expect(page.totalCount).toBe(CROWD + 2);
      seen.push(...page.nodes.map(({ loginName }: { loginName: string }) => loginName));
      after = page.pageInfo.endCursor;
    }
    expect(new Set(seen).size).toBe(CROWD + 2);
    expect(seen.slice(2)).toEqual(crowdNames());
    const beyond = await pageOf({ after });
    expect(beyond).toMatchObject({ edges: [], pageInfo: { hasNextPage: false, startCursor: null } });
  });

  it("begin after any row, not only after a page", async () => {
    const { edges } = await pageOf({ first: 10 });
    const { nodes } = await pageOf({ first: 3, after: edges[4].cursor });
    expect(nodes).toEqual(edges.slice(5, 8).map(({ node }: { node: object }) => node));
  });

  it("neither lose nor repeat anyone while accounts come and go between them", async () => {
    const seen: string[] = [];
    const made: string[] = [];
    const gone: string[] = [];
    let after: string | null = null;
    for (let round = 0; ; round += 1) {
      const page: Awaited<ReturnType<typeof pageOf>> = await pageOf({ first: 37, after });
      seen.push(...page.nodes.map(({ loginName }: { loginName: string }) => loginName));
      after = page.pageInfo.endCursor;
      if (page.pageInfo.hasNextPage === false) break;
      keyturn.clock.advance({ seconds: 1 });
      const fresh = await createPerson(administrator, `fresh-${round}`);
      made.push(fresh.loginName);
      // One that was shown, the row of the cursor itself, and one that was not shown yet.
      const victims = [seen.at(-3), seen.at(-1), `crowd-${String(239 - round).padStart(3, "0")}`];
      for (const name of victims) {
        await deleteByName(name ?? "");
        gone.push(name ?? "");
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(made));
    const stayed = crowdNames().filter((name) => !gone.includes(name));
    expect(seen).toEqual(expect.arrayContaining(stayed));
    expect((await pageOf({ first: 1 })).totalCount).toBe(stayed.length + made.length + 2);
  });

  const deleteByName = async (search: string): Promise<void> => {
    const text = "query($filter: AccountFilter) { accounts(filter: $filter) { nodes { id } } }";
    const { accounts } = await administrator.client.query(text, { filter: { search } });
    const input = { accountId: accounts.nodes[0].id };
    expect((await administrator.client.mutate("deleteAccount", input)).__typename).toBe("AccountDeleted");
  };

  it("have 50 rows, or 1 to 100 where that is asked for", async () => {
    expect((await pageOf({})).edges).toHaveLength(50);
    expect((await pageOf({ first: null, after: null })).edges).toHaveLength(50);
    expect((await pageOf({ first: 1 })).edges).toHaveLength(1);
    expect((await pageOf({ first: 100 })).edges).toHaveLength(100);
    for (const first of [0, -1, 101, 2_147_483_647])
      expect(await refusalOf({ first })).toMatchObject({ code: "BAD_USER_INPUT", path: ["first"] });
  });

  it.each([
    ["", "nothing"],
    ["!!", "no Base64"],
    ["MQ", "a number alone"],
    [Buffer.from("1 ' OR 1=1").toString("base64url"), "a piece of SQL"],
    [Buffer.from(`0001 ${"0".repeat(36)}`).toString("base64url"), "no id"],
  ])("do not begin after %j: %s", async (after) => {
    expect(await refusalOf({ after })).toMatchObject({ code: "BAD_USER_INPUT", path: ["after"] });
  });

  describe("with what hangs below their accounts", () => {
    it("show each account's own", async () => {
      const { nodes } = (await administrator.client.query(NESTED)).accounts;
      expect(nodes).toHaveLength(100);
      const shown = nodes.find(({ loginName }: { loginName: string }) => loginName === "ann");
      expect(shown).toMatchObject({
        sessions: [{ id: expect.any(String) }],
        apiTokens: [{ name: "of ann" }],
        twoFactor: { state: "ENABLED", authenticators: [{}], recoveryCodesRemaining: 10 },
      });
      for (const { loginName, sessions, apiTokens, twoFactor } of nodes.slice(2)) {
        expect([sessions, apiTokens], loginName).toEqual([[], []]);
        expect(twoFactor, loginName).toEqual({
          ...{ state: "DISABLED", authenticators: [], recoveryCodesRemaining: 0 },
        });
      }
    });

    it("cost seven statements, whether they hold a hundred accounts or one", async () => {
      for (const document of [NESTED, NESTED.replace("first: 100", "first: 1")]) {
        await keyturn.settle();
        keyturn.takeStatements();
        await administrator.client.query(document);
        const statements = keyturn.takeStatements();
        expect(statements.length, statements.join("\n")).toBe(7);
      }
    });

    it("show it of 300 accounts in one request, and of no more, whatever names the pages bear", async () => {
      const page = (alias: string): string => `${alias}: accounts(first: 100) { nodes { sessions { id } } }`;
      const few = await administrator.client.query(`{ ${["a", "b", "c"].map(page).join(" ")} }`);
      expect(few.c.nodes).toHaveLength(100);
      const { body } = await administrator.client.send(`{ ${["a", "b", "c", "d"].map(page).join(" ")} }`);
      const shown = Object.values<typeof few.c>(body.data).flatMap(({ nodes }) => nodes);
      expect(shown.filter(({ sessions }) => sessions !== null)).toHaveLength(300);
      expect(body.errors).toHaveLength(100);
      expect(body.errors[0]).toMatchObject({
        message: "first: one request can ask this of 300 accounts at most. Ask for smaller pages.",
        extensions: { code: "BAD_USER_INPUT", path: ["first"] },
      });
    });

    it("show it to an API token with admin:read, their own with account:read, and not to one without", async () => {
      const document = NESTED.replace("100", "2");
      const { accounts } = await (await tokenOf(["admin:read", "account:read"])).query(document);
      expect(accounts.nodes.flatMap(apiTokensOf)).toContain("of ann");
      const { body: others } = await (await tokenOf(["admin:read"])).send(document);
      expect(others.data.accounts.nodes.flatMap(apiTokensOf)).toEqual(["of ann"]);
      for (const { extensions } of others.errors)
        expect(extensions).toMatchObject({ code: "FORBIDDEN", requiredScope: "account:read" });
      for (const scopes of [["admin:write", "account:read", "account:write"], ["account:read"]]) {
        const { body } = await (await tokenOf(scopes)).send(NESTED);
        expect(body.data).toBeNull();
        expect(body.errors[0].extensions).toMatchObject({ code: "FORBIDDEN", requiredScope: "admin:read" });
      }
      const { body } = await ann.client.send(NESTED);
      expect(body.errors[0].extensions).toMatchObject({ code: "FORBIDDEN", requiredRole: "ADMINISTRATOR" });
    });
  });
});

function apiTokensOf({ apiTokens }: { apiTokens: { name: string }[] | null }): string[] {
  return (apiTokens ?? []).map(({ name }) => name);
}

function crowdNames(): string[] {
  return Array.from({ length: CROWD }, (_, index) => `crowd-${String(index).padStart(3, "0")}`);
}

/** Copies a row past the server: a hash for each of hundreds would only take time. */
async function addCrowd(keyturn: Keyturn, copiedId: string): Promise<void> {
  const start = keyturn.clock.now();
  for (const [index, name] of crowdNames().entries())
    await changeRows(
      keyturn,
      `INSERT INTO accounts (id, login_name, login_name_key, display_name, display_name_key, locale, kind, role,
         role_changed_at, failed_attempts, undecided_attempts, wrong_codes, stamp, created_at)
       SELECT $1, $2, $2, $2, $2, locale, kind, role, role_changed_at, 0, '', 0, 0, $3 FROM accounts WHERE id = $4`,
      [newId(start + 1 + index), name, start + 1 + index, copiedId],
    );
  keyturn.clock.advance({ seconds: 1 });
}

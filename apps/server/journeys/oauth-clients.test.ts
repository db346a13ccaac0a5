import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { authorizeApplication } from "./stage/oauth.js";
import {
  createPerson,
  type LoggedInPerson,
  logInAdministrator,
  type Person,
  withToken,
} from "./stage/people.js";

const FIELDS = `id name type redirectUris grantTypes scopes access enabled idTokenAlgorithm createdAt
  serviceAccount { loginName } allowedAccounts { totalCount nodes { loginName } }`;
const CREATED = `... on OAuthClientCreated { clientSecret client { ${FIELDS} } } ... on LimitReached { limit }`;
const UPDATED = `... on OAuthClientUpdated { client { ${FIELDS} } }`;
const ROTATED = "... on OAuthClientSecretRotated { clientSecret client { id } }";
const DELETED = "... on OAuthClientDeleted { id }";
const BACK = "https://photos.example.com/back";
const MINIMAL = { name: "Photos", redirectUris: [BACK], scopes: ["openid"] };
const UNKNOWN_ID = "018cc251-f400-7000-8000-000000000000";
const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");

describeOnBoth("the administration of OAuth clients", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let ann: Person;
  let bob: Person;
  let robot: Person;

  const create = (more: object = {}) =>
    administrator.client.mutate("createOAuthClient", { ...MINIMAL, ...more }, CREATED);
  const update = (input: object) => administrator.client.mutate("updateOAuthClient", input, UPDATED);
  const refusalOf = async (name: string, input: object) => {
    const document = `mutation($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
      ${name}(input: $input) { __typename } }`;
    const { body } = await administrator.client.send(document, { input });
    const { code, path } = body.errors[0].extensions;
    return [code, ...(path ?? [])].join(" ");
  };
  const events = async (action: string) => {
    const document = `query($action: String) { auditEvents(filter: { action: $action }) { nodes {
      actorLoginName subjectLoginName credential details { name value } } } }`;
    const { auditEvents } = await administrator.client.query(document, { action });
    return auditEvents.nodes.map(({ details, ...event }: { details: { name: string; value: string }[] }) => ({
      ...event,
      ...Object.fromEntries(details.map(({ name, value }) => [name, value])),
    }));
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_SCOPES: "orders:read=Read orders" });
    administrator = await logInAdministrator(keyturn);
    ann = await createPerson(administrator, "ann");
    bob = await createPerson(administrator, "bob");
    robot = await createPerson(administrator, "robot", { kind: "SERVICE" });
  });
  afterAll(() => keyturn.close());
  beforeEach(() => changeRows(keyturn, "DELETE FROM oauth_clients"));

  it("makes a client with what is absent as the contract says, and shows its secret once", async () => {
    const { client, clientSecret } = await create();
    expect(client).toMatchObject({
      ...{ ...MINIMAL, type: "CONFIDENTIAL", grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"] },
      ...{ access: "EVERYONE", enabled: true, idTokenAlgorithm: "RS256", serviceAccount: null },
      allowedAccounts: { totalCount: 0, nodes: [] },
    });
    expect(client.id).toMatch(/^[0-9A-Za-z]{24}$/);
    expect(clientSecret).toMatch(/^[0-9A-Za-z]{43}$/);
    const [row] = await readRows(keyturn, "SELECT * FROM oauth_clients");
    expect(row).toMatchObject({ id: client.id, secret_hash: digest(clientSecret) });
    expect(JSON.stringify(row)).not.toContain(clientSecret);
    const { body } = await administrator.client.send(`{ oauthClients { nodes { ${FIELDS} } } }`);
    expect(body.data.oauthClients.nodes).toEqual([client]);
  });

  it("makes a public client without a secret, and draws none for it later", async () => {
    const { client, clientSecret } = await create({ type: "PUBLIC" });
    expect([client.type, clientSecret]).toEqual(["PUBLIC", null]);
    expect(await refusalOf("rotateOAuthClientSecret", { id: client.id })).toBe("BAD_USER_INPUT input id");
  });

  it("makes a client for a machine, and one for those on a list", async () => {
    const machine = { grantTypes: ["CLIENT_CREDENTIALS"], redirectUris: [], serviceAccountId: robot.id };
    expect((await create({ ...machine, scopes: ["orders:read"] })).client).toMatchObject({
      ...{ redirectUris: [], serviceAccount: { loginName: "robot" } },
    });
    const listed = { access: "LISTED", allowedAccountIds: [bob.id, ann.id.toUpperCase(), bob.id] };
    const { client } = await create(listed);
    const nodes = [{ loginName: "ann" }, { loginName: "bob" }];
    expect(client.allowedAccounts).toEqual({ totalCount: 2, nodes });
  });

  it.each([
    ["a name of nothing", { name: " " }, "BAD_USER_INPUT input name"],
    ["a name of 129 characters", { name: "x".repeat(129) }, "BAD_USER_INPUT input name"],
    ["no redirect URI for a code", { redirectUris: [] }, "BAD_USER_INPUT input redirectUris"],
    ["no grant type", { grantTypes: [] }, "BAD_USER_INPUT input grantTypes"],
    [
      "a grant type twice",
      { grantTypes: ["AUTHORIZATION_CODE", "AUTHORIZATION_CODE"] },
      "BAD_USER_INPUT input grantTypes",
    ],
    ["refreshing alone", { grantTypes: ["REFRESH_TOKEN"] }, "BAD_USER_INPUT input grantTypes"],
    [
      "a public machine",
      { type: "PUBLIC", grantTypes: ["CLIENT_CREDENTIALS"] },
      "BAD_USER_INPUT input grantTypes",
    ],
    [
      "a machine without an account",
      { grantTypes: ["CLIENT_CREDENTIALS"] },
      "BAD_USER_INPUT input serviceAccountId",
    ],
    ["a service account that is none", { serviceAccountId: UNKNOWN_ID }, "NOT_FOUND"],
    ["a service account without the form of an id", { serviceAccountId: "robot" }, "NOT_FOUND"],
    ["no scope", { scopes: [] }, "BAD_USER_INPUT input scopes"],
    ["a list for everyone", { allowedAccountIds: [] }, "BAD_USER_INPUT input allowedAccountIds"],
    ["nobody on the list", { access: "LISTED", allowedAccountIds: [UNKNOWN_ID] }, "NOT_FOUND"],
  ])("refuses %s, and makes nothing", async (_, more, expected) => {
    expect(await refusalOf("createOAuthClient", { ...MINIMAL, ...more })).toBe(expected);
    expect(await readRows(keyturn, "SELECT id FROM oauth_clients")).toEqual([]);
  });

  it("refuses a person in place of a service account, and a service account of a public client", async () => {
    const machine = { grantTypes: ["CLIENT_CREDENTIALS"], serviceAccountId: ann.id };
    const expected = "BAD_USER_INPUT input serviceAccountId";
    expect(await refusalOf("createOAuthClient", { ...MINIMAL, ...machine })).toBe(expected);
    const open = { type: "PUBLIC", serviceAccountId: robot.id };
    expect(await refusalOf("createOAuthClient", { ...MINIMAL, ...open })).toBe(expected);
  });

  it.each([
    ["javascript:alert(1)", "expected https, or http on localhost"],
    ["http://photos.example.com/", "expected https"],
    ["https://photos.example.com/#top", "no part after a #"],
    ["https://*.example.com/", "without *"],
    ["com.example.app:/callback", "for a public client"],
    ["https://photos.example.com/?state=x", "none of code, state, iss and error"],
  ])("names the redirect URI %s, and what is expected", async (uri, expected) => {
    const answer = await create({ redirectUris: [BACK, uri] });
    expect(answer).toMatchObject({ code: "INVALID_REDIRECT_URI", path: ["input", "redirectUris"] });
    expect(answer.message).toContain(uri);
    expect(answer.message).toContain(expected);
    const { client } = await create();
    expect((await update({ id: client.id, redirectUris: [uri] })).code).toBe("INVALID_REDIRECT_URI");
  });

  it("says that there are too many redirect URIs in the shape in which it says that one is wrong", async () => {
    const redirectUris = range(21).map((index) => `https://photos.example.com/${index}`);
    const { client } = await create();
    const answers = [await create({ redirectUris }), await update({ id: client.id, redirectUris })];
    const message = "No more than 20 redirect URIs can be registered.";
    for (const answer of answers)
      expect(answer).toMatchObject({
        code: "INVALID_REDIRECT_URI",
        path: ["input", "redirectUris"],
        message,
      });
  });

  it("takes the scheme of an application on a device for a public client, later too", async () => {
    const redirectUris = ["com.example.app:/callback"];
    const { client } = await create({ type: "PUBLIC" });
    expect((await create({ type: "PUBLIC", redirectUris })).client.redirectUris).toEqual(redirectUris);
    expect((await update({ id: client.id, redirectUris })).client.redirectUris).toEqual(redirectUris);
  });

  it("knows Keyturn's scopes and the deployment's, and no other", async () => {
    const scopes = [
      ...["openid", "profile", "email", "offline_access", "account:read", "account:write"],
      ...["admin:read", "admin:write", "orders:read"],
    ];
    expect((await create({ scopes })).client.scopes).toEqual(scopes);
    const answer = await create({ scopes: ["openid", "orders:write"] });
    expect(answer).toMatchObject({ code: "UNKNOWN_SCOPE", path: ["input", "scopes"] });
  });

  it("makes 1,000 at most, and shows them page by page, the oldest first", async () => {
    const ids: string[] = [];
    for (const index of range(20)) ids.push((await create({ name: index })).client.id);
    const document = `query($after: String) { oauthClients(first: 8, after: $after) { totalCount
      nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
    const seen: string[] = [];
    let after: string | null = null;
    for (const size of [8, 8, 4]) {
      const { oauthClients: page } = await administrator.client.query(document, { after });
      expect([page.totalCount, page.nodes.length, page.pageInfo.hasNextPage]).toEqual([20, size, size === 8]);
      seen.push(...page.nodes.map(({ id }: { id: string }) => id));
      after = page.pageInfo.endCursor;
    }
    expect([...seen].sort()).toEqual([...ids].sort());
    const columns =
      "name, secret_hash, redirect_uris, grant_types, scopes, access, id_token_algorithm, enabled, created_at";
    const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 979)";
    await changeRows(
      keyturn,
      `${numbers} INSERT INTO oauth_clients (id, ${columns}) SELECT 'bulk' || i, ${columns} FROM n
       CROSS JOIN (SELECT * FROM oauth_clients LIMIT 1) c`,
    );
    expect((await create()).__typename).toBe("OAuthClientCreated");
    expect(await create()).toMatchObject({ code: "LIMIT_REACHED", limit: 1000 });
  });

  it("finds clients by a part of their name in any case, or by their id, and one by its id alone", async () => {
    const made: Record<string, string> = {};
    for (const name of ["Straße 100%", "STRASSE shop", "Ibrahim's", "日本 Shop"])
      made[name] = (await create({ name })).client.id;
    const document = `query($search: String, $after: String) {
      oauthClients(first: 1, after: $after, filter: { search: $search }) { totalCount nodes { name } pageInfo { endCursor } } }`;
    const find = async (search: string, after: string | null = null) => {
      const { oauthClients } = await administrator.client.query(document, { search, after });
      const { nodes, totalCount, pageInfo } = oauthClients;
      return {
        names: nodes.map(({ name }: { name: string }) => name),
        totalCount,
        after: pageInfo.endCursor,
      };
    };
    const first = await find("strasse");
    const second = await find("strasse", first.after);
    expect([...first.names, ...second.names].sort()).toEqual(["STRASSE shop", "Straße 100%"]);
    expect([first.totalCount, second.totalCount]).toEqual([2, 2]);
    expect(await find("100%")).toMatchObject({ names: ["Straße 100%"], totalCount: 1 });
    expect(await find("_")).toMatchObject({ names: [], totalCount: 0 });
    expect(await find("  ")).toMatchObject({ totalCount: 4 });
    expect(await find(made["日本 Shop"] ?? "")).toMatchObject({ names: ["日本 Shop"], totalCount: 1 });
    const one = "query($id: ID!) { oauthClient(id: $id) { name allowedAccounts { totalCount } } }";
    expect(await administrator.client.query(one, { id: made["Ibrahim's"] })).toMatchObject({
      oauthClient: { name: "Ibrahim's" },
    });
    expect(await administrator.client.query(one, { id: "nobody" })).toEqual({ oauthClient: null });
    const { body } = await administrator.client.send(document, { search: "x".repeat(201) });
    expect(body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
  });

  it("shows the accounts on each list page by page", async () => {
    await create({ access: "LISTED", allowedAccountIds: [ann.id, bob.id, robot.id] });
    await create({ access: "LISTED", allowedAccountIds: [bob.id] });
    const document = `query($after: String) { oauthClients { nodes { allowedAccounts(first: 1, after: $after) {
      totalCount nodes { loginName } pageInfo { hasNextPage endCursor } } } } }`;
    const lists = async (after: string | null) =>
      (await administrator.client.query(document, { after })).oauthClients.nodes.map(
        (node: { allowedAccounts: object }) => node.allowedAccounts,
      );
    const first = await lists(null);
    const seen = first.map((list: { nodes: unknown; totalCount: number }) => [list.totalCount, list.nodes]);
    expect(seen).toContainEqual([3, [{ loginName: "ann" }]]);
    expect(seen).toContainEqual([1, [{ loginName: "bob" }]]);
    const long = first.find((list: { totalCount: number }) => list.totalCount === 3);
    const next = await lists(long.pageInfo.endCursor);
    expect(next.every((list: { nodes: object[] }) => list.nodes.length === 1)).toBe(true);
    expect(next.map((list: { nodes: object[] }) => list.nodes[0])).toEqual([
      ...[{ loginName: "bob" }, { loginName: "bob" }],
    ]);
  });

  it("changes what is given, and leaves the rest", async () => {
    const { client } = await create({ access: "LISTED", allowedAccountIds: [ann.id] });
    const renamed = await update({ id: client.id, name: "Prints", enabled: false });
    expect(renamed.client).toEqual({ ...client, name: "Prints", enabled: false });
    const narrowed = await update({ id: client.id, scopes: ["email"], allowedAccountIds: [bob.id] });
    expect(narrowed.client).toMatchObject({
      ...{ name: "Prints", scopes: ["email"], allowedAccounts: { nodes: [{ loginName: "bob" }] } },
    });
    await update({ id: client.id, access: "EVERYONE" });
    const listed = await update({ id: client.id, access: "LISTED" });
    expect(listed.client.allowedAccounts.totalCount).toBe(0);
  });

  it.each([
    ["no name", { name: null }, "BAD_USER_INPUT input name"],
    ["no list", { allowedAccountIds: null }, "BAD_USER_INPUT input allowedAccountIds"],
    ["no state", { enabled: null }, "BAD_USER_INPUT input enabled"],
    ["no redirect URI", { redirectUris: [] }, "BAD_USER_INPUT input redirectUris"],
    ["a machine", { grantTypes: ["CLIENT_CREDENTIALS"] }, "BAD_USER_INPUT input serviceAccountId"],
    ["a list for everyone", { allowedAccountIds: [UNKNOWN_ID] }, "BAD_USER_INPUT input allowedAccountIds"],
    ["nobody on a list", { access: "LISTED", allowedAccountIds: [UNKNOWN_ID] }, "NOT_FOUND"],
  ])("refuses a change to %s, and changes nothing", async (_, change, expected) => {
    const { client } = await create();
    const before = await readRows(keyturn, "SELECT * FROM oauth_clients");
    expect(await refusalOf("updateOAuthClient", { id: client.id, ...change })).toBe(expected);
    expect(await readRows(keyturn, "SELECT * FROM oauth_clients")).toEqual(before);
  });

  it("can be disabled after its service account is gone", async () => {
    const gone = await createPerson(administrator, "gone", { kind: "SERVICE" });
    const machine = { grantTypes: ["CLIENT_CREDENTIALS"], redirectUris: [], serviceAccountId: gone.id };
    const { client } = await create(machine);
    await administrator.client.mutate("deleteAccount", { accountId: gone.id });
    const { client: after } = await update({ id: client.id, enabled: false });
    expect(after).toMatchObject({ enabled: false, serviceAccount: null });
  });

  it("draws another secret, and the one before is dead", async () => {
    const { client, clientSecret } = await create();
    const rotated = await administrator.client.mutate("rotateOAuthClientSecret", { id: client.id }, ROTATED);
    expect(rotated.clientSecret).not.toBe(clientSecret);
    const rows = await readRows(keyturn, "SELECT secret_hash FROM oauth_clients");
    expect(rows).toEqual([{ secret_hash: digest(rotated.clientSecret) }]);
    await keyturn.settle();
    const trail = await readRows(keyturn, "SELECT * FROM audit_events");
    const everywhere = `${JSON.stringify(trail)} ${keyturn.logged()}`;
    for (const secret of [clientSecret, rotated.clientSecret])
      for (const text of [secret, digest(secret)]) expect(everywhere).not.toContain(text);
  });

  it("deletes a client with its grants and tokens", async () => {
    const { clientId, token } = await authorizeApplication(keyturn, ann);
    expect((await withToken(keyturn, token).send("{ viewer { id } }")).status).toBe(200);
    const answer = await administrator.client.mutate("deleteOAuthClient", { id: clientId }, DELETED);
    expect(answer).toEqual({ __typename: "OAuthClientDeleted", id: clientId });
    expect((await withToken(keyturn, token).send("{ viewer { id } }")).status).toBe(401);
    for (const table of ["oauth_clients", "oauth_grants", "oauth_authorizations", "oauth_tokens"])
      expect(await readRows(keyturn, `SELECT * FROM ${table}`), table).toEqual([]);
  });

  it.each(["updateOAuthClient", "rotateOAuthClientSecret", "deleteOAuthClient"])(
    "%s finds nothing by an id that names none, of whatever form",
    async (name) => {
      for (const id of ["none", UNKNOWN_ID, "a\u0000b", "\ud800", ""])
        expect(await refusalOf(name, { id }), id).toBe("NOT_FOUND");
    },
  );

  it("records who did what to which client, and what it was before", async () => {
    const { client } = await create();
    await update({ id: client.id, name: "Prints", scopes: ["openid", "email"] });
    await administrator.client.mutate("rotateOAuthClientSecret", { id: client.id }, ROTATED);
    await administrator.client.mutate("deleteOAuthClient", { id: client.id }, DELETED);
    const by = { actorLoginName: "admin", subjectLoginName: null, credential: "SESSION", client: client.id };
    expect((await events("oauth-client.created"))[0]).toMatchObject({
      ...{ ...by, name: "Photos", type: "CONFIDENTIAL", redirectUris: BACK, scopes: "openid" },
    });
    expect((await events("oauth-client.updated"))[0]).toEqual({
      ...{ ...by, name: "Prints", nameBefore: "Photos", scopes: "openid → openid email" },
    });
    expect((await events("oauth-client.secret-rotated"))[0]).toEqual({ ...by, name: "Prints" });
    expect((await events("oauth-client.deleted"))[0]).toEqual({ ...by, name: "Prints" });
  });
});

/** So many redirect URIs, each another one. */
function range(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${BACK}/${index}`);
}

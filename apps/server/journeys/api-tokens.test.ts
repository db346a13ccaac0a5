import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator } from "./stage/people.js";

const CREATED = "... on ApiTokenCreated { apiToken { scopes expiresAt } } ... on LimitReached { limit }";

describeOnBoth("a new API token", (kind) => {
  let keyturn: Keyturn;
  let ann: LoggedInPerson;
  let people = 0;

  const create = (more: object = {}) =>
    ann.client.mutate("createApiToken", { name: "script", scopes: ["account:read"], ...more }, CREATED);
  const refusalOf = async (more: object) => {
    const input = { name: "script", scopes: ["account:read"], ...more };
    return (await ann.client.send(mutation("createApiToken"), { input })).body.errors?.[0].extensions;
  };
  const fromNow = (seconds: number): string => new Date(keyturn.clock.now() + seconds * 1000).toISOString();
  const count = async (): Promise<number> =>
    (await ann.client.query("{ viewer { apiTokens { id } } }")).viewer.apiTokens.length;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_SCOPES: "orders:read=Read your orders" });
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    people += 1;
    ann = await logIn(keyturn, await createPerson(await logInAdministrator(keyturn), `ann-${people}`));
  });

  it("has scopes that the server knows, its own and the deployment's, each once", async () => {
    const scopes = ["orders:read", "account:read", "orders:read"];
    expect((await create({ scopes })).apiToken.scopes).toEqual(["orders:read", "account:read"]);
    const unknown = await create({ scopes: ["account:read", "orders:write"] });
    expect(unknown).toMatchObject({
      __typename: "UnknownScope",
      code: "UNKNOWN_SCOPE",
      path: ["input", "scopes"],
    });
    expect(unknown.message).toContain("orders:write");
    expect((await create({ scopes: ["openid"] })).__typename).toBe("UnknownScope");
    expect(await count()).toBe(1);
  });

  it("has at least one scope, and none of an administrator's where its owner is none", async () => {
    const none = { code: "BAD_USER_INPUT", path: ["input", "scopes"] };
    expect(await refusalOf({ scopes: [] })).toMatchObject(none);
    for (const scope of ["admin:read", "admin:write"])
      expect(await refusalOf({ scopes: ["account:read", scope] })).toMatchObject({ code: "FORBIDDEN" });
    expect(await count()).toBe(0);
  });

  it("ends in the future or never", async () => {
    const past = { code: "BAD_USER_INPUT", path: ["input", "expiresAt"] };
    expect(await refusalOf({ expiresAt: fromNow(0) })).toMatchObject(past);
    expect(await refusalOf({ expiresAt: fromNow(-86_400) })).toMatchObject(past);
    expect((await create({ expiresAt: fromNow(1) })).apiToken.expiresAt).toBe(fromNow(1));
    expect((await create({ expiresAt: null })).apiToken.expiresAt).toBeNull();
  });

  it("is one of fifty at most, also where sixty are made at once", async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => create()));
    expect(answers.filter(({ __typename }) => __typename === "ApiTokenCreated")).toHaveLength(50);
    expect(await count()).toBe(50);
    expect(await create()).toMatchObject({ __typename: "LimitReached", code: "LIMIT_REACHED", limit: 50 });
    const { viewer } = await ann.client.query("{ viewer { apiTokens { id } } }");
    await ann.client.mutate("revokeApiToken", { id: viewer.apiTokens[0].id });
    expect((await create()).__typename).toBe("ApiTokenCreated");
  });
});

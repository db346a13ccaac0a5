import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { countersOf, failLogins } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  withToken,
} from "./stage/people.js";

const TOKEN = "... on ApiTokenCreated { token apiToken { id scopes } } ... on LimitReached { limit }";
const UNKNOWN_ID = "018cc251-f400-7000-8000-000000000000";

describeOnBoth("an administrator", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;

  const nextName = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const someone = (more: Record<string, unknown> = {}): Promise<Person> =>
    createPerson(administrator, nextName(), more);
  const changeRole = (by: LoggedInPerson, { id }: Person, role: string) =>
    by.client.mutate("changeAccountRole", { accountId: id, role });
  const tokenOf = async (person: LoggedInPerson, scopes: string[]): Promise<string> =>
    (await person.client.mutate("createApiToken", { name: "script", scopes }, TOKEN)).token;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_SCOPES: "orders:read=Read your orders" });
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
  });

  describe("by a token with admin:write", () => {
    it("makes and unlocks accounts, but none that is an administrator's", async () => {
      const client = withToken(keyturn, await tokenOf(administrator, ["admin:write"]));
      const input = { loginName: nextName(), displayName: "By token", password: "violet-anchor-3" };
      expect((await client.mutate("createAccount", input)).__typename).toBe("AccountCreated");
      expect((await keyturn.events("account.created")).at(-1)?.credential).toBe("API_TOKEN");
      const person = await someone();
      await failLogins(keyturn, person.loginName, 10);
      const unlocked = await client.mutate("unlockAccount", { accountId: person.id });
      expect(unlocked.__typename).toBe("AccountUnlocked");
      expect((await countersOf(keyturn, person.loginName)).lockedAt).toBeNull();
      await changeRole(administrator, person, "ADMINISTRATOR");
      for (const accountId of [person.id, administrator.id])
        expect(await client.refusal("unlockAccount", { accountId })).toBe("FORBIDDEN");
      expect(await client.refusal("unlockAccount", { accountId: UNKNOWN_ID })).toBe("NOT_FOUND");
      await changeRole(administrator, person, "USER");
    });

    it("does nothing that asks for a session, and nothing without the scope or the role", async () => {
      const person = await someone();
      const writes = withToken(keyturn, await tokenOf(administrator, ["admin:write", "account:write"]));
      const reads = withToken(keyturn, await tokenOf(administrator, ["admin:read"]));
      const role = { accountId: person.id, role: "ADMINISTRATOR" };
      expect(await writes.refusal("changeAccountRole", role)).toBe("CREDENTIAL_NOT_ACCEPTED");
      const reset = { accountId: person.id, reason: "Lost" };
      expect(await writes.refusal("resetTwoFactor", reset)).toBe("CREDENTIAL_NOT_ACCEPTED");
      expect(await writes.refusal("updateSecurityPolicy", {})).toBe("CREDENTIAL_NOT_ACCEPTED");
      expect(await reads.refusal("unlockAccount", { accountId: person.id })).toBe("FORBIDDEN");
      const { client } = await logIn(keyturn, person);
      expect(await client.refusal("unlockAccount", { accountId: person.id })).toBe("FORBIDDEN");
      const asked = { name: "script", scopes: ["admin:write"] };
      expect(await client.refusal("createApiToken", asked)).toBe("FORBIDDEN");
    });
  });

  describe("makes tokens", () => {
    const make = ({ id }: Person, scopes: string[]) =>
      administrator.client.send(mutation("createServiceApiToken", TOKEN), {
        input: { accountId: id, name: "robot", scopes },
      });

    it("for service accounts, with an admin scope only for one that is an administrator", async () => {
      const service = await someone({ kind: "SERVICE" });
      const { body } = await make(service, ["account:read", "orders:read"]);
      const { token } = body.data.createServiceApiToken;
      const { viewer } = await withToken(keyturn, token).query("{ viewer { loginName kind } }");
      expect(viewer).toEqual({ loginName: service.loginName, kind: "SERVICE" });
      const refused = await make(service, ["admin:read"]);
      expect(refused.body.errors[0].extensions).toMatchObject({ code: "FORBIDDEN" });
      await changeRole(administrator, service, "ADMINISTRATOR");
      const made = (await make(service, ["admin:read"])).body.data.createServiceApiToken;
      const read = await withToken(keyturn, made.token).query(`{ account(id: "${service.id}") { role } }`);
      expect(read.account.role).toBe("ADMINISTRATOR");
      await changeRole(administrator, service, "USER");
    });

    it("for nobody else, not even themselves, by that way", async () => {
      for (const other of [await someone(), await someone({ kind: "GUEST" }), administrator])
        expect((await make(other, ["account:read"])).body.errors[0].extensions.code).toBe("NOT_FOUND");
      const nobody = { ...administrator, id: UNKNOWN_ID };
      expect((await make(nobody, ["account:read"])).body.errors[0].extensions.code).toBe("NOT_FOUND");
    });
  });
});

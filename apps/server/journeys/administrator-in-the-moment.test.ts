import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { inTheMoment } from "./stage/in-the-moment.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  withToken,
} from "./stage/people.js";

const NEW_PASSWORD = "seven-quiet-lanterns";

/** What an administrator does to an account, each with an input that would change something. */
const CHANGES: Readonly<Record<string, object>> = {
  updateAccount: { displayName: "Changed", loginName: "changed" },
  changeAccountEmailAddress: { emailAddress: "changed@example.com" },
  changeAccountRole: { role: "ADMINISTRATOR" },
  suspendAccount: { reason: "Changed" },
  reinstateAccount: {},
  unlockAccount: {},
  setAccountPassword: { newPassword: NEW_PASSWORD },
  revokeAccountSessions: { reason: "Changed" },
  deleteAccount: {},
};
const BY_TOKEN = ["updateAccount", "suspendAccount", "reinstateAccount", "unlockAccount"];

describeOnBoth("an administrator who ceases to be one in the moment of a change", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let eve: LoggedInPerson;
  let ann: Person;
  let people = 0;

  const nextName = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const become = (whom: Person, role: string) =>
    administrator.client.mutate("changeAccountRole", { accountId: whom.id, role });
  const ENDS: Readonly<Record<string, () => Promise<unknown>>> = {
    "is demoted": () => become(eve, "USER"),
    "is suspended": () =>
      administrator.client.mutate("suspendAccount", { accountId: eve.id, reason: "Leave" }),
    "is deleted": () => administrator.client.mutate("deleteAccount", { accountId: eve.id }),
    "logs out": () => eve.client.mutate("logout", {}),
    "is logged out": () =>
      administrator.client.mutate("revokeAccountSessions", { accountId: eve.id, reason: "Lost" }),
    "gets another password": () =>
      administrator.client.mutate("setAccountPassword", { accountId: eve.id, newPassword: NEW_PASSWORD }),
  };

  const everythingOf = async ({ id }: Person) => ({
    account: await readRows(keyturn, "SELECT * FROM accounts WHERE id = $1", [id]),
    sessions: await readRows(keyturn, "SELECT id FROM sessions WHERE account_id = $1", [id]),
    events: await readRows(keyturn, "SELECT action FROM audit_events WHERE subject_id = $1", [id]),
  });

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
    eve = await logIn(keyturn, await createPerson(administrator, nextName()));
    ann = await logIn(keyturn, await createPerson(administrator, nextName()));
    await become(eve, "ADMINISTRATOR");
  });

  describe.each(Object.keys(ENDS))("who %s", (name) => {
    it("changes nothing of another's account any more", async () => {
      for (const [change, input] of Object.entries(CHANGES)) {
        const before = await everythingOf(ann);
        const { body } = await inTheMoment(
          keyturn,
          () => ENDS[name]?.() ?? Promise.resolve(),
          () => eve.client.send(mutation(change), { input: { accountId: ann.id, ...input } }),
        );
        expect(body.errors?.[0].extensions.code, change).toBe("INVALID_CREDENTIALS");
        expect(await everythingOf(ann), change).toEqual(before);
        eve = await logIn(keyturn, await createPerson(administrator, nextName()));
        await become(eve, "ADMINISTRATOR");
      }
    });

    it("makes no account, and no token for a service account", async () => {
      const robot = await createPerson(administrator, nextName(), { kind: "SERVICE" });
      const loginName = nextName();
      const made = {
        createAccount: { loginName, displayName: "Made", password: NEW_PASSWORD },
        createServiceApiToken: { accountId: robot.id, name: "robot", scopes: ["account:read"] },
      };
      for (const [change, input] of Object.entries(made)) {
        const { body } = await inTheMoment(
          keyturn,
          () => ENDS[name]?.() ?? Promise.resolve(),
          () => eve.client.send(mutation(change), { input }),
        );
        expect(body.errors?.[0].extensions.code, change).toBe("INVALID_CREDENTIALS");
        eve = await logIn(keyturn, await createPerson(administrator, nextName()));
        await become(eve, "ADMINISTRATOR");
      }
      const left = await readRows(
        keyturn,
        `SELECT id FROM accounts WHERE login_name = $1 UNION SELECT id FROM api_tokens WHERE account_id = $2`,
        [loginName, robot.id],
      );
      expect(left).toEqual([]);
    });
  });

  it.each(["is demoted", "is suspended", "is deleted"])(
    "who %s changes nothing by an API token either",
    async (name) => {
      for (const change of BY_TOKEN) {
        const scopes = ["admin:read", "admin:write"];
        const selection = "... on ApiTokenCreated { token }";
        const { token } = await eve.client.mutate("createApiToken", { name: "script", scopes }, selection);
        const client = withToken(keyturn, token);
        // The first use is noted, by a transaction of its own.
        await client.query("{ accounts(first: 1) { totalCount } }");
        const before = await everythingOf(ann);
        const { body } = await inTheMoment(
          keyturn,
          () => ENDS[name]?.() ?? Promise.resolve(),
          () => client.send(mutation(change), { input: { accountId: ann.id, ...CHANGES[change] } }),
        );
        expect(body.errors?.[0].extensions.code, change).toBe("INVALID_CREDENTIALS");
        expect(await everythingOf(ann), change).toEqual(before);
        eve = await logIn(keyturn, await createPerson(administrator, nextName()));
        await become(eve, "ADMINISTRATOR");
      }
    },
  );

  it("reaches by a token nobody who becomes an administrator in that moment", async () => {
    const selection = "... on ApiTokenCreated { token }";
    const asked = { name: "script", scopes: ["admin:read", "admin:write"] };
    const { token } = await eve.client.mutate("createApiToken", asked, selection);
    const client = withToken(keyturn, token);
    await client.query("{ accounts(first: 1) { totalCount } }");
    for (const change of BY_TOKEN) {
      const { body } = await inTheMoment(
        keyturn,
        () => become(ann, "ADMINISTRATOR"),
        () => client.send(mutation(change), { input: { accountId: ann.id, ...CHANGES[change] } }),
      );
      expect(body.errors?.[0].extensions.code, change).toBe("FORBIDDEN");
      await become(ann, "USER");
    }
  });

  it("makes no token for a service account that is deleted in that moment", async () => {
    const service = await createPerson(administrator, nextName(), { kind: "SERVICE" });
    const input = { accountId: service.id, name: "script", scopes: ["account:read"] };
    const { body } = await inTheMoment(
      keyturn,
      () => administrator.client.mutate("deleteAccount", { accountId: service.id }),
      () => administrator.client.send(mutation("createServiceApiToken"), { input }),
    );
    expect(body.errors?.[0].extensions.code).toBe("NOT_FOUND");
  });

  it("has done what was answered as done, and nothing else, where both come at once", async () => {
    for (let round = 0; round < 4; round += 1) {
      const targets = await Promise.all(
        Array.from({ length: 6 }, async () => await createPerson(administrator, nextName())),
      );
      const changing = targets.map(({ id }) =>
        eve.client.send(mutation("updateAccount"), { input: { accountId: id, displayName: "Changed" } }),
      );
      await become(eve, "USER");
      const answers = await Promise.all(changing);
      for (const [index, { body }] of answers.entries()) {
        const text = "SELECT display_name AS name FROM accounts WHERE id = $1";
        const [row] = await readRows<{ name: string }>(keyturn, text, [targets[index]?.id ?? ""]);
        const isDone = body.data?.updateAccount?.__typename === "AccountUpdated";
        expect(row?.name === "Changed").toBe(isDone);
        if (!isDone) expect(["INVALID_CREDENTIALS", "FORBIDDEN"]).toContain(body.errors[0].extensions.code);
      }
      await become(eve, "ADMINISTRATOR");
    }
  });
});

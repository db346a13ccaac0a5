import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import type { Client } from "../journeys/stage/client.js";
import { readRows } from "../journeys/stage/counters.js";
import { describeOnBoth } from "../journeys/stage/databases.js";
import { type Keyturn, startKeyturn } from "../journeys/stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type ProtectedPerson,
  withPassword,
  withToken,
} from "../journeys/stage/people.js";
import { INPUTS } from "./inputs.js";
import { documentOf, everyOperation } from "./subjects.js";

const SCOPES = ["account:read", "account:write", "admin:read", "admin:write"];
const MADE = "... on ApiTokenCreated { token }";
const PASSWORD = "quiet-harbor-lantern-7";

/** The operations that a token can use at all and that change something: a new one belongs into the tests below. */
const FOR_TOKENS = [
  ...["createAccount", "reinstateAccount", "suspendAccount", "unlockAccount"],
  ...["updateAccount", "updateProfile"],
];

/** Inputs that would change something of the account that they name. */
const EFFECTIVE: Readonly<Record<string, object>> = {
  updateAccount: { loginName: "taken-over", displayName: "Taken over", locale: "ja" },
  changeAccountEmailAddress: { emailAddress: "mallory@example.com" },
  setAccountPassword: { newPassword: PASSWORD },
  changeAccountRole: { role: "USER" },
};

function operationsOnAccounts(): string[] {
  return everyOperation()
    .filter(({ name }) => "accountId" in (INPUTS[name]?.input ?? {}))
    .map(({ name }) => name);
}

test("tokens are accepted by these mutations alone", () => {
  const mutations = everyOperation().filter(
    ({ name, access }) =>
      documentOf(name).startsWith("mutation") && access.credentials?.includes("API_TOKEN") === true,
  );
  expect(mutations.map(({ name }) => name).sort()).toEqual(FOR_TOKENS);
  expect(operationsOnAccounts().length).toBeGreaterThan(9);
});

describeOnBoth("an administrator's API token with every scope", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let client: Client;
  let people = 0;

  const nextName = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const promote = ({ id }: { id: string }) =>
    administrator.client.mutate("changeAccountRole", { accountId: id, role: "ADMINISTRATOR" });
  const tokenOf = async (of: LoggedInPerson): Promise<string> =>
    (await of.client.mutate("createApiToken", { name: "script", scopes: SCOPES }, MADE)).token;
  const answerOf = async (by: Client, name: string, input: object): Promise<string> => {
    const { body } = await by.send(documentOf(name), { input });
    return body.errors?.[0]?.extensions.code ?? body.data[name].__typename;
  };
  const act = (name: string, accountId: string, by = client): Promise<string> =>
    answerOf(by, name, { ...INPUTS[name]?.input, accountId, ...EFFECTIVE[name] });

  /** What opens the accounts of these ids: none of it may ever come about, or go, by a token. */
  const whatOpens = async (ids: readonly string[]) =>
    await Promise.all(
      ids.map(async (id) => ({
        account: await readRows(
          keyturn,
          `SELECT password_hash, email_address, kind, role, two_factor_enabled_at, wrong_codes FROM accounts
           WHERE id = $1`,
          [id],
        ),
        factors: await readRows(
          keyturn,
          `SELECT id, sealed_secret FROM authenticators WHERE account_id = $1
           UNION SELECT id, account_id FROM recovery_codes WHERE account_id = $1 ORDER BY id`,
          [id],
        ),
        tokens: await readRows(
          keyturn,
          "SELECT id, scopes FROM api_tokens WHERE account_id = $1 ORDER BY id",
          [id],
        ),
      })),
    );
  const administrators = async (): Promise<string[]> =>
    (
      await readRows<{ id: string }>(
        keyturn,
        "SELECT id FROM accounts WHERE role = 'ADMINISTRATOR' ORDER BY id",
      )
    ).map(({ id }) => id);

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
    client = withToken(keyturn, await tokenOf(administrator));
  });

  describe.each(["a person", "a service account", "the token's own", "one who is suspended"])(
    "never reaches an administrator's account, %s,",
    (which) => {
      let id: string;
      beforeAll(async () => {
        administrator = await logInAdministrator(keyturn);
        const kindOf = which === "a service account" ? { kind: "SERVICE" } : {};
        const other = await createPerson(administrator, nextName(), kindOf);
        await promote(other);
        const suspend = { accountId: other.id, reason: "Leave" };
        if (which === "one who is suspended") await administrator.client.mutate("suspendAccount", suspend);
        id = which === "the token's own" ? administrator.id : other.id;
      });

      it.each(operationsOnAccounts())("by %s", async (name) => {
        const read = () => readRows(keyturn, "SELECT * FROM accounts WHERE id = $1", [id]);
        const before = await read();
        expect(await act(name, id)).toBe(FOR_TOKENS.includes(name) ? "FORBIDDEN" : "CREDENTIAL_NOT_ACCEPTED");
        expect(await read()).toEqual(before);
      });
    },
  );

  it("acts on a user's account by the very same inputs, where tokens may act at all", async () => {
    const ann = await createPerson(administrator, nextName());
    const done = ["AccountUpdated", "AccountSuspended", "AccountReinstated", "AccountUnlocked"];
    const names = ["updateAccount", "suspendAccount", "reinstateAccount", "unlockAccount"];
    for (const [index, name] of names.entries()) expect(await act(name, ann.id)).toBe(done[index]);
    for (const name of operationsOnAccounts().filter((each) => !names.includes(each)))
      expect(await act(name, ann.id), name).toBe("CREDENTIAL_NOT_ACCEPTED");
  });

  describe("opens no account by a chain of operations:", () => {
    let victim: ProtectedPerson;
    beforeEach(async () => {
      victim = await createProtectedPerson(keyturn, administrator, nextName());
    });

    it("every mutation there is, twice over, in either order", async () => {
      const ids = [administrator.id, victim.id];
      const [before, had] = [await whatOpens(ids), await administrators()];
      const names = everyOperation()
        .map(({ name }) => name)
        .filter((name) => documentOf(name).startsWith("mutation"));
      for (const name of [...names, ...names.reverse()]) {
        const { input } = INPUTS[name] ?? {};
        const onVictim = input !== undefined && "accountId" in input ? { accountId: victim.id } : {};
        const own = { ...EFFECTIVE[name], loginName: nextName() };
        const effective = name === "updateAccount" ? own : EFFECTIVE[name];
        await client.send(documentOf(name), { input: { ...input, ...onVictim, ...effective } });
      }
      expect(await whatOpens(ids)).toEqual(before);
      expect(await administrators()).toEqual(had);
    });

    it("an account that it makes is a user's, and makes nobody more than that", async () => {
      const input = { loginName: nextName(), displayName: "Made", password: PASSWORD };
      expect(await answerOf(client, "createAccount", input)).toBe("AccountCreated");
      const smuggled = { ...input, loginName: nextName(), role: "ADMINISTRATOR" };
      expect(await answerOf(client, "createAccount", smuggled)).toBe("BAD_USER_INPUT");
      const made = await logIn(keyturn, { loginName: input.loginName, password: PASSWORD });
      expect((await made.client.query("{ viewer { role } }")).viewer.role).toBe("USER");
      for (const name of operationsOnAccounts())
        for (const { id } of [made, victim, administrator])
          expect(await act(name, id, made.client), name).toBe("FORBIDDEN");
      const asked = { name: "script", scopes: ["admin:write"] };
      expect(await answerOf(made.client, "createApiToken", asked)).toBe("FORBIDDEN");
    });

    it("a user whose login name it gives away keeps password, factor and mail; the next one gets none", async () => {
      const before = await whatOpens([victim.id]);
      const renamed = { accountId: victim.id, loginName: nextName() };
      expect(await answerOf(client, "updateAccount", renamed)).toBe("AccountUpdated");
      const input = {
        loginName: victim.loginName,
        displayName: "Squatter",
        password: "another-lantern-of-9",
      };
      expect(await answerOf(client, "createAccount", input)).toBe("AccountCreated");
      expect(await whatOpens([victim.id])).toEqual(before);
      const squatter = await logIn(keyturn, { ...input });
      const seen = await squatter.client.query("{ viewer { id sessions { id } apiTokens { id } } }");
      expect(seen.viewer.id).not.toBe(victim.id);
      expect([seen.viewer.sessions.length, seen.viewer.apiTokens.length]).toEqual([1, 0]);
      const { loginName } = renamed;
      const login = { loginName, password: victim.password };
      expect((await keyturn.anyone.mutate("login", login, LOGIN)).__typename).toBe("TwoFactorChallenge");
    });

    it("an account with another's address brings that one's links to the other's mailbox alone", async () => {
      const emailAddress = `${victim.loginName}@example.com`;
      const loginName = nextName();
      await answerOf(client, "createAccount", { loginName, displayName: "Made", emailAddress });
      await keyturn.anyone.mutate("requestPasswordReset", { emailAddress });
      await keyturn.settle();
      const withLinks = keyturn.mailbox.received.filter(({ text }) => text.includes("ktm_"));
      expect(withLinks.filter(({ text }) => text.includes(`${victim.loginName}: `)).length).toBe(1);
      expect(withLinks.every(({ to }) => to === emailAddress)).toBe(true);
    });

    it("suspended and reinstated, a user has the same password and is asked for the same factor", async () => {
      const before = await whatOpens([victim.id]);
      for (const name of ["suspendAccount", "reinstateAccount", "unlockAccount"]) await act(name, victim.id);
      expect(await whatOpens([victim.id])).toEqual(before);
      const { body } = await withPassword(keyturn, victim).send("{ viewer { id } }");
      expect(body.errors[0].extensions.code).toBe("CREDENTIAL_NOT_ACCEPTED");
      keyturn.clock.advance({ seconds: 30 });
      const proof = { verificationCode: victim.app.code() };
      const login = { loginName: victim.loginName, password: victim.password, proof };
      expect((await keyturn.anyone.mutate("login", login, LOGIN)).__typename).toBe("LoggedIn");
    });

    it("the token of a service account that is an administrator does no more", async () => {
      const robot = await createPerson(administrator, nextName(), { kind: "SERVICE" });
      await promote(robot);
      const asked = { accountId: robot.id, name: "robot", scopes: SCOPES };
      const { token } = await administrator.client.mutate("createServiceApiToken", asked, MADE);
      const byRobot = withToken(keyturn, token);
      for (const name of operationsOnAccounts())
        for (const id of [robot.id, administrator.id])
          expect(await act(name, id, byRobot), name).toBe(
            FOR_TOKENS.includes(name) ? "FORBIDDEN" : "CREDENTIAL_NOT_ACCEPTED",
          );
    });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { changeRows, countersOf, failLogins, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  withToken,
} from "./stage/people.js";

const CREATED =
  "... on AccountCreated { account { id loginName displayName emailAddress locale kind role } }";
const UPDATED = "... on AccountUpdated { account { id role } }";
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
  const someone = (more: object = {}): Promise<Person> =>
    createPerson(administrator, nextName(), { ...more });
  const create = (input: object) => administrator.client.mutate("createAccount", input, CREATED);
  const changeRole = (by: LoggedInPerson, { id }: Person, role: string) =>
    by.client.mutate("changeAccountRole", { accountId: id, role }, UPDATED);
  const tokenOf = async (person: LoggedInPerson, scopes: string[]): Promise<string> =>
    (await person.client.mutate("createApiToken", { name: "script", scopes }, TOKEN)).token;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_SCOPES: "orders:read=Read your orders" });
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
  });

  describe("makes an account", () => {
    it("of each kind, as a user, in English where no language is said", async () => {
      const loginName = nextName();
      const given = { loginName, displayName: "Ann Example", emailAddress: `${loginName}@example.com` };
      const password = "quiet-harbor-lantern-7";
      const common = { displayName: "Ann Example", role: "USER" };
      expect((await create({ ...given, password })).account).toMatchObject({
        ...{ ...common, loginName, kind: "PERSON", locale: "en", emailAddress: given.emailAddress },
      });
      const guest = { ...given, loginName: nextName(), kind: "GUEST", locale: "ja-jp", password };
      expect((await create(guest)).account).toMatchObject({ ...common, kind: "GUEST", locale: "ja-JP" });
      const service = { loginName: nextName(), displayName: "Robot", kind: "SERVICE" };
      expect((await create(service)).account).toMatchObject({ kind: "SERVICE", emailAddress: null });
      const events = await keyturn.events("account.created");
      expect(events.at(-1)).toMatchObject({ actor: "admin", credential: "SESSION", result: "SUCCESS" });
      expect(JSON.stringify(events)).not.toContain(password);
    });

    it("but not under a name that is taken, also where two take it at once", async () => {
      const { loginName, id } = await someone();
      const again = { loginName: loginName.toUpperCase(), displayName: "Again", password: "violet-anchor-3" };
      expect(await create(again)).toMatchObject({
        __typename: "LoginNameTaken",
        path: ["input", "loginName"],
      });
      const racing = { ...again, loginName: nextName() };
      const names = await Promise.all(Array.from({ length: 5 }, () => create(racing)));
      const types = names.map(({ __typename }) => __typename).sort();
      expect(types).toEqual(["AccountCreated", ...Array(4).fill("LoginNameTaken")]);
      expect(await readRows(keyturn, "SELECT id FROM accounts WHERE id = $1", [id])).toHaveLength(1);
    });

    it("but not with a password that is weak, and lists why", async () => {
      const loginName = nextName();
      for (const [password, rules] of [
        ["short", 1],
        ["password1", 1],
        [`${loginName}!`, 1],
        ["x".repeat(129), 1],
      ] as const) {
        const answer = await administrator.client.mutate(
          "createAccount",
          { loginName, displayName: "Weak", password },
          "... on WeakPassword { rules }",
        );
        expect(answer, password).toMatchObject({ __typename: "WeakPassword", path: ["input", "password"] });
        expect(answer.rules.length, password).toBeGreaterThanOrEqual(rules);
      }
    });

    it.each([
      ["a service with a password", { kind: "SERVICE", password: "violet-anchor-3" }, "password"],
      ["nobody's password and no address to mail to", {}, "emailAddress"],
      ["a login name with a colon", { loginName: "a:b", password: "violet-anchor-3" }, "loginName"],
      ["a login name of nothing", { loginName: "  ", password: "violet-anchor-3" }, "loginName"],
      ["an address that is none", { emailAddress: "nowhere" }, "emailAddress"],
      ["a language that is none", { locale: "klingon!", password: "violet-anchor-3" }, "locale"],
      ["a display name of nothing", { displayName: " ", password: "violet-anchor-3" }, "displayName"],
    ])("but not with %s", async (_what, input, field) => {
      const asked = { loginName: nextName(), displayName: "Bad", ...input };
      const { body } = await administrator.client.send(mutation("createAccount"), { input: asked });
      expect(body.errors[0].extensions).toEqual({ code: "BAD_USER_INPUT", path: ["input", field] });
    });
  });
});

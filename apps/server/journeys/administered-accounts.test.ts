import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator, type Person } from "./stage/people.js";

const CREATED = "... on AccountCreated { account { id kind role emailAddress locale } }";
const UPDATED = "... on AccountUpdated { account { role } }";
const PASSWORD = "quiet-harbor-lantern-7";

describeOnBoth("an administrator of accounts", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;

  const nextName = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const someone = (more: Record<string, unknown> = {}): Promise<Person> =>
    createPerson(administrator, nextName(), more);
  const create = (input: object) =>
    administrator.client.mutate(
      "createAccount",
      { loginName: nextName(), displayName: "Someone", ...input },
      CREATED,
    );
  const setRole = (by: LoggedInPerson, accountId: string, role: string) =>
    by.client.mutate("changeAccountRole", { accountId, role }, UPDATED);
  const refusalOf = async (name: string, input: object, by: LoggedInPerson = administrator) => {
    const { body } = await by.client.send(mutation(name), { input });
    return body.errors?.[0].extensions;
  };
  const resetBy = async (token: string): Promise<string> =>
    (await keyturn.anyone.mutate("resetPassword", { token, newPassword: PASSWORD })).__typename;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
  });

  describe("creates an account", () => {
    it.each(["PERSON", "GUEST"])(
      "of the kind %s with a password, as a user who can log in",
      async (which) => {
        const loginName = nextName();
        const answer = await create({ loginName, kind: which, password: PASSWORD });
        const account = { kind: which, role: "USER", emailAddress: null, locale: "en" };
        expect(answer).toMatchObject({ __typename: "AccountCreated", account });
        expect((await logIn(keyturn, { loginName, password: PASSWORD })).id).toBe(answer.account.id);
      },
    );

    it("of the kind SERVICE without password and address, and no mail goes out", async () => {
      const before = keyturn.mailbox.received.length;
      const answer = await create({ kind: "SERVICE" });
      expect(answer.account).toMatchObject({ kind: "SERVICE", role: "USER" });
      await keyturn.settle();
      expect(keyturn.mailbox.received).toHaveLength(before);
      const asked = { code: "BAD_USER_INPUT", path: ["input", "password"] };
      const input = { loginName: nextName(), displayName: "Robot", kind: "SERVICE", password: PASSWORD };
      expect(await refusalOf("createAccount", input)).toMatchObject(asked);
    });

    it("with an invitation, by which its first password is set once and within seven days", async () => {
      const invite = async (): Promise<string> => {
        const emailAddress = `${nextName()}@example.com`;
        expect((await create({ emailAddress })).__typename).toBe("AccountCreated");
        const mail = await keyturn.mailbox.next(({ to }) => to === emailAddress);
        expect(mail.subject).toContain("Your new account");
        return /\/reset-password\/(ktm_\w+)/.exec(mail.text)?.[1] ?? "";
      };
      const [used, late] = [await invite(), await invite()];
      keyturn.clock.advance({ seconds: 7 * 86_400 - 1 });
      expect([await resetBy(used), await resetBy(used)]).toEqual(["PasswordReset", "InvalidMailToken"]);
      keyturn.clock.advance({ seconds: 1 });
      expect(await resetBy(late)).toBe("InvalidMailToken");
    });

    it("not without a way to a password, with a weak one, or under a name that is taken", async () => {
      const input = { loginName: nextName(), displayName: "Someone" };
      const asked = { code: "BAD_USER_INPUT", path: ["input", "emailAddress"] };
      expect(await refusalOf("createAccount", input)).toMatchObject(asked);
      expect(await create({ ...input, password: "password1" })).toMatchObject({
        __typename: "WeakPassword",
        path: ["input", "password"],
      });
      await create({ ...input, password: PASSWORD });
      const loginName = input.loginName.toUpperCase();
      expect(await create({ loginName, password: PASSWORD })).toMatchObject({
        __typename: "LoginNameTaken",
        path: ["input", "loginName"],
      });
    });
  });

  describe("changes a role", () => {
    it("of a person, who is one at once, and no longer when it is taken back", async () => {
      const ann = await logIn(keyturn, await someone());
      const roleOf = async () => (await ann.client.query("{ viewer { role } }")).viewer.role;
      expect((await setRole(administrator, ann.id, "ADMINISTRATOR")).account.role).toBe("ADMINISTRATOR");
      expect(await roleOf()).toBe("ADMINISTRATOR");
      await setRole(administrator, ann.id, "USER");
      expect(await roleOf()).toBe("USER");
      const change = { accountId: administrator.id, role: "USER" };
      expect(await refusalOf("changeAccountRole", change, ann)).toMatchObject({ code: "FORBIDDEN" });
    });

    it("never of a guest", async () => {
      const guest = await someone({ kind: "GUEST" });
      const change = { accountId: guest.id, role: "ADMINISTRATOR" };
      const asked = { code: "BAD_USER_INPUT", path: ["input", "role"] };
      expect(await refusalOf("changeAccountRole", change)).toMatchObject(asked);
    });
  });
});

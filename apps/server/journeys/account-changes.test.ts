import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sql } from "../src/platform/sql.js";
import { mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, LOGIN, type LoggedInPerson, logInAdministrator, type Person } from "./stage/people.js";

const UPDATED = "... on AccountUpdated { account { id loginName displayName emailAddress locale } }";
const UNKNOWN_ID = "018cc251-f400-7000-8000-000000000000";

describeOnBoth("an account that an administrator changes", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let ann: Person;
  let people = 0;

  const nextName = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const update = (input: object) => {
    // Events of one moment have no order among them.
    keyturn.clock.advance({ seconds: 1 });
    return administrator.client.mutate("updateAccount", { accountId: ann.id, ...input }, UPDATED);
  };
  const setAddress = (input: object) =>
    administrator.client.mutate("changeAccountEmailAddress", { accountId: ann.id, ...input }, UPDATED);
  const refusalOf = async (name: string, input: object) => {
    const { body } = await administrator.client.send(mutation(name), {
      input: { accountId: ann.id, ...input },
    });
    return body.errors?.[0].extensions;
  };
  const logInAs = async (loginName: string): Promise<string> => {
    const input = { loginName, password: ann.password };
    return (await keyturn.anyone.mutate("login", input, LOGIN)).__typename;
  };
  const eventsOf = async (person: Person) =>
    (await keyturn.events()).filter(
      ({ subject, actor }) => subject === person.loginName && actor === "admin",
    );
  const mailsTo = async (address: string): Promise<string[]> => {
    await keyturn.settle();
    return keyturn.mailbox.received.filter(({ to }) => to === address).map(({ subject }) => subject);
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
    ann = await createPerson(administrator, nextName());
  });

  describe("in its names", () => {
    it("gets what is given, and keeps what is absent", async () => {
      const { account } = await update({ displayName: "  Ann Aoki  " });
      expect(account).toMatchObject({ loginName: ann.loginName, displayName: "Ann Aoki", locale: "en" });
      expect((await update({ locale: "JA-jp" })).account).toMatchObject({
        ...{ displayName: "Ann Aoki", locale: "ja-JP" },
      });
      expect((await update({})).account).toMatchObject({ displayName: "Ann Aoki", locale: "ja-JP" });
      const same = { loginName: ann.loginName, displayName: "Ann Aoki", locale: "ja-JP" };
      expect((await update(same)).account).toMatchObject(same);
      const events = await eventsOf(ann);
      expect(events.map(({ action, details }) => [action, details])).toEqual([
        ["account.created", { kind: "PERSON" }],
        ["account.updated", { displayName: "Ann Aoki" }],
        ["account.updated", { locale: "ja-JP" }],
      ]);
      expect(await mailsTo(`${ann.loginName}@example.com`)).toEqual([]);
    });

    it("logs in by its new login name alone, and is told the name by mail", async () => {
      const loginName = `${ann.loginName}-née`;
      expect((await update({ loginName })).account.loginName).toBe(loginName);
      expect(await logInAs(ann.loginName)).toBe("InvalidLogin");
      expect(await logInAs(loginName.toUpperCase())).toBe("LoggedIn");
      const mail = await keyturn.mailbox.next(({ to }) => to === `${ann.loginName}@example.com`);
      expect(mail.text).toContain(`Log in as ${loginName} from now on.`);
      const changed = (await keyturn.events("login-name.changed")).at(-1);
      expect(changed).toMatchObject({
        ...{ actor: "admin", subject: ann.loginName, credential: "SESSION" },
        details: { before: ann.loginName, after: loginName },
      });
    });

    it("may bear its own login name in another case, and frees the old one for others", async () => {
      const upper = ann.loginName.toUpperCase();
      expect((await update({ loginName: upper })).account.loginName).toBe(upper);
      expect((await update({ loginName: upper })).account.loginName).toBe(upper);
      expect((await eventsOf(ann)).filter(({ action }) => action === "login-name.changed")).toHaveLength(1);
      await update({ loginName: `${upper}-2` });
      expect((await createPerson(administrator, ann.loginName)).id).not.toBe(ann.id);
    });

    it("does not get a name that another bears in any spelling, nor anything that came with it", async () => {
      const straße = await createPerson(administrator, `${nextName()}-straße`);
      const loginName = straße.loginName.toUpperCase();
      expect(await update({ loginName, displayName: "Not kept" })).toMatchObject({
        ...{ __typename: "LoginNameTaken", code: "LOGIN_NAME_TAKEN", path: ["input", "loginName"] },
      });
      const { account } = await update({});
      expect(account).toMatchObject({
        loginName: ann.loginName,
        displayName: ann.loginName.toUpperCase(),
      });
      expect((await eventsOf(ann)).map(({ action }) => action)).toEqual(["account.created"]);
    });

    it("gives one of two who want the same name at once that name", async () => {
      const ben = await createPerson(administrator, nextName());
      const loginName = nextName();
      const answers = await Promise.all(
        [ann, ben].map(({ id }) =>
          administrator.client.mutate("updateAccount", { accountId: id, loginName }, UPDATED),
        ),
      );
      expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
        ...["AccountUpdated", "LoginNameTaken"],
      ]);
    });

    it.each([
      ["loginName", null],
      ["loginName", ""],
      ["loginName", "a:b"],
      ["loginName", "a".repeat(129)],
      ["displayName", null],
      ["displayName", " "],
      ["displayName", "a\u0007b"],
      ["displayName", "a".repeat(101)],
      ["locale", null],
      ["locale", "no language"],
    ])("refuses the %s %j, and changes nothing", async (field, value) => {
      const input = { displayName: "Not kept", [field]: value };
      expect(await refusalOf("updateAccount", input)).toMatchObject({
        ...{ code: "BAD_USER_INPUT", path: ["input", field] },
      });
      expect((await update({})).account.displayName).toBe(ann.loginName.toUpperCase());
    });
  });

  describe("in its mail address", () => {
    it("has the new one at once; both are told, and the event names neither", async () => {
      const [before, after] = [`${ann.loginName}@example.com`, `${ann.loginName}@new.example`];
      expect((await setAddress({ emailAddress: ` ${after} ` })).account.emailAddress).toBe(after);
      for (const address of [before, after]) {
        const mail = await keyturn.mailbox.next(({ to }) => to === address);
        expect(mail.subject).toContain("Your email address was changed by an administrator");
        expect(mail.text).toContain(`to ${after}.`);
      }
      const changes = (await eventsOf(ann)).filter(({ action }) => action === "email-address.changed");
      expect(changes).toEqual([expect.objectContaining({ credential: "SESSION", details: {} })]);
    });

    it("has none where it is null, and then hears nothing; an absent one changes nothing, nor its own", async () => {
      expect((await setAddress({})).account.emailAddress).toBe(`${ann.loginName}@example.com`);
      const own = { emailAddress: ` ${ann.loginName}@example.com` };
      expect((await setAddress(own)).account.emailAddress).toBe(`${ann.loginName}@example.com`);
      expect((await eventsOf(ann)).map(({ action }) => action)).toEqual(["account.created"]);
      expect(await mailsTo(`${ann.loginName}@example.com`)).toEqual([]);
      expect((await setAddress({ emailAddress: null })).account.emailAddress).toBeNull();
      const mail = await keyturn.mailbox.next(({ to }) => to === `${ann.loginName}@example.com`);
      expect(mail.text).toContain("has removed the email address of your account");
      await keyturn.anyone.mutate("requestPasswordReset", { loginName: ann.loginName });
      expect(await mailsTo(`${ann.loginName}@example.com`)).toHaveLength(1);
    });

    it("leaves every link dead that was mailed before: a reset, an invitation, a confirmation", async () => {
      const resetOf = async (address: string): Promise<string> =>
        linkIn(await keyturn.mailbox.next(({ to }) => to === address));
      const invited = {
        loginName: nextName(),
        displayName: "Invited",
        emailAddress: `${nextName()}@x.example`,
      };
      const { account } = await administrator.client.mutate(
        ...["createAccount", invited, "... on AccountCreated { account { id } }"],
      );
      const invitation = await resetOf(invited.emailAddress);
      await keyturn.anyone.mutate("requestPasswordReset", { loginName: ann.loginName });
      const reset = await resetOf(`${ann.loginName}@example.com`);
      expect([invitation, reset]).not.toContain("");
      const emailAddress = `${nextName()}@y.example`;
      await setAddress({ emailAddress });
      await administrator.client.mutate("changeAccountEmailAddress", { accountId: account.id, emailAddress });
      for (const token of [invitation, reset]) {
        const set = { token, newPassword: "seven-quiet-lanterns" };
        expect((await keyturn.anyone.mutate("resetPassword", set)).__typename).toBe("InvalidMailToken");
      }
    });

    it("takes a link with it that was asked for in the very moment", async () => {
      const old = `${ann.loginName}@example.com`;
      for (let round = 0; round < 3; round += 1) {
        await setAddress({ emailAddress: old });
        keyturn.clock.advance({ seconds: 3600 });
        administrator = await logInAdministrator(keyturn);
        const { transaction } = keyturn.app.context.db;
        // The request has read the old address; the change comes before the link is made.
        let isFirst = true;
        keyturn.app.context.db.transaction = async (work) => {
          if (isFirst) {
            isFirst = false;
            await setAddress({ emailAddress: `${nextName()}@new.example` });
          }
          return await transaction(work);
        };
        await keyturn.anyone.mutate("requestPasswordReset", { loginName: ann.loginName });
        await keyturn.settle();
        keyturn.app.context.db.transaction = transaction;
        const { rows } = await sql<{ left: number }>(
          keyturn.app.context.db.read,
          'SELECT count(*) AS "left" FROM mail_links WHERE account_id = $1 AND ended_at IS NULL',
          [ann.id],
        );
        const mailed = keyturn.mailbox.received.filter(({ to, text }) => to === old && text.includes("ktm_"));
        expect([Number(rows[0]?.left), mailed.length]).toEqual([0, 0]);
      }
    });

    it.each(["", "nowhere", "a@b@c", "a b@example.com", `${"a".repeat(65)}@example.com`])(
      "refuses the address %j",
      async (emailAddress) => {
        expect(await refusalOf("changeAccountEmailAddress", { emailAddress })).toMatchObject({
          ...{ code: "BAD_USER_INPUT", path: ["input", "emailAddress"] },
        });
      },
    );
  });

  it.each(["updateAccount", "changeAccountEmailAddress"])(
    "%s finds nobody by an unknown id",
    async (name) => {
      for (const accountId of [UNKNOWN_ID, "1", ""])
        expect(await refusalOf(name, { accountId })).toMatchObject({ code: "NOT_FOUND" });
    },
  );
});

function linkIn({ text }: { text: string }): string {
  return /\/reset-password\/(ktm_\w+)/.exec(text)?.[1] ?? "";
}

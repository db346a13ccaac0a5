import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runBeside } from "./stage/command-line.js";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { type Authorized, authorizeApplication } from "./stage/oauth.js";
import {
  createPerson,
  createProtectedPerson,
  enroll,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  type ProtectedPerson,
  withToken,
} from "./stage/people.js";

const APPLICATIONS = "authorizedApplications { id application { id name } scopes authorizedAt lastUsedAt }";
const RESET = "... on TwoFactorReset { applicationsRevoked }";
const NEW_PASSWORD = "violet-anchor-thistle-3";
const UNKNOWN_ID = "018cc251-f400-7000-8000-000000000000";

describeOnBoth("authorized applications", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;

  const nextName = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const someone = async (more = {}): Promise<LoggedInPerson> =>
    logIn(keyturn, await createPerson(administrator, nextName(), more));
  const protectedPerson = (): Promise<ProtectedPerson> =>
    createProtectedPerson(keyturn, administrator, nextName());
  const authorize = (person: Pick<Person, "id">, more: { name?: string; scopes?: string } = {}) =>
    authorizeApplication(keyturn, person, more);
  const statusOf = async ({ token }: Authorized): Promise<number> =>
    (await withToken(keyturn, token).send("{ viewer { id } }")).status;
  const namesOf = async ({ client }: LoggedInPerson): Promise<string[]> =>
    (await client.query(`{ viewer { ${APPLICATIONS} } }`)).viewer.authorizedApplications.map(
      ({ application }: { application: { name: string } }) => application.name,
    );
  const rowsOf = async ({ id }: Person): Promise<Record<string, number>> => {
    const counts = ["oauth_grants", "oauth_authorizations", "oauth_tokens"].map(async (table) => {
      const text = `SELECT account_id FROM ${table} WHERE account_id = $1`;
      return [table, (await readRows(keyturn, text, [id])).length];
    });
    return Object.fromEntries(await Promise.all(counts));
  };
  const mailTo = (loginName: string, subject: string) =>
    keyturn.mailbox.next((mail) => mail.to === `${loginName}@example.com` && mail.subject.includes(subject));

  const ALL_ENDED = { oauth_grants: 0, oauth_authorizations: 0, oauth_tokens: 0 };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
  });

  describe("in a list", () => {
    it("are those of the account, the newest first, with what was allowed and when it was used", async () => {
      const ann = await someone();
      const printer = await authorize(ann, { scopes: "account:read openid" });
      const since = new Date(keyturn.clock.now()).toISOString();
      keyturn.clock.advance({ seconds: 60 });
      const calendar = await authorize(ann, { name: "Calendar" });
      await authorize(await someone(), { name: "Another's" });
      expect(await statusOf(printer)).toBe(200);
      await keyturn.settle();
      const used = new Date(keyturn.clock.now()).toISOString();
      const { viewer } = await ann.client.query(`{ viewer { ${APPLICATIONS} } }`);
      expect(viewer.authorizedApplications).toEqual([
        {
          ...{ id: calendar.id, application: { id: calendar.clientId, name: "Calendar" } },
          ...{ scopes: ["account:read"], authorizedAt: used, lastUsedAt: null },
        },
        {
          ...{ id: printer.id, application: { id: printer.clientId, name: "Photo Printer" } },
          ...{ scopes: ["account:read", "openid"], authorizedAt: since, lastUsedAt: used },
        },
      ]);
    });

    it("are shown also where their client is disabled, so that they can be revoked", async () => {
      const ann = await someone();
      const printer = await authorize(ann);
      await changeRows(keyturn, "UPDATE oauth_clients SET enabled = false WHERE id = $1", [printer.clientId]);
      expect(await namesOf(ann)).toEqual(["Photo Printer"]);
      expect(await statusOf(printer)).toBe(401);
    });

    it("are seen by an administrator, for a page of accounts in one statement", async () => {
      const [ann, bob] = [await someone(), await someone()];
      await authorize(ann);
      await authorize(bob, { name: "Calendar" });
      keyturn.takeStatements();
      const { accounts } = await administrator.client.query(
        `{ accounts(first: 100) { nodes { id ${APPLICATIONS} } } }`,
      );
      expect(keyturn.takeStatements().filter((text) => text.includes("FROM oauth_grants"))).toHaveLength(1);
      const nameOf = ({ id: wanted }: Person): string | undefined =>
        accounts.nodes.find(({ id }: Person) => id === wanted).authorizedApplications[0]?.application.name;
      expect([ann, bob, administrator].map(nameOf)).toEqual(["Photo Printer", "Calendar", undefined]);
    });

    it("are not shown to an application", async () => {
      const printer = await authorize(await someone());
      const { body } = await withToken(keyturn, printer.token).send(`{ viewer { ${APPLICATIONS} } }`);
      expect(body.data.viewer.authorizedApplications).toBeNull();
      expect(body.errors[0].extensions.code).toBe("CREDENTIAL_NOT_ACCEPTED");
    });
  });

  describe("revoked", () => {
    it("by their owner are dead at once, and no other of the account's", async () => {
      const ann = await someone();
      const [printer, calendar] = [await authorize(ann), await authorize(ann, { name: "Calendar" })];
      expect(await statusOf(printer)).toBe(200);
      expect(
        await ann.client.mutate("revokeAuthorizedApplication", { id: printer.id.toUpperCase() }),
      ).toEqual({ __typename: "AuthorizedApplicationRevoked" });
      expect([await statusOf(printer), await statusOf(calendar)]).toEqual([401, 200]);
      expect(await namesOf(ann)).toEqual(["Calendar"]);
      expect(await rowsOf(ann)).toEqual({ oauth_grants: 1, oauth_authorizations: 1, oauth_tokens: 2 });
      const events = await keyturn.events("application.revoked");
      expect(events.at(-1)).toMatchObject({
        ...{ actor: ann.loginName, subject: ann.loginName, credential: "SESSION", result: "SUCCESS" },
        details: { client: printer.clientId, name: "Photo Printer" },
      });
    });

    it("by an administrator are dead too, and the event says whose they were", async () => {
      const ann = await someone();
      const printer = await authorize(ann);
      await administrator.client.mutate("revokeAuthorizedApplication", { id: printer.id });
      expect(await statusOf(printer)).toBe(401);
      const events = await keyturn.events("application.revoked");
      expect(events.at(-1)).toMatchObject({ actor: "admin", subject: ann.loginName });
    });

    it("are nothing where they are another's, unknown or revoked before", async () => {
      const ann = await someone();
      const printer = await authorize(await someone());
      const refusal = (id: string) => ann.client.refusal("revokeAuthorizedApplication", { id });
      for (const id of [printer.id, UNKNOWN_ID, printer.clientId, "none"])
        expect(await refusal(id)).toBe("NOT_FOUND");
      expect(await statusOf(printer)).toBe(200);
      const own = await authorize(ann);
      await ann.client.mutate("revokeAuthorizedApplication", { id: own.id });
      expect(await refusal(own.id)).toBe("NOT_FOUND");
    });

    it("at once by many are revoked once, and told once", async () => {
      const ann = await someone();
      const { id } = await authorize(ann);
      const before = (await keyturn.events("application.revoked")).length;
      const document =
        "mutation($input: RevokeAuthorizedApplicationInput!) { revokeAuthorizedApplication(input: $input) { __typename } }";
      const answers = await Promise.all([1, 2, 3].map(() => ann.client.send(document, { input: { id } })));
      expect(answers.filter(({ body }) => body.errors === undefined)).toHaveLength(1);
      expect((await keyturn.events("application.revoked")).length).toBe(before + 1);
    });
  });

  describe("of an account whose second factor is reset", () => {
    const reset = ({ id }: Person, more = {}) => {
      const input = { accountId: id, reason: "Telephone lost", ...more };
      return administrator.client.mutate("resetTwoFactor", input, RESET);
    };

    it("end and are counted, in the answer, the event and the mail", async () => {
      const ann = await protectedPerson();
      const both = [await authorize(ann), await authorize(ann, { name: "Calendar" })];
      const anothers = await authorize(await someone());
      expect((await reset(ann)).applicationsRevoked).toBe(2);
      expect(await Promise.all([...both, anothers].map(statusOf))).toEqual([401, 401, 200]);
      expect(await rowsOf(ann)).toEqual(ALL_ENDED);
      const event = (await keyturn.events("two-factor.reset")).at(-1);
      expect(event).toMatchObject({ subject: ann.loginName, details: { applicationsRevoked: "2" } });
      const { text } = await mailTo(ann.loginName, "disabled by an administrator");
      expect(text).toContain("and your connected applications were disconnected.");
    });

    it("go on where that is asked, and the mail says nothing of them", async () => {
      const ann = await protectedPerson();
      const printer = await authorize(ann);
      expect((await reset(ann, { revokeAuthorizedApplications: false })).applicationsRevoked).toBe(0);
      expect(await statusOf(printer)).toBe(200);
      const { text } = await mailTo(ann.loginName, "disabled by an administrator");
      expect(text).toContain("All your sessions ended. Log in");
    });

    it.each([
      [true, 1, 401],
      [false, 0, 200],
    ])("by a second administrator's approval obey the request's flag: %s", async (flag, count, status) => {
      const [ann, second] = [await protectedPerson(), await protectedPerson()];
      await changeRows(
        keyturn,
        "UPDATE accounts SET role = 'ADMINISTRATOR', role_changed_at = 0 WHERE id = $1",
        [second.id],
      );
      const printer = await authorize(ann);
      await changeRows(keyturn, "UPDATE security_policy SET reset_needs_approval = true");
      const pending = "... on TwoFactorResetPending { approvalId }";
      const asked = { accountId: ann.id, reason: "Stolen", revokeAuthorizedApplications: flag };
      const { approvalId } = await administrator.client.mutate("resetTwoFactor", asked, pending);
      await changeRows(keyturn, "UPDATE security_policy SET reset_needs_approval = false");
      expect(await statusOf(printer)).toBe(200);
      const answer = await second.client.mutate("approveTwoFactorReset", { approvalId }, RESET);
      expect(answer.applicationsRevoked).toBe(count);
      expect(await statusOf(printer)).toBe(status);
      const { text } = await mailTo(ann.loginName, "disabled by an administrator");
      expect(text.includes("were disconnected")).toBe(flag);
    });

    it.each([
      [[], "applications 1.", 401],
      [["--keep-applications"], "applications 0.", 200],
    ])("by the command line with %j: %s", async (flags, said, status) => {
      const ann = await protectedPerson();
      const printer = await authorize(ann);
      const args = ["two-factor", "reset", ann.loginName, "--reason", "Lost", ...flags];
      expect((await runBeside(keyturn, args)).stdout).toContain(said);
      expect(await statusOf(printer)).toBe(status);
    });
  });

  it.each([
    [{ revokeAuthorizedApplications: true }, 401, "1"],
    [{ revokeAuthorizedApplications: false }, 200, "0"],
    [{}, 200, "0"],
  ])("that were authorized before the second factor answer %j with %i", async (flags, status, count) => {
    const ann = await someone();
    const printer = await authorize(ann);
    const { id, app } = await enroll(keyturn, ann);
    const input = { enrollmentId: id, verificationCode: app.code(), ...flags };
    expect((await ann.client.mutate("confirmTwoFactor", input)).__typename).toBe("TwoFactorConfirmed");
    expect(await statusOf(printer)).toBe(status);
    const event = (await keyturn.events("two-factor.enabled")).at(-1);
    expect(event).toMatchObject({ subject: ann.loginName, details: { applicationsRevoked: count } });
  });

  it("go on when the password changes, and the mail lists them, in the account's language", async () => {
    const [ann, hana] = [await someone(), await someone({ locale: "ja" })];
    const all = [await authorize(ann), await authorize(ann, { name: "Calendar" }), await authorize(hana)];
    for (const { client, password } of [ann, hana]) {
      const input = { currentPassword: password, newPassword: NEW_PASSWORD };
      expect((await client.mutate("changePassword", input)).__typename).toBe("PasswordChanged");
    }
    expect(await Promise.all(all.map(statusOf))).toEqual([200, 200, 200]);
    const { text } = await mailTo(ann.loginName, "Your password was changed");
    expect(text).toMatch(
      /applications stay connected to your account: (Photo Printer, Calendar|Calendar, Photo Printer)\./,
    );
    const inJapanese = await mailTo(hana.loginName, "パスワードが変更されました");
    expect(inJapanese.text).toContain("次のアプリケーションとの連携は続きます：Photo Printer。");
  });

  it("go on when the password is set by a mailed link, and the mail lists them or says that there are none", async () => {
    const [ann, bob] = [await someone(), await someone()];
    const printer = await authorize(ann);
    for (const { loginName } of [ann, bob]) {
      await keyturn.anyone.mutate("requestPasswordReset", { loginName });
      const { text } = await mailTo(loginName, "Set a new password");
      const input = { token: /reset-password\/(\w+)/.exec(text)?.[1], newPassword: NEW_PASSWORD };
      expect((await keyturn.anyone.mutate("resetPassword", input)).__typename).toBe("PasswordReset");
    }
    expect(await statusOf(printer)).toBe(200);
    const { text } = await mailTo(ann.loginName, "Your password was changed");
    expect(text).toContain("These applications stay connected to your account: Photo Printer.");
    const none = await mailTo(bob.loginName, "Your password was changed");
    expect(none.text).toContain("No application is connected to your account.");
  });

  it("end with a suspension, and go on after one that spared them", async () => {
    const [ann, bob] = [await someone(), await someone()];
    const [printer, spared] = [await authorize(ann), await authorize(bob)];
    const keepAuthorizedApplications = true;
    const reason = "A pause";
    await administrator.client.mutate("suspendAccount", { accountId: ann.id, reason });
    await administrator.client.mutate("suspendAccount", {
      accountId: bob.id,
      reason,
      keepAuthorizedApplications,
    });
    expect([await statusOf(printer), await statusOf(spared)]).toEqual([401, 401]);
    for (const { id } of [ann, bob]) await administrator.client.mutate("reinstateAccount", { accountId: id });
    expect([await statusOf(printer), await statusOf(spared)]).toEqual([401, 200]);
  });

  it("go with a deleted account", async () => {
    const ann = await someone();
    const printer = await authorize(ann);
    await administrator.client.mutate("deleteAccount", { accountId: ann.id });
    expect(await statusOf(printer)).toBe(401);
    expect(await rowsOf(ann)).toEqual(ALL_ENDED);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator, type Person } from "./stage/people.js";

/** What ends an administrator, or their password: the input, and the answer where it is done. */
const ENDINGS = {
  changeAccountRole: { input: { role: "USER" }, done: "AccountUpdated" },
  suspendAccount: { input: { reason: "Leave" }, done: "AccountSuspended" },
  deleteAccount: { input: {}, done: "AccountDeleted" },
  // A link to set a password is mailed, and the old password ends.
  setAccountPassword: { input: {}, done: "AccountPasswordSet" },
} as const;
type Ending = keyof typeof ENDINGS;
const NAMES = Object.keys(ENDINGS) as Ending[];
const PAIRS = NAMES.flatMap((one, index) => NAMES.slice(index).map((other) => [one, other] as const));

describeOnBoth("the last administrator", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;

  const someone = (more: object = {}): Promise<Person> => {
    people += 1;
    return createPerson(administrator, `person-${people}`, { ...more });
  };
  const setRole = ({ client }: LoggedInPerson, { id }: Pick<Person, "id">, role: string) =>
    client.mutate("changeAccountRole", { accountId: id, role });
  const end = (name: Ending, by: LoggedInPerson, whom: Pick<Person, "id">) =>
    by.client.send(mutation(name), { input: { accountId: whom.id, ...ENDINGS[name].input } });
  const activeAdministrators = async (): Promise<string[]> => {
    const rows = await readRows<{ id: string }>(
      keyturn,
      `SELECT id FROM accounts WHERE role = 'ADMINISTRATOR' AND kind = 'PERSON' AND suspended_at IS NULL
         AND password_hash IS NOT NULL`,
    );
    return rows.map(({ id }) => id);
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
  });

  it.each(["changeAccountRole", "suspendAccount", "deleteAccount"] as const)(
    "stays one, by %s of themselves",
    async (name) => {
      const { body } = await end(name, administrator, administrator);
      expect(body.data[name]).toMatchObject({
        ...{ __typename: "LastAdministrator", code: "LAST_ADMINISTRATOR" },
        message: expect.stringMatching(/\S/),
      });
      const { viewer } = await administrator.client.query("{ viewer { role status } }");
      expect(viewer).toEqual({ role: "ADMINISTRATOR", status: "ACTIVE" });
    },
  );

  it("may keep the role that they have", async () => {
    expect((await setRole(administrator, administrator, "ADMINISTRATOR")).__typename).toBe("AccountUpdated");
  });

  describe("is not replaced by an administrator", () => {
    const refused = async (): Promise<void> => {
      for (const name of ["changeAccountRole", "suspendAccount", "deleteAccount"] as const)
        expect((await end(name, administrator, administrator)).body.data[name].__typename).toBe(
          "LastAdministrator",
        );
    };

    it("that is a service account", async () => {
      const robot = await someone({ kind: "SERVICE" });
      await setRole(administrator, robot, "ADMINISTRATOR");
      await refused();
      expect((await setRole(administrator, robot, "USER")).__typename).toBe("AccountUpdated");
    });

    it("who is suspended, and can be deleted", async () => {
      const other = await someone();
      await setRole(administrator, other, "ADMINISTRATOR");
      await end("suspendAccount", administrator, other);
      await refused();
      const { body } = await end("deleteAccount", administrator, other);
      expect(body.data.deleteAccount.__typename).toBe("AccountDeleted");
    });

    it("who has set no password yet, and can be demoted", async () => {
      const other = await someone({ password: undefined });
      await setRole(administrator, other, "ADMINISTRATOR");
      await refused();
      expect((await setRole(administrator, other, "USER")).__typename).toBe("AccountUpdated");
    });
  });

  it.each(PAIRS)("is one of two who act on each other at once: %s against %s", async (one, other) => {
    for (let round = 0; round < 2; round += 1) {
      const [ann, ben] = [await logIn(keyturn, await someone()), await logIn(keyturn, await someone())];
      for (const person of [ann, ben]) await setRole(administrator, person, "ADMINISTRATOR");
      await setRole(ann, administrator, "USER");
      const answers = await Promise.all([end(one, ann, ben), end(other, ben, ann)]);
      const done = [
        answers[0].body.data?.[one]?.__typename === ENDINGS[one].done,
        answers[1].body.data?.[other]?.__typename === ENDINGS[other].done,
      ];
      expect(done.filter(Boolean)).toHaveLength(1);
      const refused = answers[done[0] === true ? 1 : 0].body;
      expect(["INVALID_CREDENTIALS", "FORBIDDEN"]).toContain(refused.errors?.[0].extensions.code);
      const left = done[0] === true ? ann : ben;
      expect(await activeAdministrators()).toEqual([left.id]);
      await setRole(left, administrator, "ADMINISTRATOR");
      await setRole(administrator, left, "USER");
    }
  });

  it.each(["changeAccountRole", "suspendAccount", "deleteAccount"] as const)(
    "is one of two who both want to go at once, by %s of themselves",
    async (name) => {
      for (let round = 0; round < 3; round += 1) {
        const both = [await logIn(keyturn, await someone()), await logIn(keyturn, await someone())];
        for (const person of both) await setRole(administrator, person, "ADMINISTRATOR");
        for (const person of both.slice(0, 1)) await setRole(person, administrator, "USER");
        const answers = await Promise.all(both.map((person) => end(name, person, person)));
        const types = answers.map(({ body }) => body.data?.[name]?.__typename).sort();
        expect(types).toEqual([ENDINGS[name].done, "LastAdministrator"].sort());
        const [left] = both.filter(
          (_, index) => answers[index]?.body.data[name].__typename === "LastAdministrator",
        );
        if (left === undefined) throw new Error("nobody is left");
        expect(await activeAdministrators()).toEqual([left.id]);
        await setRole(left, administrator, "ADMINISTRATOR");
        await setRole(administrator, left, "USER");
      }
    },
  );
});

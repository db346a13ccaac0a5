import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { readRows } from "./stage/counters.js";
import { type DatabaseKind, describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { askForAuthorization, authorizeApplication, putOnList } from "./stage/oauth.js";
import {
  createPerson,
  createProtectedPerson,
  enroll,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  withPassword,
  withToken,
} from "./stage/people.js";
import { challengeOf, setPolicy } from "./stage/proofs.js";

const VIEWER = "{ viewer { id } }";

/** Where a table names an account. */
interface Place {
  readonly table: string;
  readonly column: string;
}

describeOnBoth("a deleted account", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;

  const nextName = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const remove = async ({ id }: { id: string }) =>
    await administrator.client.mutate("deleteAccount", { accountId: id }, "... on AccountDeleted { id }");
  const codeOfRefusal = async ({ send }: LoggedInPerson["client"]): Promise<string | undefined> =>
    (await send(VIEWER)).body.errors?.[0].extensions.code;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
  });

  it("takes everything with it that hangs on it, in every table that names accounts", async () => {
    const bob = await createProtectedPerson(keyturn, administrator, nextName());
    await fillEveryTable(bob);
    const places = await placesOfAccounts(keyturn, kind);
    expect(places.map(({ table }) => table)).toEqual(
      expect.arrayContaining(["api_tokens", "authenticators", "login_challenges", "mail_links", "sessions"]),
    );
    const empty = await placesWithout(places, bob);
    expect(empty, "each table holds something of the account before").toEqual([]);
    expect(await remove(bob)).toEqual({ __typename: "AccountDeleted", id: bob.id });
    expect(await placesWithout(places, bob)).toEqual(places);
    await setPolicy(administrator, { resetNeedsApproval: false });
  });

  it("leaves its events, with its name as it was, and one of its end", async () => {
    const ann = await logIn(keyturn, await createPerson(administrator, nextName()));
    await remove(ann);
    const events = (await keyturn.events()).filter(({ subject }) => subject === ann.loginName);
    expect(events.map(({ action }) => action).sort()).toEqual([
      ...["account.created", "account.deleted", "login.succeeded"],
    ]);
    expect(events.find(({ action }) => action === "account.deleted")).toMatchObject({
      ...{ actor: "admin", credential: "SESSION", details: { kind: "PERSON", role: "USER" } },
    });
  });

  it("frees its login name, and nothing of it passes on to the next who bears that", async () => {
    const old = await createProtectedPerson(keyturn, administrator, nextName());
    const made = await old.client.mutate(
      ...["createApiToken", { name: "script", scopes: ["account:read"] }, "... on ApiTokenCreated { token }"],
    );
    const challenge = await challengeOf(keyturn, old);
    await remove(old);
    const password = "another-lantern-of-9";
    const next = await createPerson(administrator, old.loginName, { password });
    expect(next.id).not.toBe(old.id);
    for (const token of [old.token, made.token])
      expect(await codeOfRefusal(withToken(keyturn, token))).toBe("INVALID_CREDENTIALS");
    const proof = { verificationCode: old.app.code(1) };
    expect((await keyturn.anyone.mutate("completeLogin", { challenge, proof })).__typename).toBe(
      "ChallengeExpired",
    );
    expect(await codeOfRefusal(withPassword(keyturn, old))).toBe("INVALID_CREDENTIALS");
    expect((await logIn(keyturn, { ...next, password })).id).toBe(next.id);
  });

  it("is nobody to whoever is still logged in as it, and to an administrator", async () => {
    const ann = await logIn(keyturn, await createPerson(administrator, nextName()));
    await remove(ann);
    expect(await codeOfRefusal(ann.client)).toBe("INVALID_CREDENTIALS");
    const { loginName, password } = ann;
    expect((await keyturn.anyone.mutate("login", { loginName, password }, LOGIN)).__typename).toBe(
      "InvalidLogin",
    );
    const text = "query($id: ID!) { account(id: $id) { id } }";
    expect((await administrator.client.query(text, { id: ann.id })).account).toBeNull();
    expect(await administrator.client.refusal("deleteAccount", { accountId: ann.id })).toBe("NOT_FOUND");
  });

  it("leaves no half of itself where it logs in and asks for tokens in the very moment", async () => {
    for (let round = 0; round < 4; round += 1) {
      const ann = await logIn(keyturn, await createPerson(administrator, nextName()));
      const { loginName, password } = ann;
      const asked = Array.from({ length: 4 }, () => [
        keyturn.anyone.send(mutation("login", LOGIN), { input: { loginName, password } }),
        ann.client.send(mutation("createApiToken"), { input: { name: "a", scopes: ["account:read"] } }),
        ann.client.send(mutation("enrollTwoFactor"), { input: {} }),
        withPassword(keyturn, ann).send(VIEWER),
      ]).flat();
      await remove(ann);
      const answers = await Promise.all(asked);
      const codes = answers.map(({ body }) => body.errors?.[0].extensions.code);
      expect(codes).not.toContain("INTERNAL");
      const places = await placesOfAccounts(keyturn, kind);
      expect(await placesWithout(places, ann)).toEqual(places);
    }
  });

  it("may be one's own, where another administrator stays", async () => {
    const eve = await logIn(keyturn, await createPerson(administrator, nextName()));
    const role = { accountId: eve.id, role: "ADMINISTRATOR" };
    await administrator.client.mutate("changeAccountRole", role);
    const own = await eve.client.mutate(
      "deleteAccount",
      { accountId: eve.id },
      "... on AccountDeleted { id }",
    );
    expect(own.id).toBe(eve.id);
    expect(await codeOfRefusal(eve.client)).toBe("INVALID_CREDENTIALS");
  });

  /** Leaves at least one row of an account in each table that can hold one. */
  async function fillEveryTable(bob: Awaited<ReturnType<typeof createProtectedPerson>>): Promise<void> {
    await bob.client.mutate("createApiToken", { name: "script", scopes: ["account:read"] });
    await bob.client.mutate("changeEmailAddress", { emailAddress: "bob@elsewhere.example" });
    await enroll(keyturn, bob, "Tablet");
    await challengeOf(keyturn, bob);
    const { clientId } = await authorizeApplication(keyturn, bob);
    await putOnList(keyturn, bob, clientId);
    const others = await Promise.all([0, 1].map(async () => await createPerson(administrator, nextName())));
    for (const { id } of [...others, bob])
      await administrator.client.mutate("changeAccountRole", { accountId: id, role: "ADMINISTRATOR" });
    await setPolicy(administrator, { resetNeedsApproval: true });
    await challengeOf(keyturn, bob);
    await askForAuthorization(keyturn, bob, clientId);
    const asked = { accountId: bob.id, reason: "Telephone lost" };
    expect((await administrator.client.mutate("resetTwoFactor", asked)).__typename).toBe(
      "TwoFactorResetPending",
    );
    const cat = await createProtectedPerson(keyturn, administrator, nextName());
    const byBob = { accountId: cat.id, reason: "Telephone lost" };
    expect((await bob.client.mutate("resetTwoFactor", byBob)).__typename).toBe("TwoFactorResetPending");
  }

  async function placesWithout(places: readonly Place[], { id }: Pick<Person, "id">): Promise<Place[]> {
    const counted = await Promise.all(
      places.map(async ({ table, column }) => {
        const text = `SELECT count(*) AS count FROM ${table} WHERE ${column} = $1`;
        const [row] = await readRows<{ count: number }>(keyturn, text, [id]);
        return Number(row?.count);
      }),
    );
    return places.filter((_, index) => counted[index] === 0);
  }
});

/** Reads from the database itself where a table names an account: a new table is among them by itself. */
async function placesOfAccounts(keyturn: Keyturn, kind: DatabaseKind): Promise<Place[]> {
  const text =
    kind === "sqlite"
      ? `SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table'`
      : `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
         WHERE table_schema = 'public'`;
  const places = await readRows<Place>(keyturn, text);
  return places
    .filter(({ column }) => column === "account_id" || column === "requested_by")
    .sort((one, other) => `${one.table}.${one.column}`.localeCompare(`${other.table}.${other.column}`));
}

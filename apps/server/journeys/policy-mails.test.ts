import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { insert } from "../src/platform/sql.js";
import { AccountEntity } from "../src/rooms/accounts/account.entity.js";
import { newAccount } from "../src/rooms/accounts/new-account.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import type { ReceivedMail } from "./stage/mailbox.js";
import {
  createPerson,
  createProtectedPerson,
  logIn,
  logInWithCode,
  type Person,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";
import { openTcpProxy } from "./stage/tcp-proxy.js";

const MANY = 1_200;

/** Puts people without a second factor into the database; only their number matters. */
async function addPeople({ app, clock }: Keyturn, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `member-${index}`);
  await app.context.db.transaction(async (manager) => {
    for (const loginName of names) {
      const emailAddress = `${loginName}@example.com`;
      const named = { loginName, displayName: loginName, emailAddress, locale: "en", passwordHash: null };
      const account = newAccount({ ...named, kind: "PERSON", role: "USER" }, clock.now());
      await insert(manager, AccountEntity, account);
    }
  });
  return names;
}

describeOnBoth("a change of the policy, told by mail", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let dora: Person;
  let mark = 0;
  const told = async (): Promise<ReceivedMail[]> => {
    await keyturn.settle();
    return keyturn.mailbox.received.slice(mark);
  };
  const addressees = async (about: string): Promise<string[]> =>
    (await told())
      .filter(({ subject }) => subject.includes(about))
      .map(({ to }) => to.split("@")[0] ?? "")
      .toSorted();
  const set = async (change: object): Promise<void> => {
    await told();
    mark = keyturn.mailbox.received.length;
    await setPolicy(administrator, change);
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await protectAdministrator(keyturn);
    await administrator.client.mutate("changeAccountEmailAddress", {
      ...{ accountId: administrator.id, emailAddress: "admin@example.com" },
    });
    await createPerson(administrator, "ann");
    await createPerson(administrator, "hana", { locale: "ja" });
    await createProtectedPerson(keyturn, administrator, "carl");
    const jun = await createProtectedPerson(keyturn, administrator, "jun");
    await jun.client.mutate("updateProfile", { locale: "ja" });
    dora = await createPerson(administrator, "dora");
    const bare = await createPerson(administrator, "bare");
    for (const { id } of [dora, bare])
      await administrator.client.mutate("changeAccountRole", { accountId: id, role: "ADMINISTRATOR" });
    const change = { accountId: bare.id, emailAddress: null };
    await administrator.client.mutate("changeAccountEmailAddress", change);
    await createPerson(administrator, "guest", { kind: "GUEST" });
    await createPerson(administrator, "robot", { kind: "SERVICE" });
    const gone = await createPerson(administrator, "gone");
    await administrator.client.mutate("suspendAccount", { accountId: gone.id, reason: "Left" });
  });
  beforeEach(async () => {
    administrator = { ...administrator, ...(await logInWithCode(keyturn, administrator)) };
    await set({ twoFactor: "OPTIONAL", resetNeedsApproval: false });
    administrator = { ...administrator, ...(await logInWithCode(keyturn, administrator)) };
  });
  afterAll(() => keyturn.close());

  it("is told in each person's own language, with the date where there is one", async () => {
    await set({ twoFactor: "REQUIRED", twoFactorRequiredFrom: "2030-04-01T00:00:00Z" });
    const mails = await told();
    expect(mails.map(({ to }) => to).toSorted()).toEqual(
      ["ann", "dora", "hana"].map((name) => `${name}@example.com`),
    );
    const textTo = (name: string) => mails.find(({ to }) => to.startsWith(name))?.text;
    expect(textTo("ann")).toContain(
      "requires two-factor authentication from April 1, 2030 at 12:00 AM UTC on",
    );
    expect(textTo("hana")).toContain("組織は2030年4月1日 0:00(UTC)から2要素認証を必須にします");
    await set({ twoFactorRequiredFrom: null });
    const now = (await told()).find(({ to }) => to.startsWith("hana"));
    expect(now?.text).toContain("組織が2要素認証を必須にしました。次のログインで設定します");
    await set({ twoFactor: "FORBIDDEN" });
    expect((await told()).find(({ to }) => to.startsWith("jun"))?.text).toContain(
      "アプリから削除しないでください",
    );
    expect(await addressees("")).toEqual(["carl", "admin", "jun"].toSorted());
  });

  it("is told anew when its date changes, and not when nothing about the rule does", async () => {
    await set({ twoFactor: "REQUIRED", twoFactorRequiredFrom: "2030-04-01T00:00:00Z" });
    expect(await addressees("")).toEqual(["ann", "dora", "hana"]);
    await set({ twoFactor: "REQUIRED", twoFactorRequiredFrom: "2030-04-01T00:00:00Z", lockoutMinutes: 4 });
    expect(await told()).toEqual([]);
    await set({ twoFactorRequiredFrom: "2030-05-01T00:00:00Z" });
    expect(await addressees("")).toEqual(["ann", "dora", "hana"]);
    await set({ twoFactorRequiredFrom: "2020-01-01T00:00:00Z" });
    expect(await addressees("")).toEqual(["ann", "dora", "hana"]);
    await set({ twoFactorRequiredFrom: null });
    expect(await told()).toEqual([]);
  });

  it("is told to every administrator when approval of resets is turned on or off, by whom", async () => {
    await set({ resetNeedsApproval: true });
    expect(await addressees("Approval of two-factor resets was changed")).toEqual(["admin", "dora"]);
    expect((await told())[0]?.text).toContain(
      "The administrator admin changed the security policy: a second administrator must now approve",
    );
    await set({ resetNeedsApproval: true });
    expect(await told()).toEqual([]);
    await set({ resetNeedsApproval: false });
    expect(await addressees("")).toEqual(["admin", "dora"]);
    expect((await told())[0]?.text).toContain("needs no second administrator any more");
  });

  it("is told to a person who becomes an administrator where administrators need a second factor", async () => {
    const [eve, fay, robot] = [
      await createPerson(administrator, "eve"),
      await createProtectedPerson(keyturn, administrator, "fay"),
      await createPerson(administrator, "robot-2", { kind: "SERVICE" }),
    ];
    const change = ({ id }: { id: string }, role: string) =>
      administrator.client.mutate("changeAccountRole", { accountId: id, role });
    await change(eve, "ADMINISTRATOR");
    await change(eve, "USER");
    expect(await addressees("is required")).toEqual([]);
    await set({ twoFactor: "REQUIRED_FOR_ADMINISTRATORS" });
    expect(await addressees("")).toEqual(["dora"]);
    mark = keyturn.mailbox.received.length;
    const session = await logIn(keyturn, eve);
    for (const each of [eve, eve, fay, robot]) await change(each, "ADMINISTRATOR");
    expect((await told()).map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
      "eve@example.com: Two-factor authentication is required (Keyturn)",
    ]);
    expect((await session.client.send("{ viewer { id } }")).status).toBe(401);
    for (const { id } of [eve, fay, robot])
      await administrator.client.mutate("deleteAccount", { accountId: id });
  });
});

describeOnBoth("a change of the policy that touches a thousand and more", (kind) => {
  it("is told to each of them once, and drops no mail", async () => {
    const keyturn = await startKeyturn(kind, { KEYTURN_SMTP_URL: "" });
    const administrator = await protectAdministrator(keyturn);
    const names = await addPeople(keyturn, MANY);
    await setPolicy(administrator, { twoFactor: "REQUIRED" });
    await keyturn.settle();
    const folder = join(keyturn.dataDirectory, "mails");
    const mails = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    const addressees = mails
      .filter((mail) => mail.includes("Subject: Two-factor authentication is required"))
      .map((mail) => /^To: (.+?)\r?$/m.exec(mail)?.[1]);
    expect(addressees.toSorted()).toEqual(names.map((name) => `${name}@example.com`).toSorted());
    expect(keyturn.logged()).not.toContain("a mail was dropped");
    await keyturn.close();
  });
});

describeOnBoth("a server that stops while it tells of a changed policy", (kind) => {
  it("waits for no mail that does not go out, and says that not everyone was told", async () => {
    let keyturn = await startKeyturn(kind);
    const proxy = await openTcpProxy(keyturn.mailbox.smtpUrl);
    keyturn = await keyturn.restart({ KEYTURN_SMTP_URL: proxy.through(keyturn.mailbox.smtpUrl) });
    await addPeople(keyturn, MANY);
    const administrator = await protectAdministrator(keyturn);
    await keyturn.settle();
    proxy.freeze();
    await setPolicy(administrator, { twoFactor: "REQUIRED" });
    const { logged } = keyturn;
    keyturn = await keyturn.restart();
    expect(logged()).toContain("not everyone was told of the changed policy: the server stops");
    expect(logged()).not.toContain("a mail was dropped");
    await proxy.close();
    await keyturn.close();
  });
});

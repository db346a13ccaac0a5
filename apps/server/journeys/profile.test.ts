import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator } from "./stage/people.js";

const PROFILE = "... on ProfileUpdated { account { displayName locale } }";
const CHANGED = "... on LoginNameChanged { account { loginName } }";
const REQUESTED = "... on EmailAddressChangeRequested { message }";
const CONFIRMED = "... on EmailAddressConfirmed { message }";

describeOnBoth("one's own profile", (kind) => {
  let keyturn: Keyturn;
  let ann: LoggedInPerson;
  let people = 0;

  const someone = async (): Promise<LoggedInPerson> => {
    people += 1;
    const administrator = await logInAdministrator(keyturn);
    return await logIn(keyturn, await createPerson(administrator, `ann-${people}`, { locale: "en" }));
  };
  const viewer = async () =>
    (await ann.client.query("{ viewer { loginName displayName locale emailAddress } }")).viewer;
  const update = (input: object) => ann.client.mutate("updateProfile", input, PROFILE);
  /** Asks for a new address and returns the link's token that was mailed there, or null, with all mails. */
  const changeAddress = async (emailAddress: string) => {
    const before = keyturn.mailbox.received.length;
    const answer = await ann.client.mutate("changeEmailAddress", { emailAddress }, REQUESTED);
    await keyturn.settle();
    const mails = keyturn.mailbox.received.slice(before);
    const link = mails.find(({ to }) => to === emailAddress)?.text ?? "";
    return { answer, mails, token: /\/confirm-email\/(ktm_\w+)/.exec(link)?.[1] ?? "" };
  };
  const confirm = async (token: string): Promise<string> =>
    (await keyturn.anyone.mutate("confirmEmailAddress", { token }, CONFIRMED)).__typename;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    ann = await someone();
  });

  it("keeps what is absent", async () => {
    expect((await update({ displayName: "Ann A." })).account).toEqual({
      displayName: "Ann A.",
      locale: "en",
    });
    expect((await update({ locale: "ja" })).account).toEqual({ displayName: "Ann A.", locale: "ja" });
    expect((await update({})).account).toEqual({ displayName: "Ann A.", locale: "ja" });
    expect(await viewer()).toMatchObject({ displayName: "Ann A.", locale: "ja" });
  });

  it("makes no event of what changes nothing", async () => {
    const { loginName, displayName, locale } = await viewer();
    expect((await update({ displayName, locale })).account).toEqual({ displayName, locale });
    const { account } = await ann.client.mutate("changeLoginName", { loginName }, CHANGED);
    expect(account).toEqual({ loginName });
    const events = [
      ...(await keyturn.events("profile.updated")),
      ...(await keyturn.events("login-name.changed")),
    ];
    expect(events.filter(({ actor }) => actor === loginName)).toEqual([]);
  });

  it("takes no null, and no language that is none, and changes nothing then", async () => {
    const before = await viewer();
    for (const [field, input] of [
      ["displayName", { displayName: null, locale: "ja" }],
      ["locale", { displayName: "Other", locale: null }],
      ["locale", { displayName: "Other", locale: "not_a_language!" }],
      ["locale", { displayName: "Other", locale: "" }],
      ["displayName", { displayName: "  ", locale: "ja" }],
    ] as const) {
      const { body } = await ann.client.send(mutation("updateProfile"), { input });
      const expected = { code: "BAD_USER_INPUT", path: ["input", field] };
      expect(body.errors?.[0].extensions, JSON.stringify(input)).toMatchObject(expected);
    }
    expect(await viewer()).toEqual(before);
  });

  it("keeps a language in its canonical form", async () => {
    expect((await update({ locale: "JA-jp" })).account.locale).toBe("ja-JP");
  });

  it("gets another login name, by which alone one logs in from then on; the session goes on", async () => {
    const loginName = `new-${ann.loginName}`;
    const answer = await ann.client.mutate("changeLoginName", { loginName }, CHANGED);
    expect(answer).toEqual({ __typename: "LoginNameChanged", account: { loginName } });
    expect((await viewer()).loginName).toBe(loginName);
    const { password } = ann;
    const byOld = await keyturn.anyone.mutate("login", { loginName: ann.loginName, password });
    expect(byOld.__typename).toBe("InvalidLogin");
    expect((await logIn(keyturn, { loginName, password })).id).toBe(ann.id);
  });

  it("gets no login name that is taken, in whatever case or width, but one's own in another", async () => {
    const { loginName } = await someone();
    for (const taken of [loginName, loginName.toUpperCase(), loginName.replace("ann", "ａｎｎ"), "ADMIN"])
      expect(await ann.client.mutate("changeLoginName", { loginName: taken }), taken).toMatchObject({
        __typename: "LoginNameTaken",
        code: "LOGIN_NAME_TAKEN",
        path: ["input", "loginName"],
      });
    expect((await viewer()).loginName).toBe(ann.loginName);
    const mine = ann.loginName.toUpperCase();
    expect((await ann.client.mutate("changeLoginName", { loginName: mine })).__typename).toBe(
      "LoginNameChanged",
    );
  });

  it("gets a login name that twenty ask for at once only for one of them", async () => {
    const twenty: LoggedInPerson[] = [];
    while (twenty.length < 20) twenty.push(await someone());
    const names = ["contested", "Contested", "CONTESTED", "ｃontested"];
    const answers = await Promise.all(
      twenty.map(({ client }, index) =>
        client.mutate("changeLoginName", { loginName: names[index % 4] }, CHANGED),
      ),
    );
    const taken = answers.filter(({ __typename }) => __typename === "LoginNameTaken");
    expect(answers.filter(({ __typename }) => __typename === "LoginNameChanged")).toHaveLength(1);
    expect(taken).toHaveLength(19);
  });

  it("gets a new mail address when its link is followed; the old address is told at once, and then again", async () => {
    const [old, wanted] = [`${ann.loginName}@example.com`, `new-${ann.loginName}@example.com`];
    const { answer, mails, token } = await changeAddress(wanted);
    expect(answer.message).toContain(wanted);
    expect(mails.map(({ to }) => to).sort()).toEqual([old, wanted].sort());
    const told = mails.find(({ to }) => to === old);
    expect(told?.subject).toContain("Your email address is being changed");
    expect(told?.text).toContain(wanted);
    expect(told?.text).not.toContain("ktm_");
    expect((await viewer()).emailAddress).toBe(old);
    expect(await confirm(token)).toBe("EmailAddressConfirmed");
    expect((await viewer()).emailAddress).toBe(wanted);
    const after = await keyturn.mailbox.next(({ subject, text }) =>
      `${subject} ${text}`.includes(`The address of your account is now ${wanted}`),
    );
    expect(after.to).toBe(old);
  });

  it("gets a new mail address by the newest link alone, and once", async () => {
    const older = await changeAddress(`older-${ann.loginName}@example.com`);
    const newer = await changeAddress(`newer-${ann.loginName}@example.com`);
    expect(await confirm(older.token)).toBe("InvalidMailToken");
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(newer.token)));
    expect(answers.filter((typename) => typename === "EmailAddressConfirmed")).toHaveLength(1);
    expect(await confirm(newer.token)).toBe("InvalidMailToken");
    expect((await viewer()).emailAddress).toBe(`newer-${ann.loginName}@example.com`);
  });

  it("gets a new mail address within an hour, not later", async () => {
    const { token } = await changeAddress(`late-${ann.loginName}@example.com`);
    keyturn.clock.advance({ seconds: 3600 });
    expect(await confirm(token)).toBe("InvalidMailToken");
    expect((await viewer()).emailAddress).toBe(`${ann.loginName}@example.com`);
    ann = await logIn(keyturn, ann);
    const { token: fresh } = await changeAddress(`late-${ann.loginName}@example.com`);
    keyturn.clock.advance({ seconds: 3599 });
    expect(await confirm(fresh)).toBe("EmailAddressConfirmed");
  });

  it("is not opened by a link for an address where a password is to be set, nor the other way round", async () => {
    const { token } = await changeAddress(`other-${ann.loginName}@example.com`);
    const newPassword = "violet-anchor-thistle-3";
    const answer = await keyturn.anyone.mutate("resetPassword", { token, newPassword });
    expect(answer.__typename).toBe("InvalidMailToken");
    await keyturn.anyone.mutate("requestPasswordReset", { loginName: ann.loginName });
    const mail = await keyturn.mailbox.next(
      ({ to, subject }) => to === `${ann.loginName}@example.com` && subject.includes("Set a new password"),
    );
    const reset = /ktm_\w+/.exec(mail.text)?.[0] ?? "";
    expect(await confirm(reset)).toBe("InvalidMailToken");
    expect(await confirm(token)).toBe("EmailAddressConfirmed");
    const later = await keyturn.anyone.mutate("resetPassword", { token: reset, newPassword });
    expect(later.__typename).toBe("InvalidMailToken");
    const text = "SELECT id FROM mail_links WHERE account_id = $1 AND ended_at IS NULL";
    expect(await readRows(keyturn, text, [ann.id])).toEqual([]);
  });
});

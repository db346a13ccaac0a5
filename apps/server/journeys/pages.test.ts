import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnBoth } from "./stage/databases.js";
import { type FormBrowser, openFormBrowser, type ReceivedPage } from "./stage/forms.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  authenticatorApp,
  createPerson,
  createProtectedPerson,
  type Person,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";

const ORIGIN = "http://localhost:4000";
const NEW = "violet-anchor-thistle-3";

describeOnBoth("the pages without script", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let people = 0;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_PUBLIC_URL: ORIGIN });
    administrator = await protectAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  const nameOf = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const newPerson = (more: object = {}): Promise<Person> =>
    createPerson(administrator, nameOf(), { ...more });
  const newProtected = (): Promise<ProtectedPerson> =>
    createProtectedPerson(keyturn, administrator, nameOf());
  const open = (language?: string): FormBrowser => openFormBrowser(keyturn, language);
  const enter = async (
    browser: FormBrowser,
    { loginName, password }: Omit<Person, "id">,
    path = "/login",
  ): Promise<ReceivedPage> => {
    await browser.get(path);
    return await browser.submit({ loginName, password });
  };
  const leadsTo = ({ status, headers }: ReceivedPage): string => `${status} ${headers.get("location")}`;
  const isSignedIn = async (browser: FormBrowser): Promise<boolean> =>
    leadsTo(await browser.get("/login?next=/there")) === "303 /there";
  const tokenMailedTo = async ({ loginName }: Person): Promise<string> => {
    await keyturn.settle();
    const mail = await keyturn.mailbox.next(({ text }) => text.includes(loginName) && text.includes("ktm_"));
    return /ktm_\w+/.exec(mail.text)?.[0] ?? "";
  };

  it("log in by a password alone who has no second factor, by a cookie that no script and no other site gets", async () => {
    const browser = open();
    const answer = await enter(browser, await newPerson(), "/login?next=%2Fplayground%3Fa%3D1");
    expect(leadsTo(answer)).toBe("303 /playground?a=1");
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^keyturn_session_4000=kts_\w+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it("open no session before the code was right too", async () => {
    const [ann, browser] = [await newProtected(), open()];
    const asked = await enter(browser, ann, "/login?next=/there");
    expect(asked.html).toContain("<h1>Enter your verification code</h1>");
    expect([...browser.cookies.keys()]).toEqual(["keyturn_form_4000"]);
    const challenge = asked.input("challenge") ?? "";
    expect(await isSignedIn(browser)).toBe(false);
    browser.cookies.set("keyturn_session_4000", challenge);
    expect(await isSignedIn(browser)).toBe(false);
    browser.cookies.delete("keyturn_session_4000");
    await enter(browser, ann, "/login?next=/there");
    const wrong = await browser.submit({ verificationCode: ann.app.code(7) });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toMatch(/id="verificationCode-error">The verification code is not valid\.</);
    expect(wrong.html).toMatch(/aria-describedby="verificationCode-hint verificationCode-error"/);
    keyturn.clock.advance({ seconds: 30 });
    expect(leadsTo(await browser.submit({ verificationCode: ann.app.code() }))).toBe("303 /there");
    expect(await isSignedIn(browser)).toBe(true);
  });

  it("take a recovery code in place of a code, once", async () => {
    const [ann, browser] = [await newProtected(), open()];
    const recoveryCode = ann.recoveryCodes[0] ?? "";
    await enter(browser, ann);
    expect(leadsTo(await browser.submit({ recoveryCode }))).toBe("303 /account");
    const again = open();
    await enter(again, ann);
    const refused = await again.submit({ recoveryCode });
    expect(refused.html).toMatch(/<details open>/);
    expect(refused.html).toContain('id="recoveryCode-error"');
  });

  it("say that a login has expired, and begin again", async () => {
    const [ann, browser] = [await newProtected(), open()];
    await enter(browser, ann);
    keyturn.clock.advance({ seconds: 301 });
    const late = await browser.submit({ verificationCode: ann.app.code() });
    expect(late.html).toContain("This login has expired.");
    expect(late.input("password")).toBe("");
    expect(late.input("challenge")).toBeNull();
  });

  it("answer a wrong password and an unknown name alike, keep the name that was typed, and tell a lock", async () => {
    const [ann, browser] = [await newPerson(), open()];
    const wrong = await enter(browser, { ...ann, password: "wrong" });
    const unknown = await enter(open(), { loginName: '<b>"nobody"', password: "wrong" });
    for (const page of [wrong, unknown]) {
      expect(page.status).toBe(422);
      expect(page.html).toContain("The login name or the password is not correct.");
      expect(page.html).toMatch(/name="password"[^>]*aria-describedby="fault"/);
      expect(page.input("password")).toBe("");
    }
    expect([wrong.input("loginName"), unknown.input("loginName")]).toEqual([ann.loginName, '<b>"nobody"']);
    expect(unknown.html).not.toContain("<b>");
    for (let attempt = 2; attempt <= 10; attempt += 1) await browser.submit({ password: "wrong" });
    const locked = await browser.submit({ password: ann.password });
    expect(locked.html).toContain(
      "Your account is locked because of 10 failed login attempts. Wait 3 minutes",
    );
    expect(browser.cookies.has("keyturn_session_4000")).toBe(false);
  });

  it("speak the language of the browser until the password was right, then the account's", async () => {
    const jun = await newPerson({ locale: "ja" });
    const browser = open("en");
    const login = await browser.get("/login");
    expect(login.html).toContain('<html lang="en">');
    expect((await open("ja").get("/login")).html).toContain('<html lang="ja">');
    const wrong = await browser.submit({ loginName: jun.loginName, password: "wrong" });
    expect(wrong.html).toContain('<html lang="en">');
    await enter(browser, jun);
    expect((await browser.get("/step-up")).html).toContain('<html lang="ja">');
  });

  it("set up a second factor inside the login where it is required, and show the recovery codes once", async () => {
    const [bob, browser] = [await newPerson({ locale: "ja" }), open()];
    await setPolicy(administrator, { twoFactor: "REQUIRED" });
    try {
      const offered = await enter(browser, bob, "/login?next=/there");
      expect(offered.html).toContain("<svg");
      expect(offered.html).toContain('<html lang="ja">');
      const key = (/class="key">([^<]+)</.exec(offered.html)?.[1] ?? "").replaceAll(" ", "");
      const app = authenticatorApp(keyturn, `otpauth://totp/x?secret=${key}`);
      const wrong = await browser.submit({ verificationCode: app.code(5) });
      expect(wrong.html).toContain("約150秒進んで");
      expect(wrong.html.replaceAll(" ", "")).toContain(key);
      expect(browser.cookies.has("keyturn_session_4000")).toBe(false);
      const done = await browser.submit({ verificationCode: app.code() });
      expect([...done.html.matchAll(/<li>([0-9A-Z-]+)<\/li>/g)]).toHaveLength(10);
      expect(done.html).toContain('href="/there"');
      expect(done.headers.get("cache-control")).toBe("no-store");
      expect(await isSignedIn(browser)).toBe(true);
    } finally {
      await setPolicy(administrator, { twoFactor: "OPTIONAL" });
    }
  });

  it("renew a session by password and code, and send nobody on without", async () => {
    const [ann, browser] = [await newProtected(), open()];
    expect(leadsTo(await browser.get("/step-up?next=/there"))).toBe("303 /login?next=%2Fthere");
    await enter(browser, ann);
    keyturn.clock.advance({ seconds: 30 });
    await browser.submit({ verificationCode: ann.app.code() });
    const before = browser.cookies.get("keyturn_session_4000");
    await browser.get("/step-up?next=/there");
    const without = await browser.submit({ password: ann.password });
    expect(without.html).toMatch(/id="verificationCode-error">Fill in this field\.</);
    const wrong = await browser.submit({ password: "wrong", verificationCode: "000000" });
    expect(wrong.html).toMatch(/id="password-error">The password is not correct\.</);
    keyturn.clock.advance({ seconds: 30 });
    const done = await browser.submit({ password: ann.password, verificationCode: ann.app.code() });
    expect(leadsTo(done)).toBe("303 /there");
    expect(browser.cookies.get("keyturn_session_4000")).not.toBe(before);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it("set a password by a mailed link, and log nobody in by it", async () => {
    const [ann, browser] = [await newPerson(), open()];
    await keyturn.settle();
    await browser.get("/reset-password");
    expect((await browser.submit()).html).toContain("Enter your login name or your email address.");
    const asked = await browser.submit({ loginName: ann.loginName });
    expect(leadsTo(asked)).toBe("303 /reset-password?next=%2Faccount&done=requested");
    expect((await browser.get(asked.headers.get("location") ?? "")).html).toContain("If an account matches");
    const address = `/reset-password/${await tokenMailedTo(ann)}`;
    const late = open();
    await late.get(address);
    await browser.get(address);
    const differ = await browser.submit({ newPassword: NEW, repeated: `${NEW}x` });
    expect(differ.html).toContain('id="repeated-error"');
    const weak = await browser.submit({ newPassword: "short", repeated: "short" });
    expect(weak.html).toMatch(/id="newPassword-error">Choose another password\./);
    expect(leadsTo(await browser.submit({ newPassword: NEW, repeated: NEW }))).toBe(
      "303 /login?done=password-reset",
    );
    expect(await isSignedIn(browser)).toBe(false);
    const tooLate = await late.submit({ newPassword: NEW, repeated: NEW });
    expect([tooLate.status, tooLate.html]).toEqual([422, expect.stringContaining("This link has expired")]);
    const dead = await browser.get(address);
    expect(dead.html).toMatch(/This link has expired.*href="\/reset-password"/s);
    expect(dead.html).not.toContain("<form");
    expect(leadsTo(await enter(open(), { ...ann, password: NEW }))).toBe("303 /account");
  });

  it("ask alike for names and addresses that nobody has", async () => {
    const known = await newPerson();
    const ask = async (fields: Record<string, string>): Promise<string> => {
      const browser = open();
      await browser.get("/reset-password");
      return leadsTo(await browser.submit(fields));
    };
    const answers = [
      await ask({ loginName: known.loginName }),
      await ask({ loginName: "nobody" }),
      await ask({ emailAddress: `${known.loginName}@example.com` }),
      await ask({ emailAddress: "nobody@example.com" }),
    ];
    expect(new Set(answers).size).toBe(1);
  });

  it("confirm a mail address by a button, and not by being looked at", async () => {
    const ann = await newProtected();
    const emailAddress = `${ann.loginName}@example.net`;
    await ann.client.mutate("changeEmailAddress", { emailAddress });
    const address = `/confirm-email/${await tokenMailedTo(ann)}`;
    const addressOf = async (): Promise<string> =>
      (await ann.client.query("{ viewer { emailAddress } }")).viewer.emailAddress;
    const browser = open();
    for (const _ of [1, 2]) expect((await browser.get(address)).status).toBe(200);
    expect(await addressOf()).toBe(`${ann.loginName}@example.com`);
    const done = await browser.submit();
    expect(leadsTo(done)).toBe(`303 ${address}?done=confirmed`);
    expect(await addressOf()).toBe(emailAddress);
    expect((await browser.get(`${address}?done=confirmed`)).html).toContain(
      "The email address is confirmed.",
    );
    const dead = await browser.get(address);
    expect(dead.html).toContain("This link has expired");
    expect(dead.html).not.toContain("<form");
  });
});

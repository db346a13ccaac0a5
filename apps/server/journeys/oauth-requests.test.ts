import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { openFormBrowser } from "./stage/forms.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  allow,
  ask,
  askingAddress,
  broughtBack,
  browserOf,
  CALLBACK,
  leadsTo,
  registerClient,
  send,
} from "./stage/oauth-way.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator } from "./stage/people.js";

const ORIGIN = "http://localhost:4000";
const TABLES = ["oauth_authorization_requests", "oauth_authorizations", "oauth_grants"];

describeOnBoth("a request of an application", (kind) => {
  let keyturn: Keyturn;
  let ann: LoggedInPerson;
  let people = 0;
  const countRows = async (table: string) => (await readRows(keyturn, `SELECT id FROM ${table}`)).length;
  const kept = async () => await Promise.all(TABLES.map(countRows));

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_PUBLIC_URL: ORIGIN });
    await registerClient(keyturn, {});
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    people += 1;
    ann = await logIn(keyturn, await createPerson(await logInAdministrator(keyturn), `person-${people}`));
  });

  it("leaves nothing here for whom nobody knows, however many come and whatever they hold", async () => {
    const before = await kept();
    for (let count = 0; count < 20; count += 1) {
      const long = { state: "s".repeat(1024), nonce: "n".repeat(1024), login_hint: "h".repeat(1024) };
      const { path } = askingAddress(count % 2 === 0 ? {} : long);
      const answer = await openFormBrowser(keyturn).get(path);
      expect(leadsTo(answer)).toMatch(/^\/consent\?request=/);
      expect(leadsTo(answer).length).toBeLessThan(6500);
      const [, form = ""] = path.split("?");
      await send(`${keyturn.address}/oauth2/authorize`, form);
    }
    expect(await kept()).toEqual(before);
  });

  it("leads whoever logs in to its question, with all that it brought", async () => {
    const browser = openFormBrowser(keyturn);
    const wish = { state: "s".repeat(1024), nonce: "n".repeat(1024), login_hint: ann.loginName };
    const login = leadsTo(await ask(browser, askingAddress(wish).path));
    expect((await browser.get(login)).input("loginName")).toBe(ann.loginName);
    await browser.get(leadsTo(await browser.submit({ loginName: ann.loginName, password: ann.password })));
    const back = broughtBack(await browser.submit({ answer: "allow" }));
    expect(back).toMatchObject({ state: wish.state, code: expect.stringMatching(/^kta_/) });
  });

  it("opens in the browser alone that brought it, once, as it was sealed, and for five minutes", async () => {
    const browser = browserOf(keyturn, ann);
    browser.cookies.delete("keyturn_session_4000");
    const sealed = leadsTo(await browser.get(askingAddress().path));
    browser.cookies.set("keyturn_session_4000", ann.token);
    const other = browserOf(keyturn, ann);
    await other.get("/login?done=x");
    expect((await other.get(sealed)).status).toBe(404);
    const [before = "", after = ""] = sealed.split("&");
    for (const forged of [
      `${before}A&${after}`,
      before.replace(/.{9}$/, "AAAAAAAAA"),
      "/consent",
      "/consent?request=x",
    ])
      expect([forged, (await browser.get(forged)).status]).toEqual([forged, 404]);
    expect((await browser.get(sealed)).html).toContain("asks for this:");
    expect((await browser.get(sealed)).html).toContain("asks for this:");
    expect(broughtBack(await browser.submit({ answer: "allow" }))).toHaveProperty("code");
    expect((await browser.get(sealed)).status).toBe(404);
    const late = openFormBrowser(keyturn);
    const tooLate = leadsTo(await late.get(askingAddress().path));
    keyturn.clock.advance({ seconds: 300 });
    expect((await late.get(tooLate)).status).toBe(404);
  });

  it("is answered to one account alone, though another one opens it in the same browser afterwards", async () => {
    const browser = openFormBrowser(keyturn);
    const sealed = leadsTo(await browser.get(askingAddress().path));
    browser.cookies.set("keyturn_session_4000", ann.token);
    expect((await browser.get(sealed)).html).toContain("asks for this:");
    const bob = await createPerson(await logInAdministrator(keyturn), `bob-${people}`);
    browser.cookies.set("keyturn_session_4000", (await logIn(keyturn, bob)).token);
    expect((await browser.get(sealed)).status).toBe(404);
  });

  it("of an account that leaves them all open waits beside nineteen others at most", async () => {
    const browser = browserOf(keyturn, ann);
    for (let count = 0; count < 25; count += 1) await browser.get(askingAddress({ prompt: "consent" }).path);
    const text = "SELECT id FROM oauth_authorization_requests WHERE account_id = $1";
    expect(await readRows(keyturn, text, [ann.id])).toHaveLength(20);
  });

  it.each([
    ["nobody is logged in", false, false, "login_required"],
    ["the person was not asked yet", true, false, "consent_required"],
    ["the person allowed it before", true, true, null],
  ])("that forbids to ask is answered right there, without a row or a cookie, where %s", async (...given) => {
    const [_, isLoggedIn, isAllowed, error] = given;
    if (isAllowed) await allow(keyturn, ann);
    const browser = isLoggedIn ? browserOf(keyturn, ann) : openFormBrowser(keyturn);
    const requests = await countRows("oauth_authorization_requests");
    const answer = await browser.get(askingAddress({ prompt: "none" }).path);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([303, []]);
    const expected = error === null ? { code: expect.stringMatching(/^kta_/) } : { error };
    expect(broughtBack(answer)).toMatchObject({ state: "a-state", iss: ORIGIN, ...expected });
    expect(await countRows("oauth_authorization_requests")).toBe(requests);
  });

  it.each([
    ["is still granted within 15 minutes of a proof", 900, null],
    ["takes a new proof afterwards", 901, "login_required"],
  ])("for an administrator's rights that were allowed before %s, asked or not", async (_, seconds, error) => {
    const admin = await logInAdministrator(keyturn);
    const scope = "openid admin:write";
    await allow(keyturn, admin, { scope, prompt: "consent" });
    keyturn.clock.advance({ seconds });
    const browser = browserOf(keyturn, admin);
    const silent = await browser.get(askingAddress({ scope, prompt: "none" }).path);
    const code = expect.stringMatching(/^kta_/);
    expect(broughtBack(silent)).toMatchObject(error === null ? { code } : { error });
    const open = await ask(browser, askingAddress({ scope }).path);
    if (error === null) expect(broughtBack(open)).toMatchObject({ code });
    else expect(leadsTo(open)).toMatch(/^\/step-up\?next=%2Fconsent%2F/);
    const lesser = await ask(browser, askingAddress({ scope: "openid" }).path);
    expect(broughtBack(lesser)).toMatchObject({ code });
  });

  it("by a form of another site's writes over no cookie, and is sent round as an address", async () => {
    const { path } = askingAddress({ prompt: "consent" });
    const [, form = ""] = path.split("?");
    const headers = { origin: "https://shop.example.com", "sec-fetch-site": "cross-site" };
    const sentRound = await send(`${keyturn.address}/oauth2/authorize`, form, headers);
    expect([sentRound.status, sentRound.headers.getSetCookie()]).toEqual([303, []]);
    const address = sentRound.headers.get("location") ?? "";
    expect(address).toMatch(/^\/oauth2\/authorize\?/);
    const browser = browserOf(keyturn, ann);
    expect((await ask(browser, address)).html).toContain("asks for this:");
  });

  it.each(["/login", "/step-up", "/reset-password", "/consent", "/oauth2/authorize", "/oauth2/end-session"])(
    "or any other form of another site's sets no cookie at %s",
    async (path) => {
      const headers = { origin: "https://shop.example.com", "sec-fetch-site": "cross-site" };
      const answer = await send(keyturn.address + path, "loginName=ann&password=x", headers);
      expect(answer.headers.getSetCookie()).toEqual([]);
    },
  );

  it("of a program on the person's device goes back to its scheme, which the question names", async () => {
    const redirect_uri = "com.example.app:/callback";
    await registerClient(keyturn, { id: `app-${people}`, secretHash: null, redirectUris: redirect_uri });
    const browser = browserOf(keyturn, ann);
    const asked = await ask(browser, askingAddress({ client_id: `app-${people}`, redirect_uri }).path);
    expect(asked.html).toContain("Shop &#38; Sons at com.example.app asks for this:");
    expect(asked.html).toContain("It keeps this access for up to 365 days, unless you withdraw it");
    expect(asked.headers.get("content-security-policy")).toContain("form-action 'self' com.example.app:;");
    expect(leadsTo(await browser.submit({ answer: "allow" }))).toMatch(
      /^com\.example\.app:\/callback\?code=kta_/,
    );
  });

  it("is refused before an address is made that is longer than proxies take", async () => {
    const redirect_uri = `${CALLBACK}?${"x".repeat(2000)}`;
    await registerClient(keyturn, { id: `long-${people}`, redirectUris: redirect_uri });
    const values = { state: "s".repeat(1024), nonce: "n".repeat(1024), login_hint: "h".repeat(1024) };
    const { path } = askingAddress({ client_id: `long-${people}`, redirect_uri, ...values });
    const answer = await openFormBrowser(keyturn).get(path);
    expect(broughtBack(answer)).toMatchObject({ error: "invalid_request", state: values.state });
    const form = `${path.split("?")[1]}&more=${"x".repeat(1500)}`;
    expect((await send(`${keyturn.address}/oauth2/authorize`, form)).status).toBe(400);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawToken } from "../src/platform/bearer-token.js";
import { type Answer, basic, mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { openFormBrowser, type ReceivedPage } from "./stage/forms.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, LOGGED_IN, type LoggedInPerson, logIn, logInAdministrator } from "./stage/people.js";

const VIEWER = "{ viewer { loginName } }";

describeOnBoth("a request that names the account that it is meant for", (kind) => {
  let keyturn: Keyturn;
  let ann: LoggedInPerson;
  let bob: LoggedInPerson;

  const by = ({ token }: LoggedInPerson) => ({ cookie: `keyturn_session_4000=${token}` });
  const meantFor = ({ id }: LoggedInPerson) => ({ "x-keyturn-account": id });
  const send = (headers: Record<string, string>, query = VIEWER, variables = {}): Promise<Answer> =>
    keyturn.anyone.send(query, variables, headers);
  const rename = (headers: Record<string, string>): Promise<Answer> =>
    send(headers, mutation("updateProfile"), { input: { displayName: "Renamed" } });
  const nameOf = async ({ client }: LoggedInPerson): Promise<string> =>
    (await client.query("{ viewer { displayName } }")).viewer.displayName;
  const refusalIn = ({ body }: Answer) => body.errors?.[0]?.extensions;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    const administrator = await logInAdministrator(keyturn);
    ann = await logIn(keyturn, await createPerson(administrator, "ann"));
    bob = await logIn(keyturn, await createPerson(administrator, "bob"));
  });
  afterAll(() => keyturn.close());

  it("is answered where the credential is that account's, and where it names none", async () => {
    for (const meant of [meantFor(ann), { "x-keyturn-account": "" }, {}])
      expect((await send({ ...by(ann), ...meant })).body).toEqual({ data: { viewer: { loginName: "ann" } } });
  });

  it("changes and tells nothing where it is another account's", async () => {
    for (const credential of [by(bob), { authorization: `Bearer ${bob.token}` }]) {
      const refused = await rename({ ...credential, ...meantFor(ann) });
      expect(refused.status).toBe(200);
      expect(refused.body.data ?? null).toBeNull();
      const reason = { code: "CREDENTIAL_NOT_ACCEPTED", reason: "OTHER_ACCOUNT", presented: "SESSION" };
      expect(refusalIn(refused)).toEqual({ ...reason, accepted: [] });
      expect((await send({ ...credential, ...meantFor(ann) })).text).not.toContain("bob");
    }
    expect([await nameOf(ann), await nameOf(bob)]).toEqual(["ANN", "BOB"]);
  });

  it("is refused for a password sent with it as well", async () => {
    const password = basic(bob.loginName, bob.password);
    expect(refusalIn(await send({ ...password, ...meantFor(ann) }))).toMatchObject({
      reason: "OTHER_ACCOUNT",
      presented: "PASSWORD",
    });
  });

  it("leaves another account's session as it is", async () => {
    const again = await logIn(keyturn, bob);
    const refused = await send({ ...by(again), ...meantFor(ann) }, mutation("logout"));
    expect(refusalIn(refused)).toMatchObject({ reason: "OTHER_ACCOUNT" });
    expect(refused.headers.get("set-cookie")).toBeNull();
    expect((await send(by(again))).body.data.viewer.loginName).toBe("bob");
  });

  it("is by nobody where no credential came, also for what anybody may ask", async () => {
    expect((await send({})).body).toEqual({ data: { viewer: null } });
    expect(refusalIn(await send(meantFor(ann)))).toEqual({ code: "UNAUTHENTICATED" });
    expect(refusalIn(await rename(meantFor(ann)))).toEqual({ code: "UNAUTHENTICATED" });
  });

  it("has a wrong credential as every other request has", async () => {
    const answer = await send({
      cookie: `keyturn_session_4000=${drawToken("kts_").plain}`,
      ...meantFor(ann),
    });
    expect([answer.status, refusalIn(answer).code]).toEqual([401, "INVALID_CREDENTIALS"]);
  });

  it("names nobody where it names two", async () => {
    const twice = { "x-keyturn-account": `${bob.id}, ${bob.id}` };
    expect(refusalIn(await send({ ...by(bob), ...twice }))).toMatchObject({ reason: "OTHER_ACCOUNT" });
  });

  it("logs anyone in: a login reads no credential", async () => {
    const { loginName, password } = ann;
    const input = { input: { loginName, password, useCookie: true } };
    const again = await logIn(keyturn, bob);
    const { body } = await send({ ...by(again), ...meantFor(bob) }, mutation("login", LOGGED_IN), input);
    expect(body.data.login.account.loginName).toBe("ann");
  });

  it("is told in the language of the browser", async () => {
    const { body } = await send({ ...by(bob), ...meantFor(ann), "accept-language": "ja" });
    expect(body.errors[0].message).toContain("別のアカウント");
  });

  describe("a form that was drawn for her", () => {
    /** Sends the form of a page of Ann's after Bob logged in beside it. */
    const sendAfterBob = async (path: string, fields: Record<string, string> = {}): Promise<ReceivedPage> => {
      const browser = openFormBrowser(keyturn);
      browser.cookies.set("keyturn_session_4000", (await logIn(keyturn, ann)).token);
      await browser.get(path);
      const { token } = await logIn(keyturn, bob);
      browser.cookies.set("keyturn_session_4000", token);
      const answer = await browser.submit(fields);
      expect(browser.cookies.get("keyturn_session_4000")).toBe(token);
      expect((await send({ cookie: `keyturn_session_4000=${token}` })).body.data.viewer.loginName).toBe(
        "bob",
      );
      return answer;
    };

    it.each([
      ["proves nothing", "/step-up"],
      ["ends no session", "/oauth2/end-session?ui_locales=en"],
    ])("%s once another account is logged in beside it, and does not tell which", async (_what, path) => {
      const { status, html } = await sendAfterBob(path, { password: bob.password });
      expect([status, html]).toEqual([422, expect.stringContaining("as another account. Nothing was done.")]);
      expect(html).toContain(`<a class="button" href="${path.replace("=", "&#61;")}`);
      expect(html).not.toMatch(/bob/i);
    });
  });
});

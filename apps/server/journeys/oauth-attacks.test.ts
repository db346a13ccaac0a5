import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { basic, bearer } from "./stage/client.js";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type FormBrowser, openFormBrowser } from "./stage/forms.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  allow,
  ask,
  askingAddress,
  broughtBack,
  browserOf,
  CALLBACK,
  codeForm,
  leadsTo,
  post,
  registerClient,
  SECRET,
  send,
} from "./stage/oauth-way.js";
import {
  createPerson,
  type LoggedInPerson,
  logIn,
  type ProtectedPerson,
  turnTwoFactorOn,
} from "./stage/people.js";
import { protectAdministrator } from "./stage/proofs.js";

describeOnBoth("an application that is not what it was when it asked", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let ann: LoggedInPerson;
  let browser: FormBrowser;
  let clients = 0;
  let id: string;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_PUBLIC_URL: "http://localhost:4000" });
    administrator = await protectAdministrator(keyturn);
    await createPerson(administrator, "ann");
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    clients += 1;
    id = `shop${clients}`;
    await registerClient(keyturn, { id });
    ann = await logIn(keyturn, { loginName: "ann", password: "quiet-harbor-lantern-7" });
    browser = browserOf(keyturn, ann);
  });

  const update = async (change: object) => {
    const answer = await administrator.client.mutate("updateOAuthClient", { id, ...change });
    expect(answer.__typename).toBe("OAuthClientUpdated");
  };
  const redeem = (code: { code: string; verifier: string }) =>
    post(keyturn, "token", { ...codeForm(code), client_id: id });
  const elsewhere = { redirectUris: ["https://else.example.com/callback"] };

  it.each(["allow", "deny"])("gets no answer at an address that was taken from it: %s", async (answer) => {
    const question = await ask(browser, askingAddress({ client_id: id }).path);
    expect(question.html).toContain("asks for this:");
    await update(elsewhere);
    const answered = await browser.submit({ answer });
    expect([answered.status, leadsTo(answered)]).toEqual([404, ""]);
  });

  it("gets no answer there by GraphQL either", async () => {
    const consent = leadsTo(await browser.get(askingAddress({ client_id: id }).path));
    const input = { id: consent.slice("/consent/".length), allow: true };
    await update(elsewhere);
    const answer = await ann.client.mutate("answerAuthorizationRequest", input);
    expect(answer.code).toBe("CHALLENGE_EXPIRED");
  });

  it("gets no tokens for a code that went to an address that was taken from it", async () => {
    const code = await allow(keyturn, ann, { client_id: id });
    await update(elsewhere);
    expect((await redeem(code)).body).toMatchObject({ error: "invalid_grant" });
    await update({ redirectUris: [CALLBACK] });
    expect((await redeem(code)).body).toMatchObject({ error: "invalid_grant" });
  });

  it("is asked about no more for a scope that was taken from it", async () => {
    const { path } = askingAddress({ client_id: id, scope: "openid email" });
    expect((await ask(browser, path)).status).toBe(200);
    await update({ scopes: ["openid"] });
    expect((await browser.submit({ answer: "allow" })).status).toBe(404);
  });

  it("is told the scopes that it has left, and gets no ID token without openid", async () => {
    const code = await allow(keyturn, ann, { client_id: id, scope: "openid email account:read" });
    await update({ scopes: ["email", "account:read"] });
    const { status, body } = await redeem(code);
    expect([status, body.scope]).toEqual([200, "email account:read"]);
    expect(body).not.toHaveProperty("id_token");
  });

  describe("acts for another service account, or for none,", () => {
    let token: string;
    beforeEach(async () => {
      const robot = await createPerson(administrator, `robot-${clients}`, { kind: "SERVICE" });
      await update({
        ...{ grantTypes: ["AUTHORIZATION_CODE", "CLIENT_CREDENTIALS"], serviceAccountId: robot.id },
      });
      token = (await post(keyturn, "token", { grant_type: "client_credentials", client_id: id })).body
        .access_token;
      expect(await statusOf(token)).toBe(200);
    });
    const statusOf = async (plain: string) =>
      (await keyturn.anyone.with(bearer(plain)).send("{ viewer { id } }")).status;
    const expectDead = async () => {
      expect(await statusOf(token)).toBe(401);
      expect((await post(keyturn, "introspect", { token, client_id: id })).body).toEqual({ active: false });
    };

    it("and what it got for the one before is dead at once", async () => {
      const other = await createPerson(administrator, `other-${clients}`, { kind: "SERVICE" });
      await update({ serviceAccountId: other.id });
      await expectDead();
    });

    it("and what it got is dead once it may not act by itself", async () => {
      await update({ grantTypes: ["AUTHORIZATION_CODE"] });
      await expectDead();
    });
  });
});

describeOnBoth("an application's request", (kind) => {
  let keyturn: Keyturn;
  let ann: LoggedInPerson;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_PUBLIC_URL: "http://localhost:4000" });
    const administrator = await protectAdministrator(keyturn);
    await registerClient(keyturn, { id: "shop" });
    ann = await logIn(keyturn, await createPerson(administrator, "ann"));
  });
  afterAll(() => keyturn.close());

  it.each([["\0"], ["shop\0"], ["\u0001\u007f"], ["é".repeat(3_000)], ["s".repeat(90_000)]])(
    "of a client_id that no database takes is refused as any unknown one: %j",
    async (id) => {
      const grant = { grant_type: "client_credentials" };
      for (const endpoint of ["token", "introspect", "revoke"])
        expect((await post(keyturn, endpoint, { ...grant, client_id: id })).body).toMatchObject({
          error: "invalid_client",
        });
      if (id.length > 4_000) return;
      const form = new URLSearchParams(grant).toString();
      const header = basic(encodeURIComponent(id), SECRET);
      expect((await send(`${keyturn.address}/oauth2/token`, form, header)).status).toBe(
        id.length > 100 ? 431 : 401,
      );
    },
  );
  it.each([["\0"], ["shop\0"]])(
    "of a client_id that no database takes gets a page, and leads nowhere: %j",
    async (id) => {
      const browser = openFormBrowser(keyturn);
      expect((await browser.get(askingAddress({ client_id: id }).path)).status).toBe(400);
      const wish = new URLSearchParams({ client_id: id, post_logout_redirect_uri: CALLBACK });
      const loggedOut = await browser.get(`/oauth2/end-session?${wish}`);
      expect([loggedOut.status, leadsTo(loggedOut)]).toEqual([200, ""]);
    },
  );

  it("of a nonce that no database takes is refused before anyone is asked", async () => {
    const back = await openFormBrowser(keyturn).get(askingAddress({ nonce: "a\0b" }).path);
    expect(broughtBack(back)).toMatchObject({ error: "invalid_request", state: "a-state" });
  });

  it("of a state with a line break, a header and a NUL byte comes back with it as it is", async () => {
    const state = 'a\0\r\nSet-Cookie: x=y\u2028"><script>';
    const browser = browserOf(keyturn, ann);
    await ask(browser, askingAddress({ state, prompt: "consent" }).path);
    const back = await browser.submit({ answer: "deny" });
    expect(back.headers.getSetCookie()).toEqual([]);
    expect(broughtBack(back)).toMatchObject({ state, error: "access_denied" });
  });

  it("by a form that is longer than an address can be is refused, and nothing is kept", async () => {
    const kept = await readRows(keyturn, "SELECT id FROM oauth_authorization_requests");
    for (const name of ["state", "nonce", "login_hint", "scope", "prompt", "redirect_uri"]) {
      const [, form = ""] = askingAddress({ [name]: "x".repeat(20_000) }).path.split("?");
      const answer = await send(`${keyturn.address}/oauth2/authorize`, form);
      expect([name, answer.status]).toEqual([name, 400]);
    }
    expect(await readRows(keyturn, "SELECT id FROM oauth_authorization_requests")).toEqual(kept);
  });

  it("for a second factor gets tokens that say so, from whoever set it up on the way", async () => {
    await changeRows(keyturn, "UPDATE sessions SET authenticated_at = authenticated_at - 60000");
    const wish = { acr_values: "urn:keyturn:two-factor" };
    const { path, verifier } = askingAddress(wish);
    expect((await ask(browserOf(keyturn, ann), path)).html).toContain("Two-factor authentication is needed");
    const after = await turnTwoFactorOn(keyturn, ann);
    const browser = browserOf(keyturn, after);
    expect((await ask(browser, path)).html).toContain("asks for this:");
    const { code = "" } = broughtBack(await browser.submit({ answer: "allow" }));
    const { body } = await post(keyturn, "token", codeForm({ code, verifier }));
    const [, claims] = body.id_token.split(".");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString()).acr).toBe("urn:keyturn:two-factor");
    const facts = (await post(keyturn, "introspect", { token: body.access_token })).body;
    expect(facts.acr).toBe("urn:keyturn:two-factor");
    await changeRows(keyturn, "UPDATE accounts SET two_factor_enabled_at = two_factor_enabled_at + 60000");
    const fallen = (await post(keyturn, "introspect", { token: body.access_token })).body;
    expect(fallen.acr).toBe("urn:keyturn:one-factor");
  });

  it("left no fault in the log, and no code, token, secret or state", async () => {
    await keyturn.settle();
    expect(keyturn.logged()).not.toMatch(/"msg":"a fault/);
    expect(keyturn.logged()).not.toMatch(/kt[a-z]?_[0-9A-Za-z]{20}|a-state|a-nonce/);
    expect(keyturn.logged()).not.toContain(SECRET);
    expect(JSON.stringify(await keyturn.events())).not.toMatch(/kt[a-z]?_[0-9A-Za-z]{20}|a-nonce/);
  });
});

import { digestSecret } from "@keyturn/oauth2";
import * as openid from "openid-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { insert, sql } from "../src/platform/sql.js";
import { OAuthClientEntity } from "../src/rooms/oauth/client.entity.js";
import { bearer } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { decodeEntities, type FormBrowser, openFormBrowser, type ReceivedPage } from "./stage/forms.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, createProtectedPerson, type Person, type ProtectedPerson } from "./stage/people.js";
import { protectAdministrator } from "./stage/proofs.js";

const ORIGIN = "http://localhost:4000";
const CALLBACK = "https://shop.example.com/callback";
const SECRET = "asecretoflettersanddigits";

describeOnBoth("an application of a third party", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let people = 0;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, {
      KEYTURN_PUBLIC_URL: ORIGIN,
      KEYTURN_SCOPES: "orders:read=Read your orders",
    });
    administrator = await protectAdministrator(keyturn);
    await register({ id: "shop" });
    await register({ id: "phone", secretHash: null });
    await register({ id: "club", access: "LISTED" });
  });
  afterAll(() => keyturn.close());

  const register = (changes: Partial<OAuthClientEntity>): Promise<void> =>
    keyturn.app.context.db.transaction((manager) =>
      insert(manager, OAuthClientEntity, {
        ...{ id: "shop", name: "Shop & Sons", secretHash: digestSecret(SECRET), redirectUris: CALLBACK },
        ...{ grantTypes: "authorization_code refresh_token", access: "EVERYONE", serviceAccountId: null },
        ...{ scopes: "openid profile email account:read admin:read orders:read", idTokenAlgorithm: "ES256" },
        ...{ enabled: true, createdAt: 0, ...changes },
      }),
    );
  const nameOf = (): string => {
    people += 1;
    return `person-${people}`;
  };
  /** openid-client as it is, but for the address and the clock of the test's server. */
  const configure = async (id = "shop"): Promise<openid.Configuration> => {
    const reach: openid.CustomFetch = (url, options) =>
      fetch(url.replace(ORIGIN, keyturn.address), options as RequestInit);
    const execute = [openid.allowInsecureRequests];
    const secret = id === "phone" ? undefined : SECRET;
    const authentication = id === "phone" ? openid.None() : undefined;
    const options = { execute, [openid.customFetch]: reach };
    const config = await openid.discovery(new URL(ORIGIN), id, secret, authentication, options);
    Object.assign(config, { [openid.clockSkew]: Math.round((keyturn.clock.now() - Date.now()) / 1000) });
    return config;
  };
  const ask = async (
    changes: Record<string, string> = {},
    id = "shop",
  ): Promise<{ config: openid.Configuration; path: string; verifier: string }> => {
    const config = await configure(id);
    const verifier = openid.randomPKCECodeVerifier();
    const address = openid.buildAuthorizationUrl(config, {
      ...{ redirect_uri: CALLBACK, scope: "openid profile orders:read", state: "a-state" },
      ...{ code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" },
      ...changes,
    });
    return { config, path: address.pathname + address.search, verifier };
  };
  const open = (): FormBrowser => openFormBrowser(keyturn);
  const at = ({ headers }: ReceivedPage): string => headers.get("location") ?? "";
  /** Logs a person in by the page to which a browser was sent, and returns what came of it. */
  const logIn = async (browser: FormBrowser, person: Person | ProtectedPerson): Promise<ReceivedPage> => {
    const { loginName, password } = person;
    const first = await browser.submit({ loginName, password });
    if (!("app" in person)) return first;
    keyturn.clock.advance({ seconds: 30 });
    return await browser.submit({ verificationCode: person.app.code() });
  };
  /** The whole way of a person from the application to its address again. */
  const authorize = async (
    browser: FormBrowser,
    path: string,
    person: Person | ProtectedPerson,
  ): Promise<ReceivedPage> => {
    const consent = at(await browser.get(path));
    const login = at(await browser.get(consent));
    expect(login).toMatch(/^\/login\?next=%2Fconsent%3Frequest%3D/);
    await browser.get(login);
    const question = await browser.get(at(await logIn(browser, person)));
    expect(question.html).toContain("Shop &#38; Sons at shop.example.com asks for this:");
    return await browser.submit({ answer: "allow" });
  };
  /** Asks and logs in: what is shown then is the application's question, or what stands in its place. */
  const reach = async (
    path: string,
    person: Person,
  ): Promise<{ browser: FormBrowser; shown: ReceivedPage }> => {
    const browser = open();
    await browser.get(at(await browser.get(at(await browser.get(path)))));
    return { browser, shown: await browser.get(at(await logIn(browser, person))) };
  };
  const exchange = async (
    { config, verifier }: { config: openid.Configuration; verifier: string },
    back: ReceivedPage,
  ): ReturnType<typeof openid.authorizationCodeGrant> => {
    expect(back.status).toBe(303);
    const checks = { pkceCodeVerifier: verifier, expectedState: "a-state" };
    return await openid.authorizationCodeGrant(config, new URL(at(back)), checks);
  };

  it("gets tokens that say that two factors were proven, after password, code and consent", async () => {
    const ann = await createProtectedPerson(keyturn, administrator, nameOf());
    const asked = await ask();
    const browser = open();
    const tokens = await exchange(asked, await authorize(browser, asked.path, ann));
    expect(tokens.claims()).toMatchObject({ sub: ann.id, acr: "urn:keyturn:two-factor", aud: "shop" });
    expect(tokens.claims()?.["amr"]).toEqual(expect.arrayContaining(["pwd", "otp"]));
    const facts = await openid.tokenIntrospection(asked.config, tokens.access_token);
    expect(facts).toMatchObject({
      active: true,
      sub: ann.id,
      client_id: "shop",
      scope: "openid profile orders:read",
    });
    const claims = await openid.fetchUserInfo(asked.config, tokens.access_token, ann.id);
    expect(claims).toMatchObject({ preferred_username: ann.loginName });
    const refreshed = await openid.refreshTokenGrant(asked.config, tokens.refresh_token ?? "");
    await openid.tokenRevocation(asked.config, refreshed.refresh_token ?? "");
    const dead = await openid.tokenIntrospection(asked.config, refreshed.access_token);
    expect(dead).toEqual({ active: false });
  });

  it("is not asked about again by whom it was allowed, until it asks for more", async () => {
    const bob = await createPerson(administrator, nameOf());
    const [first, again, more] = [await ask(), await ask(), await ask({ scope: "openid email" })];
    const browser = open();
    await exchange(first, await authorize(browser, first.path, bob));
    const back = await browser.get(again.path);
    expect((await exchange(again, back)).claims()).toMatchObject({
      sub: bob.id,
      acr: "urn:keyturn:one-factor",
    });
    const question = await browser.get(at(await browser.get(more.path)));
    expect(question.html).toContain("<li>See your email address</li>");
    const denied = new URL(at(await browser.submit({ answer: "deny" })));
    expect(denied.origin + denied.pathname).toBe(CALLBACK);
    expect(Object.fromEntries(denied.searchParams)).toMatchObject({ error: "access_denied", iss: ORIGIN });
  });

  it("that keeps no secret is asked about each time, and gets consent_required where it forbids to ask", async () => {
    const bob = await createPerson(administrator, nameOf());
    const browser = open();
    const first = await ask({}, "phone");
    await exchange(first, await authorize(browser, first.path, bob));
    const silent = await ask({ prompt: "none" }, "phone");
    const back = new URL(at(await browser.get(silent.path)));
    expect(back.searchParams.get("error")).toBe("consent_required");
    const again = await ask({}, "phone");
    expect((await browser.get(at(await browser.get(again.path)))).html).toContain("asks for this:");
  });

  it("that forbids to ask gets login_required where nobody is logged in", async () => {
    const silent = await ask({ prompt: "none" });
    const browser = open();
    const back = new URL(at(await browser.get(silent.path)));
    expect(back.searchParams.get("error")).toBe("login_required");
  });

  it("that wants a login anew gets one from whoever is logged in, and a later auth_time", async () => {
    const ann = await createProtectedPerson(keyturn, administrator, nameOf());
    const browser = open();
    const first = await ask();
    const before = (await exchange(first, await authorize(browser, first.path, ann))).claims();
    keyturn.clock.advance({ seconds: 120 });
    const anew = await ask({ prompt: "login" });
    const consent = at(await browser.get(anew.path));
    const stepUp = at(await browser.get(consent));
    expect(stepUp).toMatch(/^\/step-up\?next=%2Fconsent%2F/);
    await browser.get(stepUp);
    keyturn.clock.advance({ seconds: 30 });
    const proven = await browser.submit({ password: ann.password, verificationCode: ann.app.code() });
    const onward = await browser.get(at(proven));
    const [, address = ""] = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(onward.html) ?? [];
    const back = new URL(decodeEntities(address));
    const checks = { pkceCodeVerifier: anew.verifier, expectedState: "a-state" };
    const after = (await openid.authorizationCodeGrant(anew.config, back, checks)).claims();
    expect(after?.["auth_time"]).toBeGreaterThan(Number(before?.["auth_time"]));
  });

  it("that wants two factors is told so where the account has one", async () => {
    const bob = await createPerson(administrator, nameOf());
    const asked = await ask({ acr_values: "urn:keyturn:two-factor" });
    const { browser, shown: told } = await reach(asked.path, bob);
    expect(told.html).toContain("Two-factor authentication is needed");
    expect(told.html).toContain('<a class="button" href="/account/login-name-and-password">');
    const back = new URL(at(await browser.submit({ answer: "turn-back" })));
    expect(back.searchParams.get("error")).toBe("unmet_authentication_requirements");
  });

  it("has a token that opens to it what its scopes say, as long as it and the account are there", async () => {
    const bob = await createPerson(administrator, nameOf());
    const asked = await ask({ scope: "openid account:read" });
    const { access_token } = await exchange(asked, await authorize(open(), asked.path, bob));
    const client = keyturn.anyone.with(bearer(access_token));
    expect(
      await client.query("{ viewer { id } authentication { credential assurance scopes } }"),
    ).toMatchObject({
      viewer: { id: bob.id },
      authentication: { credential: "OAUTH_TOKEN", assurance: "ONE_FACTOR" },
    });
    const pause = { reason: "test", keepAuthorizedApplications: true };
    await administrator.client.mutate("suspendAccount", { accountId: bob.id, ...pause });
    expect((await client.send("{ viewer { id } }")).status).toBe(401);
    expect(await openid.tokenIntrospection(asked.config, access_token)).toEqual({ active: false });
    await administrator.client.mutate("reinstateAccount", { accountId: bob.id });
    expect((await client.send("{ viewer { id } }")).status).toBe(200);
    const { db } = keyturn.app.context;
    await db.transaction((manager) =>
      sql(manager, "UPDATE oauth_clients SET enabled = false WHERE id = 'shop'"),
    );
    expect((await client.send("{ viewer { id } }")).status).toBe(401);
    await db.transaction((manager) =>
      sql(manager, "UPDATE oauth_clients SET enabled = true WHERE id = 'shop'"),
    );
  });

  it("gets no administrator's rights of an account that is none, not even once it becomes one", async () => {
    const bob = await createPerson(administrator, nameOf());
    const asked = await ask({ scope: "openid account:read admin:read" });
    const { shown: question } = await reach(asked.path, bob);
    expect(question.html).toContain("Read your account, its sessions and tokens");
    expect(question.html).not.toContain("as an administrator");
    const { access_token, scope } = await exchange(asked, await authorize(open(), asked.path, bob));
    expect(scope).toBe("openid account:read");
    await administrator.client.mutate("changeAccountRole", { accountId: bob.id, role: "ADMINISTRATOR" });
    const client = keyturn.anyone.with(bearer(access_token));
    const refused = await client.send("{ accounts { totalCount } }");
    expect(refused.body.errors?.[0].extensions.code).toBe("FORBIDDEN");
  });

  it("is not allowed what nobody read: a question is void once its person becomes an administrator", async () => {
    const bob = await createPerson(administrator, nameOf());
    const asked = await ask({ scope: "openid admin:read" });
    const { browser } = await reach(asked.path, bob);
    await administrator.client.mutate("changeAccountRole", { accountId: bob.id, role: "ADMINISTRATOR" });
    const answer = await browser.submit({ answer: "allow" });
    expect(answer.html).toContain("This request was answered, has expired");
  });

  it("that asks for an administrator's rights alone is refused by an account that has none", async () => {
    const bob = await createPerson(administrator, nameOf());
    const asked = await ask({ scope: "admin:read" });
    const { shown: onward } = await reach(asked.path, bob);
    expect(decodeEntities(onward.html)).toContain("error=access_denied");
  });

  it("whose list an account is not on gets access_denied", async () => {
    const bob = await createPerson(administrator, nameOf());
    const asked = await ask({}, "club");
    const { shown: onward } = await reach(asked.path, bob);
    expect(decodeEntities(onward.html)).toContain("error=access_denied");
  });

  it("logs its person out at once by the ID token that it got, and asks whoever that does not name", async () => {
    const [ann, bob] = [
      await createPerson(administrator, nameOf()),
      await createPerson(administrator, nameOf()),
    ];
    const asked = await ask();
    const [browser, other] = [open(), open()];
    const { id_token = "" } = await exchange(asked, await authorize(browser, asked.path, ann));
    const wish = { id_token_hint: id_token, post_logout_redirect_uri: CALLBACK, state: "a b" };
    const address = `/oauth2/end-session?${new URLSearchParams(wish)}`;
    await other.get("/login?next=/there");
    await logIn(other, bob);
    expect((await other.get(address)).html).toContain("An application asks to log you out.");
    expect(at(await other.get("/login?next=/there"))).toBe("/there");
    await other.get(address);
    expect(at(await other.submit())).toBe(`${CALLBACK}?state=a+b`);
    expect((await other.get("/login?next=/there")).status).toBe(200);
    expect(at(await browser.get(address))).toBe(`${CALLBACK}?state=a+b`);
    expect((await browser.get("/login?next=/there")).status).toBe(200);
    await browser.get("/login");
    await logIn(browser, ann);
    const elsewhere = await browser.get(address.replace("shop.example.com", "evil.example.com"));
    expect([at(elsewhere), elsewhere.html]).toEqual(["", expect.stringContaining("You are logged out.")]);
    expect((await browser.get("/login?next=/there")).status).toBe(200);
    expect((await browser.get("/oauth2/end-session")).html).toContain("You are logged out.");
  });

  it("logs its person out by a form of the application's, which brings no cookie and takes none", async () => {
    const ann = await createPerson(administrator, nameOf());
    const asked = await ask({ scope: "openid" });
    const browser = open();
    const { id_token = "" } = await exchange(asked, await authorize(browser, asked.path, ann));
    const form = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: CALLBACK });
    const post = (body: URLSearchParams) => {
      const headers = { origin: "https://shop.example.com", "sec-fetch-site": "cross-site" };
      return fetch(`${keyturn.address}/oauth2/end-session`, {
        method: "POST",
        body,
        headers,
        redirect: "manual",
      });
    };
    const sentRound = await post(form);
    expect([sentRound.status, sentRound.headers.getSetCookie()]).toEqual([303, []]);
    expect(at(await browser.get(sentRound.headers.get("location") ?? ""))).toBe(CALLBACK);
    expect((await browser.get("/login?next=/there")).status).toBe(200);
    const tooLong = await post(new URLSearchParams({ id_token_hint: "x".repeat(9000) }));
    expect(tooLong.headers.get("location")).toBe("/oauth2/end-session");
  });

  it("asks whoever a broken hint does not name, and logs them out without a way back", async () => {
    const browser = open();
    await browser.get("/login");
    await logIn(browser, await createPerson(administrator, nameOf()));
    const wish = { id_token_hint: "x.y.z", client_id: "shop", post_logout_redirect_uri: CALLBACK };
    const address = `/oauth2/end-session?${new URLSearchParams(wish)}`;
    expect((await browser.get(address)).html).toContain("An application asks to log you out.");
    expect((await browser.submit()).html).toContain("You are logged out.");
    expect((await browser.get("/login?next=/there")).status).toBe(200);
  });

  it("cannot have its question answered in another browser, by another account, twice or too late", async () => {
    const [ann, bob] = [
      await createPerson(administrator, nameOf()),
      await createPerson(administrator, nameOf()),
    ];
    const asked = await ask();
    const [browser, other] = [open(), open()];
    const consent = at(await browser.get(asked.path));
    expect((await other.get(consent)).status).toBe(404);
    await browser.get(at(await browser.get(consent)));
    await logIn(browser, ann);
    await other.get("/login");
    await logIn(other, bob);
    expect((await other.get(consent)).status).toBe(404);
    const form = await browser.get(consent);
    expect(form.status).toBe(200);
    expect((await browser.submit({ answer: "allow" })).status).toBe(303);
    await browser.get("/login?done=x");
    expect((await browser.get(consent)).status).toBe(404);
    const late = at(await browser.get((await ask({ prompt: "consent" })).path));
    expect((await browser.get(late)).status).toBe(200);
    keyturn.clock.advance({ seconds: 300 });
    expect((await browser.get(late)).status).toBe(404);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sql } from "../src/platform/sql.js";
import { bearer, mutation } from "./stage/client.js";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import type { FormBrowser } from "./stage/forms.js";
import { inTheMoment } from "./stage/in-the-moment.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  allow,
  ask,
  askingAddress,
  broughtBack,
  browserOf,
  type Code,
  codeForm,
  leadsTo,
  post,
  registerClient,
  send,
} from "./stage/oauth-way.js";
import {
  createPerson,
  type LoggedInPerson,
  logIn,
  logInWithCode,
  type ProtectedPerson,
  turnTwoFactorOn,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";

const ORIGIN = "http://localhost:4000";

describeOnBoth("between a question and its answer", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let ann: LoggedInPerson;
  let browser: FormBrowser;
  let people = 0;

  const someone = async (): Promise<LoggedInPerson> => {
    people += 1;
    return await logIn(keyturn, await createPerson(administrator, `person-${people}`));
  };
  const authorizationsOf = async ({ id }: LoggedInPerson) =>
    (await readRows(keyturn, "SELECT id FROM oauth_authorizations WHERE account_id = $1", [id])).length;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_PUBLIC_URL: ORIGIN });
    administrator = await protectAdministrator(keyturn);
    for (const id of ["shop", "other"]) await registerClient(keyturn, { id });
    await registerClient(keyturn, { id: "phone", secretHash: null });
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    ann = await someone();
    browser = browserOf(keyturn, ann);
  });

  describe("no code comes, even where it happens in the moment of the answer,", () => {
    const clientBecomes = (change: string) => changeRows(keyturn, `UPDATE oauth_clients SET ${change}`);
    const happenings: readonly (readonly [string, () => Promise<unknown>])[] = [
      ["once the account is suspended", () => suspend(ann)],
      [
        "once the account is deleted",
        () => administrator.client.mutate("deleteAccount", { accountId: ann.id }),
      ],
      ["once the session ends", () => ann.client.mutate("logout", {})],
      ["once a second factor is on that this session did not prove", () => turnTwoFactorOn(keyturn, ann)],
      ["once the client is disabled", () => clientBecomes("enabled = false")],
      ["once the account is not on the client's list", () => clientBecomes("access = 'LISTED'")],
      ["once everyone must have a second factor", () => setPolicy(administrator, { twoFactor: "REQUIRED" })],
    ];
    const suspend = ({ id }: LoggedInPerson) =>
      administrator.client.mutate("suspendAccount", { accountId: id, reason: "Left" });

    it.each(happenings)("%s", async (_, happening) => {
      await ask(browser, askingAddress().path);
      const answer = await inTheMoment(keyturn, happening, () => browser.submit({ answer: "allow" }));
      expect(broughtBack(answer)["code"]).toBeUndefined();
      expect(await authorizationsOf(ann)).toBe(0);
      await clientBecomes("enabled = true, access = 'EVERYONE'");
      await setPolicy(administrator, { twoFactor: "OPTIONAL" });
    });

    it("once a dormant second factor is asked for again", async () => {
      await turnTwoFactorOn(keyturn, ann);
      await setPolicy(administrator, { twoFactor: "FORBIDDEN" });
      browser = browserOf(keyturn, await logIn(keyturn, ann));
      await ask(browser, askingAddress().path);
      const wake = () => setPolicy(administrator, { twoFactor: "OPTIONAL" });
      const answer = await inTheMoment(keyturn, wake, () => browser.submit({ answer: "allow" }));
      expect([answer.status, leadsTo(answer), await authorizationsOf(ann)]).toEqual([401, "", 0]);
    });
  });

  it("another account answers nothing, by the form or by GraphQL, whoever logged in between", async () => {
    const bob = await someone();
    const consent = leadsTo(await browser.get(askingAddress().path));
    await browser.get(consent);
    browser.cookies.set("keyturn_session_4000", bob.token);
    expect((await browser.submit({ answer: "allow" })).status).toBe(404);
    const input = { id: consent.slice("/consent/".length), allow: true };
    const document = mutation("answerAuthorizationRequest");
    const { body } = await bob.client.send(document, { input });
    expect(body.data.answerAuthorizationRequest.code).toBe("CHALLENGE_EXPIRED");
    expect(await authorizationsOf(bob)).toBe(0);
  });

  it.each([
    ["without an origin", {}],
    ["of an opaque origin", { origin: "null" }],
    ["of the application's origin", { origin: "https://shop.example.com" }],
    ["of a neighbour's origin", { "sec-fetch-site": "same-site" }],
  ])("a form %s answers nothing, though its token is right", async (_, headers) => {
    const consent = leadsTo(await browser.get(askingAddress().path));
    const form = (await browser.get(consent)).input("form") ?? "";
    const cookie = [...browser.cookies].map((pair) => pair.join("=")).join("; ");
    const body = new URLSearchParams({ form, answer: "allow" }).toString();
    const answer = await send(keyturn.address + consent, body, { cookie, ...headers });
    expect(answer.status).toBe(403);
    const forged = body.replace(form, "x".repeat(form.length));
    expect((await send(keyturn.address + consent, forged, { cookie, origin: ORIGIN })).status).toBe(403);
    expect(await authorizationsOf(ann)).toBe(0);
  });

  it("an old proof gives no administrator's rights away: by a page, a forged form or GraphQL", async () => {
    administrator = { ...administrator, ...(await logInWithCode(keyturn, administrator)) };
    browser = browserOf(keyturn, administrator);
    const form = (await ask(browser, askingAddress().path)).input("form") ?? "";
    keyturn.clock.advance({ seconds: 240 });
    await changeRows(keyturn, "UPDATE sessions SET authenticated_at = authenticated_at - 661000");
    const consent = leadsTo(await browser.get(askingAddress({ scope: "admin:write" }).path));
    expect(leadsTo(await browser.get(consent))).toMatch(/^\/step-up\?/);
    const cookie = [...browser.cookies].map((pair) => pair.join("=")).join("; ");
    const body = new URLSearchParams({ form, answer: "allow" }).toString();
    const answer = await send(keyturn.address + consent, body, { cookie, origin: ORIGIN });
    expect(answer.headers.get("location")).toMatch(/^\/step-up\?/);
    const input = { id: consent.slice("/consent/".length), allow: true };
    expect(await administrator.client.refusal("answerAuthorizationRequest", input)).toBe("STEP_UP_REQUIRED");
    administrator = { ...administrator, ...(await logInWithCode(keyturn, administrator)) };
  });

  it("an ID token of another person's brings login_required back, asked silently or not", async () => {
    const { body } = await post(keyturn, "token", codeForm(await allow(keyturn, ann)));
    const bob = browserOf(keyturn, await someone());
    for (const prompt of [null, "none", "consent"]) {
      const { path } = askingAddress({ id_token_hint: body.id_token, prompt });
      expect(broughtBack(await ask(bob, path))).toMatchObject({ error: "login_required" });
      expect((await ask(browser, path)).status).toBe(prompt === "consent" ? 200 : 303);
    }
  });

  it("one refresh of twenty at once gets tokens, and its family ends with the others", async () => {
    const { body } = await post(keyturn, "token", codeForm(await allow(keyturn, ann)));
    const form = { grant_type: "refresh_token", refresh_token: body.refresh_token };
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(keyturn, "token", form)));
    const right = answers.filter(({ status }) => status === 200);
    expect(right).toHaveLength(1);
    const token = right[0]?.body.access_token;
    expect((await post(keyturn, "introspect", { token })).body).toEqual({ active: false });
    expect((await keyturn.anyone.with(bearer(token)).send("{ viewer { id } }")).status).toBe(401);
    expect(await authorizationsOf(ann)).toBe(0);
  });

  it("a withdrawal, a refresh and a new consent at once are each answered, and what was withdrawn is dead", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { body } = await post(keyturn, "token", codeForm(await allow(keyturn, ann)));
      const text = "SELECT id FROM oauth_grants WHERE account_id = $1";
      const [grant] = await readRows<{ id: string }>(keyturn, text, [ann.id]);
      const form = { grant_type: "refresh_token", refresh_token: body.refresh_token };
      const input = { id: grant?.id };
      const [refreshed, withdrawn] = await Promise.all([
        post(keyturn, "token", form),
        ann.client.send(mutation("revokeAuthorizedApplication"), { input }),
        allow(keyturn, ann, { prompt: "consent" }),
      ]);
      expect([200, 400]).toContain(refreshed.status);
      expect(withdrawn.body.errors).toBeUndefined();
      for (const token of [body.access_token, refreshed.body.access_token ?? "none"])
        expect((await post(keyturn, "introspect", { token })).body).toEqual({ active: false });
    }
  });

  const uses = [
    ["a code", async (code: Code) => codeForm(code)],
    [
      "a refresh token",
      async (code: Code) => {
        const { refresh_token } = (await post(keyturn, "token", codeForm(code))).body;
        return { grant_type: "refresh_token", refresh_token };
      },
    ],
  ] as const;
  it.runIf(kind === "postgres").each(uses)(
    "who shows %s while what it leads to is withdrawn holds nothing that the other waits for",
    async (_, formOf) => {
      const form = await formOf(await allow(keyturn, ann));
      const { db } = keyturn.app.context;
      const shown: ReturnType<typeof post>[] = [];
      const waits = async (): Promise<boolean> =>
        (await readRows(keyturn, "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'")).length >
        0;
      let runs = 0;
      await db.transaction(async (manager) => {
        runs += 1;
        const take = (table: string, column: string) =>
          sql(manager, `UPDATE ${table} SET ${column} = ${column} WHERE account_id = $1`, [ann.id]);
        await take("oauth_grants", "scopes");
        shown.push(post(keyturn, "token", form));
        await vi.waitUntil(waits);
        await take("oauth_authorizations", "redeemed");
        await take("oauth_tokens", "spent");
      });
      expect([runs, (await shown[0])?.status]).toEqual([1, 200]);
    },
  );

  it("another client gets and ends nothing by tokens that are not its own", async () => {
    const { body } = await post(keyturn, "token", codeForm(await allow(keyturn, ann)));
    const form = { grant_type: "refresh_token", refresh_token: body.refresh_token };
    for (const other of [{ client_id: "other" }, { client_id: "phone", client_secret: "" }]) {
      expect((await post(keyturn, "token", { ...form, ...other })).body.error).toBe("invalid_grant");
      for (const token of [body.refresh_token, body.access_token])
        expect((await post(keyturn, "revoke", { token, ...other })).status).toBe(200);
    }
    const more = { ...form, scope: "openid admin:write" };
    expect((await post(keyturn, "token", more)).body.error).toBe("invalid_scope");
    expect((await post(keyturn, "token", form)).status).toBe(200);
  });
});

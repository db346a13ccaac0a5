import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeEntities, type FormBrowser, openFormBrowser, type ReceivedPage } from "./stage/forms.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { sendRaw } from "./stage/wire.js";

const ORIGIN = "http://localhost:4000";
const FORM = "application/x-www-form-urlencoded";

function wayBackIn({ html }: ReceivedPage): string {
  return decodeEntities(/ href="([^"]+)">Load the form again/.exec(html)?.[1] ?? "");
}

describe("a form that is sent to a page", () => {
  let keyturn: Keyturn;
  let browser: FormBrowser;

  beforeAll(async () => {
    keyturn = await startKeyturn("sqlite", { KEYTURN_PUBLIC_URL: ORIGIN });
  });
  afterAll(() => keyturn.close());

  /** Fills in a login that is right in everything but its headers. */
  const logIn = async (
    headers: Record<string, string>,
    fields: Record<string, string> = {},
  ): Promise<ReceivedPage> => {
    browser = openFormBrowser(keyturn);
    await browser.get("/login");
    return await browser.submit({ ...ADMINISTRATOR, ...fields }, headers);
  };
  const expectRefused = (answer: ReceivedPage): void => {
    expect(answer.status).toBe(403);
    expect(answer.html).toContain("Load it again");
    expect(wayBackIn(answer)).toBe("/login?next=%2Faccount");
    expect(browser.cookies.has("keyturn_session_4000")).toBe(false);
  };
  /** As a browser that sends no Origin. */
  const withoutOrigin = async (headers: Record<string, string>): Promise<number> => {
    browser = openFormBrowser(keyturn);
    const page = await browser.get("/login");
    const body = new URLSearchParams({ ...ADMINISTRATOR, form: page.input("form") ?? "" }).toString();
    const cookie = `keyturn_form_4000=${browser.cookies.get("keyturn_form_4000")}`;
    const sent = Object.entries({ "content-type": FORM, cookie, ...headers });
    return (await sendRaw(keyturn.address, { path: "/login", headers: sent, body })).status;
  };

  it("is taken from a page of this origin", async () => {
    expect((await logIn({})).status).toBe(303);
  });

  it.each([
    "https://evil.example",
    "null",
    "http://localhost:4001",
    "https://localhost:4000",
    "http://localhost:4000.evil.example",
  ])("is refused from %s, whatever else says that it is ours", async (origin) => {
    expectRefused(await logIn({ origin, "sec-fetch-site": "same-origin" }));
  });

  it("is taken without an origin where the browser says that it is ours, and refused otherwise", async () => {
    expect(await withoutOrigin({ "sec-fetch-site": "same-origin" })).toBe(303);
    for (const site of ["cross-site", "same-site", "none"])
      expect(await withoutOrigin({ "sec-fetch-site": site })).toBe(403);
    expect(await withoutOrigin({})).toBe(403);
  });

  it("is refused without the token of its own browser", async () => {
    const other = openFormBrowser(keyturn);
    const foreign = (await other.get("/login")).input("form") ?? "";
    expect(foreign).toMatch(/^[\w-]{43}$/);
    for (const form of ["", "x", foreign, foreign.slice(1)]) expectRefused(await logIn({}, { form }));
  });

  it("is refused where the browser lost its cookie, or has another one", async () => {
    for (const cookie of [null, "A".repeat(43), "short"]) {
      browser = openFormBrowser(keyturn);
      await browser.get("/login");
      if (cookie === null) browser.cookies.clear();
      else browser.cookies.set("keyturn_form_4000", cookie);
      expectRefused(await browser.submit(ADMINISTRATOR));
    }
  });

  it("keeps its cookie from page to page, closed to scripts", async () => {
    browser = openFormBrowser(keyturn);
    const first = await browser.get("/login");
    expect(first.headers.get("set-cookie")).toMatch(
      /^keyturn_form_4000=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const second = await browser.get("/reset-password");
    expect(second.headers.get("set-cookie")).toBeNull();
    expect(second.input("form")).toBe(first.input("form"));
  });

  it("is bound by a cookie of this host alone, over https", async () => {
    const secure = await startKeyturn("sqlite", { KEYTURN_PUBLIC_URL: "https://id.example.com" });
    try {
      const browserOfIt = openFormBrowser(secure);
      const page = await browserOfIt.get("/login");
      expect(page.headers.get("set-cookie")).toMatch(
        /^__Host-keyturn_form=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      const done = await browserOfIt.submit(ADMINISTRATOR);
      expect(done.headers.get("set-cookie")).toMatch(
        /^__Host-keyturn_session=kts_\w+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
    } finally {
      await secure.close();
    }
  });

  it("is read as nothing but a form, and a short one", async () => {
    expect((await logIn({ "content-type": "application/json" })).status).toBe(415);
    const long = await logIn({}, { password: "x".repeat(40_000) });
    expect(long.status).toBe(413);
    expect(long.html).toContain("The form cannot be read.");
    const post = { path: "/login", headers: [["origin", ORIGIN]] as const };
    expect((await sendRaw(keyturn.address, post)).status).toBe(403);
  });

  it("does not take a field that comes twice", async () => {
    browser = openFormBrowser(keyturn);
    const form = (await browser.get("/login")).input("form") ?? "";
    const cookie = `keyturn_form_4000=${browser.cookies.get("keyturn_form_4000")}`;
    const headers = Object.entries({ "content-type": FORM, cookie, origin: ORIGIN });
    const { loginName, password } = ADMINISTRATOR;
    const body = `${new URLSearchParams({ form, loginName, password })}&loginName=${loginName}`;
    const answer = await sendRaw(keyturn.address, { path: "/login", headers, body });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('id="loginName-error"');
  });

  it("does not reach GraphQL", async () => {
    const body = new URLSearchParams({ query: "{ __typename }" }).toString();
    const headers = Object.entries({ "content-type": FORM, origin: ORIGIN });
    expect((await sendRaw(keyturn.address, { headers, body })).status).toBe(415);
  });

  it("leads nowhere but on this origin", async () => {
    for (const next of ["//evil.example", "/\\evil.example", "https://evil.example", "/.//evil.example"]) {
      const answer = await logIn({}, { next });
      expect(answer.headers.get("location")).toBe("/account");
      const shown = await browser.get(`/login?next=${encodeURIComponent(next)}`);
      expect(shown.headers.get("location")).toBe("/account");
    }
  });

  it("that is refused keeps where it leads to in its way back, on this origin alone", async () => {
    const wayBack = async (next: string, fields: Record<string, string>): Promise<string> =>
      wayBackIn(await logIn({}, { next, ...fields }));
    for (const fields of [{ form: "old" }, { loginName: "a:b" }]) {
      expect(await wayBack("/consent/7?done=form", fields)).toBe("/login?next=%2Fconsent%2F7%3Fdone%3Dform");
      expect(await wayBack("//evil.example", fields)).toBe("/login?next=%2Faccount");
    }
  });

  it("is told where its input breaks a rule of form, by the field's own name", async () => {
    const answer = await logIn({}, { loginName: "a:b" });
    expect(answer.status).toBe(400);
    expect(answer.html).toContain("Login name: expected 1 to 128 characters");
  });
});

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { blocksOf, linksOf, ROOT, readDocument } from "../laws/docs-markdown.js";
import { openBrowser } from "./stage/browser.js";
import { readRows } from "./stage/counters.js";
import { type FormBrowser, openBrowserAt, openFormBrowser, type ReceivedPage } from "./stage/forms.js";
import { freePort } from "./stage/gateway.js";
import type { Keyturn } from "./stage/keyturn.js";
import { registerClient, startAtItsAddress } from "./stage/oauth-application.js";
import { leadsTo } from "./stage/oauth-way.js";
import {
  createPerson,
  logIn,
  logInWithCode,
  type Person,
  type ProtectedPerson,
  turnTwoFactorOn,
} from "./stage/people.js";
import { endAll, type Running, runShown } from "./stage/process.js";
import { protectAdministrator } from "./stage/proofs.js";

const EXAMPLE = "examples/oauth-client";
const HOUR = 3600;
const readme = readDocument(`${EXAMPLE}/README.md`);
const command = blocksOf(readme).find(({ mark }) => mark === "app")?.code ?? "";

/** Starts it as its README does, but for the port. */
function startExample(environment: Record<string, string>): Running {
  return runShown(command, ROOT + EXAMPLE, environment);
}

/** A person's browser: at the application, and at Keyturn. */
interface Browser {
  readonly app: FormBrowser;
  readonly keyturn: FormBrowser;
}

describe("the example application", () => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let address: string;
  let ann: ProtectedPerson;
  let bob: Person;

  beforeAll(async () => {
    keyturn = await startAtItsAddress("sqlite");
    administrator = await protectAdministrator(keyturn);
    const port = String(await freePort());
    address = `http://127.0.0.1:${port}`;
    const { id, secret } = await registerClient(administrator, "", {
      ...{ name: "Example", scopes: ["openid", "profile"] },
      redirectUris: [`${address}/callback`, `${address}/`],
    });
    const registered = { CLIENT_ID: id, CLIENT_SECRET: secret };
    const example = startExample({ KEYTURN: keyturn.address, PORT: port, ...registered });
    await example.says(/Open http/);
    ann = await createAnn();
    bob = await createPerson(administrator, "bob");
  });
  afterAll(async () => {
    await endAll();
    await keyturn.close();
  });

  const createAnn = async (): Promise<ProtectedPerson> => {
    const person = await createPerson(administrator, "ann", { displayName: `Ann "<b>&` });
    return await turnTwoFactorOn(keyturn, await logIn(keyturn, person));
  };
  const open = (): Browser => ({ app: openBrowserAt(address), keyturn: openFormBrowser(keyturn) });
  const at = ({ status, headers }: ReceivedPage): string => {
    expect(status).toBe(303);
    return headers.get("location") ?? "";
  };
  /** Where a browser at one of the two is sent, as a path there. */
  const pathAt = (page: ReceivedPage): string => {
    const { pathname, search } = new URL(at(page), keyturn.address);
    return pathname + search;
  };
  /** Follows a sign-in to Keyturn, and logs the person in there. */
  const logInFor = async (
    { keyturn: browser }: Browser,
    path: string,
    person: Person,
  ): Promise<ReceivedPage> => {
    const consent = at(await browser.get(path));
    await browser.get(at(await browser.get(consent)));
    const { loginName, password } = person;
    const first = await browser.submit({ loginName, password });
    if (!("app" in person)) return await browser.get(at(first));
    keyturn.clock.advance({ seconds: 30 });
    return await browser.get(at(await browser.submit({ verificationCode: ann.app.code() })));
  };
  /** Answers Keyturn's question, and returns the path at the application to which it leads back. */
  const leadBack = async (
    { keyturn: browser }: Browser,
    shown: ReceivedPage,
    choice = "allow",
  ): Promise<string> => {
    // Whoever allowed it before is not asked again.
    const answered = shown.html.includes("asks for this:") || choice !== "allow";
    const { pathname, search } = new URL(
      leadsTo(answered ? await browser.submit({ answer: choice }) : shown),
    );
    return pathname + search;
  };
  const signIn = async (person: Person): Promise<Browser> => {
    const browser = open();
    const shown = await logInFor(browser, pathAt(await browser.app.get("/login")), person);
    expect(at(await browser.app.get(await leadBack(browser, shown)))).toBe("/");
    return browser;
  };

  it("tells who signed in by password, code and consent, and shows what they are called as text", async () => {
    const browser = open();
    const home = await browser.app.get("/");
    expect(home.html).toContain('<a href="/login">Sign in with Keyturn</a>');
    const asked = await browser.app.get("/login");
    const question = await logInFor(browser, pathAt(asked), ann);
    expect(question.html).toContain("Example at 127.0.0.1:");
    const back = await browser.app.get(await leadBack(browser, question));
    for (const page of [asked, back])
      expect(page.headers.getSetCookie().at(-1)).toMatch(/=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
    const { html, headers } = await browser.app.get(at(back));
    expect(html).toContain("<h1>Hello, Ann &#34;&#60;b&#62;&#38;</h1>");
    expect(html).toContain("You are ann, and proved two factors: pwd, otp, mfa.");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'; form-action 'self' http:");
    expect(headers.get("cache-control")).toBe("no-store");
    expect((await open().app.get("/")).html).toContain("Sign in with Keyturn");
  });

  it("says what it was when somebody refuses, and leaves them as they were", async () => {
    const browser = open();
    const question = await logInFor(browser, pathAt(await browser.app.get("/login")), bob);
    const { status, html, headers } = await browser.app.get(await leadBack(browser, question, "deny"));
    expect(status).toBe(403);
    expect(headers.get("content-type")).toContain("text/html");
    expect(html).toContain("You did not allow it, or your account may not use this application.");
    expect((await browser.app.get("/")).html).toContain("Sign in with Keyturn");
  });

  it("asks for a second factor by a button, and says so to whoever has none", async () => {
    const browser = await signIn(ann);
    expect((await browser.app.get("/")).html).toContain('<button name="factors" value="2">');
    const again = await browser.app.get("/login?factors=2");
    const proven = await browser.keyturn.get(pathAt(again));
    expect(at(await browser.app.get(pathAt(proven)))).toBe("/");
    const other = open();
    const told = await logInFor(other, pathAt(await other.app.get("/login?factors=2")), bob);
    expect(told.html).toContain("Two-factor authentication is needed");
    const { html } = await other.app.get(await leadBack(other, told, "turn-back"));
    expect(html).toContain("This needs two-factor authentication, and your account has none yet.");
  });

  it("signs nobody in who takes the wish for a second factor out of the address", async () => {
    const browser = open();
    const path = pathAt(await browser.app.get("/login?factors=2"));
    const without = path.replace(/&acr_values=[^&]*/, "");
    expect(without).not.toBe(path);
    const question = await logInFor(browser, without, bob);
    const { status, html } = await browser.app.get(await leadBack(browser, question));
    expect(status).toBe(403);
    expect(html).toContain("A second factor was asked for, and none was proven.");
    expect((await browser.app.get("/")).html).toContain("Sign in with Keyturn");
  });

  it("takes an answer in no other browser, not twice, and not for another sign-in", async () => {
    const [browser, other] = [open(), open()];
    const shown = await logInFor(browser, pathAt(await browser.app.get("/login")), ann);
    const back = await leadBack(browser, shown);
    expect((await other.app.get(back)).html).toContain("It was not begun in this browser");
    await other.app.get("/login");
    expect((await other.app.get(back)).html).toContain("does not belong to a sign-in of this browser");
    expect((await browser.app.get(back)).status).toBe(303);
    expect((await browser.app.get(back)).html).toContain("It was not begun in this browser");
    expect((await browser.app.get("/")).html).toContain("You are ann");
  });

  it("renews a token that has run out, once for all requests, and signs out whom Keyturn lets in no more", async () => {
    const { app } = await signIn(bob);
    for (const _ of ["once", "again"]) {
      keyturn.clock.advance({ seconds: HOUR + 1 });
      const pages = await Promise.all([1, 2, 3, 4].map(() => app.get("/")));
      for (const { html } of pages) expect(html).toContain("You are bob, and proved one factor: pwd.");
    }
    const { client } = await logInWithCode(keyturn, administrator);
    await client.mutate("suspendAccount", { accountId: bob.id, reason: "test" });
    expect((await app.get("/")).html).toContain("Sign in with Keyturn");
    await client.mutate("reinstateAccount", { accountId: bob.id });
    expect((await app.get("/")).html).toContain("Sign in with Keyturn");
  });

  it("signs nobody out by a form of another origin, and clears no cookie that it does not know", async () => {
    const { app } = await signIn(ann);
    for (const origin of ["https://evil.example.com", "http://localhost:9", "null"]) {
      await app.get("/");
      const refused = await app.submit({}, { origin });
      expect([refused.status, refused.headers.getSetCookie()]).toEqual([403, []]);
    }
    expect((await app.get("/")).html).toContain("You are ann");
    const unknown = open().app;
    unknown.cookies.set("session", "another");
    expect((await unknown.get("/")).headers.getSetCookie()).toEqual([]);
  });

  it("signs out here and at Keyturn, and gives its tokens back", async () => {
    const browser = await signIn(ann);
    const owned =
      "SELECT id FROM oauth_authorizations WHERE account_id = $1 AND redeemed = true ORDER BY created_at";
    const before = await readRows(keyturn, owned, [ann.id]);
    await browser.app.get("/");
    const leave = await browser.app.submit();
    expect(await readRows(keyturn, owned, [ann.id])).toEqual(before.slice(0, -1));
    expect((await browser.app.get("/")).html).toContain("Sign in with Keyturn");
    const done = await browser.keyturn.get(pathAt(leave));
    expect(at(done)).toBe(`${address}/`);
    expect((await browser.keyturn.get("/login?next=/there")).status).toBe(200);
  });

  it("works in a real browser, whose policy lets its forms go to Keyturn and back", async () => {
    const chromium = await openBrowser(keyturn);
    const page = await chromium.newPage({ locale: "en" });
    const complaints: string[] = [];
    page.on("console", (message) => void complaints.push(message.text()));
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    await page.goto(address);
    await page.getByRole("link", { name: "Sign in with Keyturn" }).click();
    await page.fill("[name=loginName]", "ann");
    await page.fill("[name=password]", ann.password);
    await page.keyboard.press("Enter");
    keyturn.clock.advance({ seconds: 30 });
    await page.fill("[name=verificationCode]", ann.app.code());
    await page.getByRole("heading", { name: "Hello, Ann" }).waitFor();
    const proven = page.waitForEvent("domcontentloaded");
    await press("Prove a second factor");
    await proven;
    await page.getByRole("heading", { name: "Hello, Ann" }).waitFor();
    await press("Sign out");
    await page.getByRole("heading", { name: "Welcome" }).waitFor();
    expect(new URL(page.url()).origin).toBe(address);
    expect(complaints).toEqual([]);
    await chromium.close();
  });
});

test("it says what is missing of its settings, and ends", async () => {
  const { status, stderr } = await startExample({ KEYTURN: "", CLIENT_ID: "shop", CLIENT_SECRET: "" }).ended;
  expect([status, stderr]).toEqual([
    78,
    "Set KEYTURN_ISSUER, CLIENT_SECRET. README.md says where they come from.\n",
  ]);
});

test("every link of its README leads to a file", () => {
  const inside = linksOf(readme).filter((link) => !link.startsWith("https:"));
  const paths = inside.map((link) => join(dirname(readme.path), link.split("#")[0] ?? ""));
  expect(paths.filter((path) => !existsSync(ROOT + path))).toEqual([]);
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { casesOfText, readSchema } from "./stage/bad-text.js";
import { type Answer, basic, mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  type LoggedInPerson,
  logIn,
  logInWithCode,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator } from "./stage/proofs.js";

const TEXTS = [
  ["a NUL byte inside", "ann\0ann"],
  ["the first half of a pair", "\ud800"],
  ["the second half of a pair", "ann\udc00ann"],
  ["control characters", "\u0001\u001b\u007f\u0085"],
  ["a line break and a header", "ann\r\nBcc: eve@example.com"],
  ["writing that turns round", "ann\u202e\u2066\ufeff"],
] as const;

describeOnBoth("a text that no database and no mail takes", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let ann: LoggedInPerson;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInWithCodeAgain(keyturn);
    ann = await logIn(keyturn, await createPerson(administrator, "ann"));
  });
  afterAll(() => keyturn.close());

  it.each(TEXTS)("is no fault in any input of any operation: %s", async (_what, text) => {
    const cases = casesOfText(await readSchema(keyturn.anyone), text);
    expect(cases.length).toBeGreaterThan(30);
    for (const { at, document, variables } of cases) {
      expectNoFault(at, await keyturn.anyone.send(document, variables));
      // One of these made an account whose password is the text: a login over the session would end it.
      if (!at.startsWith("login.")) expectNoFault(at, await administrator.client.send(document, variables));
    }
    await goesOn();
  });

  it.each(TEXTS)("is no fault where it would be kept: %s", async (_what, text) => {
    const { client } = administrator;
    for (const [name, input] of kept(text)) expectNoFault(name, await client.send(mutation(name), { input }));
    for (const [name, input] of keptOfOneself(text))
      expectNoFault(name, await ann.client.send(mutation(name), { input }));
    await goesOn();
  });

  it.each(TEXTS)("is no fault in a password sent with a request: %s", async (_what, text) => {
    for (const headers of [basic(text, text), basic("ann", text), basic(text, ann.password)])
      for (const client of [keyturn.anyone.with(headers), keyturn.anyone.with(cybozu(headers))])
        expectNoFault("a header", await client.send("{ viewer { id } }"));
    await goesOn();
  });

  it("is no fault in a document, in a name of an operation or in a variable that nobody asked for", async () => {
    for (const [, text] of TEXTS) {
      const quoted = JSON.stringify(text);
      const document = `{ account(id: ${quoted}) { id } }`;
      expectNoFault("a document", await keyturn.anyone.send(document));
      expectNoFault("a raw document", await keyturn.anyone.send(text));
      expectNoFault("a variable", await keyturn.anyone.send("{ viewer { id } }", { [text]: text }));
    }
    await goesOn();
  });

  it("left no fault in the log, and no mail that went astray", async () => {
    await keyturn.settle();
    expect(keyturn.logged()).not.toMatch(/"msg":"(a fault|work in the background failed)"/);
    const astray = keyturn.mailbox.received.filter(({ to }) => to.includes("eve"));
    expect(astray).toEqual([]);
  });

  async function goesOn(): Promise<void> {
    const { viewer } = await administrator.client.query("{ viewer { loginName } }");
    expect(viewer.loginName).toBe("admin");
  }
  const kept = (text: string): (readonly [string, object])[] => [
    ["createAccount", { loginName: `new${text}`, displayName: "New" }],
    ["createAccount", { loginName: "new", displayName: text, emailAddress: `a${text}@example.com` }],
    ["createAccount", { loginName: `bot${text.length}`, displayName: `Bot${text}`, kind: "SERVICE" }],
    ["createAccount", { loginName: "other", displayName: "Other", password: `${text}quiet-harbor-7` }],
    ["resetTwoFactor", { accountId: ann.id, reason: `Lost${text}` }],
  ];
  const keptOfOneself = (text: string): (readonly [string, object])[] => [
    ["updateProfile", { displayName: `Ann${text}` }],
    ["updateProfile", { locale: text }],
    ["createApiToken", { name: `Script${text}`, scopes: ["account:read"] }],
    ["createApiToken", { name: "Script", scopes: [text] }],
    ["enrollTwoFactor", { name: `Telephone${text}` }],
    ["changeEmailAddress", { emailAddress: `ann${text}@example.com` }],
    ["requestPasswordReset", { loginName: `ann${text}` }],
    ["requestPasswordReset", { emailAddress: `ann${text}@example.com` }],
  ];
});

/** The first administrator with two-factor on, whose proof is fresh. */
async function logInWithCodeAgain(keyturn: Keyturn): Promise<ProtectedPerson> {
  const person = await protectAdministrator(keyturn);
  return { ...person, ...(await logInWithCode(keyturn, person)) };
}

function cybozu({ authorization = "" }: Record<string, string>): Record<string, string> {
  return { "x-cybozu-authorization": authorization.replace("Basic ", "") };
}

function expectNoFault(at: string, { status, text }: Answer): void {
  expect([at, status < 500, text]).toEqual([at, true, expect.not.stringMatching(/INTERNAL|UNAVAILABLE/)]);
}

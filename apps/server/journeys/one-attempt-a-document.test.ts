import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { basic } from "./stage/client.js";
import { changeRows, countComparisons, countersOf } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator, type Person } from "./stage/people.js";

const WRONG = `(input: { loginName: "ann", password: "wrong-password" })`;
const LOGIN = `login${WRONG} { __typename }`;

/** Documents that would be two attempts, and how each hides it. */
const DOUBLE: Record<string, string> = {
  aliases: `mutation { a: ${LOGIN} b: ${LOGIN} }`,
  "many aliases": `mutation { ${Array.from({ length: 15 }, (_, index) => `a${index}: ${LOGIN}`).join(" ")} }`,
  fragments: `mutation { ...A ...B } fragment A on Mutation { a: ${LOGIN} } fragment B on Mutation { b: ${LOGIN} }`,
  "a fragment in a fragment": `mutation { ...A } fragment A on Mutation { a: ${LOGIN} ...B } fragment B on Mutation { ${LOGIN} }`,
  "inline fragments": `mutation { ... { a: ${LOGIN} } ... on Mutation { ... { b: ${LOGIN} } } }`,
  "@include": `mutation { a: ${LOGIN} b: login${WRONG} @include(if: true) { __typename } }`,
  "@skip": `mutation { a: ${LOGIN} ... @skip(if: false) { b: ${LOGIN} } }`,
  "the default of a variable": `mutation($on: Boolean = true) { a: ${LOGIN} ... @include(if: $on) { b: ${LOGIN} } }`,
  "another attempt": `mutation { ${LOGIN} stepUp(input: { password: "wrong-password" }) { __typename } }`,
  "the logout": `mutation { logout { __typename } ${LOGIN} }`,
  "another mutation": `mutation { ${LOGIN} requestPasswordReset(input: { loginName: "ann" }) { __typename } }`,
  "another mutation before it": `mutation { updateProfile(input: {}) { __typename } ${LOGIN} }`,
  __typename: `mutation { __typename ${LOGIN} }`,
  "__typename by an alias in a fragment": `mutation { ${LOGIN} ...A } fragment A on Mutation { x: __typename }`,
};

describeOnBoth("a document", (kind) => {
  let keyturn: Keyturn;
  let ann: Person;
  let session: LoggedInPerson;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    ann = await createPerson(await logInAdministrator(keyturn), "ann");
    session = await logIn(keyturn, ann);
  });
  afterAll(() => keyturn.close());
  beforeEach(() => changeRows(keyturn, "UPDATE accounts SET failed_attempts = 0"));

  const refusedWhole = async (query: string, variables: object = {}, headers = {}): Promise<void> => {
    const compared = countComparisons(keyturn);
    const { status, body } = await session.client.send(query, variables, headers);
    expect([status, body.data, body.errors?.[0].extensions.code], query).toEqual([
      400,
      undefined,
      "BAD_USER_INPUT",
    ]);
    expect(compared.passwords()).toBe(0);
    expect((await countersOf(keyturn, "ann")).failed).toBe(0);
  };

  it.each(Object.entries(DOUBLE))("is refused whole where an attempt stands beside %s", (_name, query) =>
    refusedWhole(query),
  );

  it("is refused whole where a variable includes a second attempt", async () => {
    const query = `mutation($on: Boolean!, $off: Boolean = true) { a: ${LOGIN} ... @skip(if: $off) { b: ${LOGIN} } ... @include(if: $on) { c: ${LOGIN} } }`;
    await refusedWhole(query, { on: true });
    await refusedWhole(query, { on: false, off: false });
    await refusedWhole(query, { on: "yes" });
    await refusedWhole(`mutation($off: Boolean = true) { a: ${LOGIN} ... @skip(if: $off) { b: ${LOGIN} } }`, {
      off: null,
    });
  });

  it("counts no attempt that @skip or @include leaves out", async () => {
    const query = `mutation($on: Boolean = false) { a: ${LOGIN} ... @include(if: $on) { b: ${LOGIN} } ...C @skip(if: true) } fragment C on Mutation { __typename c: ${LOGIN} }`;
    const { status, body } = await keyturn.anyone.send(query);
    expect([status, body.data]).toEqual([200, { a: { __typename: "InvalidLogin" } }]);
    expect((await countersOf(keyturn, "ann")).failed).toBe(1);
  });

  it("counts a fragment once that is spread a million times, and at once", async () => {
    const spread = (name: string): string => `...${name} `.repeat(100);
    const query = `mutation { ${spread("A")} } fragment A on Mutation { ${spread("B")} } fragment B on Mutation { ${spread("C")} } fragment C on Mutation { ${LOGIN} }`;
    const { status, body } = await keyturn.anyone.send(query);
    expect([status, body.data]).toEqual([200, { login: { __typename: "InvalidLogin" } }]);
    expect((await countersOf(keyturn, "ann")).failed).toBe(1);
  });

  it("runs without any attempt where all are left out", async () => {
    const { status, body } = await keyturn.anyone.send(
      `mutation { __typename ... @include(if: false) { ${LOGIN} } }`,
    );
    expect([status, body.data]).toEqual([200, { __typename: "Mutation" }]);
  });

  it("with two operations makes the attempt of the one that is asked for", async () => {
    const query = `mutation A { ${LOGIN} } mutation B { ${LOGIN} }`;
    const send = (operationName?: string) =>
      fetch(`${keyturn.address}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query, operationName }),
      });
    expect((await send("A")).status).toBe(200);
    expect((await countersOf(keyturn, "ann")).failed).toBe(1);
    for (const name of [undefined, "C"]) {
      const answer = await send(name);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('"code"')]);
    }
    expect((await countersOf(keyturn, "ann")).failed).toBe(1);
  });

  it("is one document: a batch of them is refused", async () => {
    const { status, text } = await fetch(`${keyturn.address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ query: `mutation { ${LOGIN} }` }, { query: `mutation { ${LOGIN} }` }]),
    }).then(async (answer) => ({ status: answer.status, text: await answer.text() }));
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([400, expect.any(String)]);
    expect((await countersOf(keyturn, "ann")).failed).toBe(0);
  });

  it("is refused whole where its attempt came with a password that the request carries", async () => {
    const encoded = Buffer.from(`ann:${ann.password}`).toString("base64");
    const carriers = [
      basic("ann", ann.password),
      basic("ann", "wrong-password"),
      { "x-cybozu-authorization": encoded },
    ];
    for (const headers of carriers) {
      await refusedWhole(`mutation { ${LOGIN} }`, {}, headers);
      await refusedWhole("mutation { logout { __typename } }", {}, headers);
      const proof = `{ verificationCode: "123456" }`;
      await refusedWhole(
        `mutation { completeLogin(input: { challenge: "x", proof: ${proof} }) { __typename } }`,
        {},
        headers,
      );
      await refusedWhole(
        `mutation { resetPassword(input: { token: "x", newPassword: "copper-window-drift" }) { __typename } }`,
        {},
        headers,
      );
    }
    expect((await session.client.send("{ viewer { id } }")).status).toBe(200);
  });

  it("names the field that must stand alone, in the caller's language", async () => {
    const query = `mutation { __typename ${LOGIN} }`;
    const { body } = await keyturn.anyone.send(query);
    expect(body.errors[0]).toMatchObject({
      message: "login must be the only field at the root of its document.",
      extensions: { path: ["login"] },
    });
    const inJapanese = await keyturn.anyone.with({ "accept-language": "ja" }).send(query);
    expect(inJapanese.body.errors[0].message).toMatch(/\p{Script=Hiragana}/u);
  });
});

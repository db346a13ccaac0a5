import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { getIntrospectionQuery, graphqlSync, Kind, parse, validate } from "graphql";
import { describe, expect, it, test } from "vitest";
import "reflect-metadata";
import { tabs } from "../../../playground/src/tabs.js";
import { BadInput } from "../platform/problem.js";
import { resolvers } from "../rooms.js";
import { MAXIMUM_ANSWER, refuseLongAnswer } from "./answer-size.js";
import { buildSchema } from "./schema.js";

const schema = buildSchema(resolvers);

/** The rule that a document breaks; null: it breaks none. */
function brokenRule(text: string, variables: Record<string, unknown> = {}): string | null {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error("no operation");
  try {
    refuseLongAnswer({ schema, document, operation, variables });
    return null;
  } catch (error) {
    if (error instanceof BadInput) return error.rule.rule;
    throw error;
  }
}

const aliases = (field: string): string =>
  Array.from({ length: 15 }, (_, index) => `a${index}: ${field}`).join(" ");
const TYPED = "name description isDeprecated type { name kind ofType { name kind ofType { name } } }";
const EVERYTHING = "types { name description fields { name description args { name description } } }";

test("the whole schema is answered, as tools ask for it", () => {
  const everything = {
    ...{ descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true },
    ...{ inputValueDeprecation: true, oneOf: true },
  };
  expect(brokenRule(getIntrospectionQuery())).toBeNull();
  expect(brokenRule(getIntrospectionQuery(everything))).toBeNull();
});

test("whatever the pages and the playground ask is answered, with the largest pages", () => {
  const generated = new URL("../../../web/src/generated/", import.meta.url);
  const files = readdirSync(generated).map((file) => readFileSync(new URL(file, generated), "utf8"));
  const ofPages = files.flatMap((text) => [...text.matchAll(/^export const \w+ = (".*") as /gm)]);
  const documents = [
    ...ofPages.map(([, text = ""]) => JSON.parse(text) as string),
    ...tabs.map(({ query }) => query),
  ];
  expect(documents.length).toBeGreaterThan(30);
  for (const text of documents) expect(brokenRule(text, { first: 100 }), text).toBeNull();
});

describe("introspection", () => {
  it.each([
    ["by aliases", `{ ${aliases("__schema { queryType { name } }")} }`],
    [
      "by aliases of a fragment",
      `{ ${aliases("__schema { ...F }")} } fragment F on __Schema { ${EVERYTHING} }`,
    ],
    [
      "in a fragment",
      "{ __schema { queryType { name } } ...F } fragment F on Query { b: __schema { types { name } } }",
    ],
    [
      "in a fragment in a fragment",
      '{ ...F ...G } fragment F on Query { ...H } fragment G on Query { b: __type(name: "ID") { name } } fragment H on Query { __type(name: "ID") { name } }',
    ],
    [
      "behind a directive",
      "{ __schema { queryType { name } } ... @skip(if: true) { b: __schema { queryType { name } } } }",
    ],
  ])("is refused where it is asked for twice %s", (_how, text) => {
    expect(brokenRule(text)).toBe("introspectionOnce");
  });

  it("is answered where schema and type are asked for once each", () => {
    expect(
      brokenRule('{ __schema { queryType { name } } __type(name: "Account") { fields { name } } }'),
    ).toBeNull();
  });

  it.each([
    ["fields by aliases", `{ __schema { types { ${aliases(`fields { ${TYPED} }`)} } } }`],
    [
      "descriptions by aliases",
      `{ __schema { types { fields { ${aliases("type { name kind description fields { name description } }")} } } } }`,
    ],
    ["a long alias", `{ __schema { types { ${"a".repeat(50_000)}: name } } }`],
    [
      "fragments that double",
      `{ __schema { types { ...A } } } fragment A on __Type { a: fields { ...B } b: fields { ...B } } fragment B on __Field { a: type { ...C } b: type { ...C } } fragment C on __Type { ofType { a: fields { ${TYPED} } b: fields { ${TYPED} } } }`,
    ],
  ])("is refused where its answer would be too long: %s", (_how, text) => {
    expect(brokenRule(text)).toBe("answerTooLong");
  });

  it("is measured by no less than what it answers, whatever is asked", () => {
    const leaf = fc.constantFrom("name", "description", "kind", "__typename");
    const { type } = fc.letrec<{ type: string }>((tie) => ({
      type: fc.oneof(
        { maxDepth: 4, depthSize: "medium" },
        leaf,
        fc.tuple(leaf, tie("type")).map(([a, b]) => `${a} ofType { ${b} }`),
        fc.tuple(leaf, tie("type")).map(([a, b]) => `b: ${a} fields { name description type { ${b} } }`),
        tie("type").map((a) => `c: fields(includeDeprecated: true) { args { name type { ${a} } } }`),
        tie("type").map((a) => `possibleTypes { ${a} } enumValues { name description }`),
      ),
    }));
    fc.assert(
      fc.property(type, (selection) => {
        const text = `{ __schema { types { ${selection} } } }`;
        if (validate(schema, parse(text)).length > 0 || brokenRule(text) !== null) return;
        const answered = JSON.stringify(graphqlSync({ schema, source: text }).data);
        expect(answered.length).toBeLessThanOrEqual(MAXIMUM_ANSWER * 2);
      }),
      { numRuns: 60 },
    );
  });
});

describe("an ordinary answer", () => {
  const ACCOUNT = "id loginName displayName emailAddress role status kind locale createdAt lastLoginAt";

  it.each([
    [
      "a page of a hundred",
      "query($first: Int) { accounts(first: $first) { nodes { ID } } }",
      { first: 100 },
    ],
    [
      "a page of the usual size",
      "{ accounts { edges { cursor node { ID } } pageInfo { hasNextPage } } }",
      {},
    ],
  ])("is not refused for %s", (_how, text, variables) => {
    expect(brokenRule(text.replace("ID", ACCOUNT), variables)).toBeNull();
  });

  it.each([
    ["pages by aliases", `{ ${aliases(`accounts(first: 100) { nodes { ${ACCOUNT} } }`)} }`, {}],
    [
      "sizes by a variable",
      `query($n: Int) { ${aliases(`accounts(first: $n) { nodes { ${ACCOUNT} } }`)} }`,
      { n: 100 },
    ],
    [
      "sizes that are no sizes",
      `query($n: Int) { ${aliases(`accounts(first: $n) { nodes { ${ACCOUNT} } }`)} }`,
      { n: "all" },
    ],
    [
      "lists within lists",
      "{ oauthClients(first: 100) { nodes { allowedAccounts(first: 100) { nodes { id loginName } } } } }",
      {},
    ],
  ])("is refused for %s", (_how, text, variables) => {
    expect(brokenRule(text, variables)).toBe("answerTooLong");
  });
});

import { buildSchema, GraphQLError, getVariableValues, Kind, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { withoutValues } from "./without-values.js";

const schema = buildSchema(`
  enum Role { USER ADMINISTRATOR }
  input Proof @oneOf { code: String token: String }
  input Login { name: String! password: String! age: Int sure: Boolean role: Role proof: Proof id: ID weight: Float }
  type Query { login(input: Login): String }
`);
const SECRET = 's3cret at "input.password"; hunter2';
const QUERY = "query($input: Login) { login(input: $input) }";

function saidOfVariables(input: unknown): string[] {
  const [operation] = parse(QUERY).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("no operation");
  const { errors = [] } = getVariableValues(schema, operation.variableDefinitions ?? [], { input });
  return errors.map((error) => withoutValues(error, error.message));
}

function saidOfDocument(input: string): string[] {
  const errors = validate(schema, parse(`{ login(input: ${input}) }`));
  return errors.map((error) => withoutValues(error, error.message));
}

describe("what graphql says of variables, without their values", () => {
  test.each([
    [
      { name: SECRET, password: [SECRET] },
      ' at "input.password"; String cannot represent a non string value.',
    ],
    [
      { name: SECRET, password: { a: SECRET } },
      ' at "input.password"; String cannot represent a non string value.',
    ],
    [{ name: SECRET }, '; Field "password" of required type "String!" was not provided.'],
    [SECRET, '; Expected type "Login" to be an object.'],
    [[SECRET], '; Expected type "Login" to be an object.'],
    [
      { name: "a", password: null },
      ' at "input.password"; Expected non-nullable type "String!" not to be null.',
    ],
    [{ ...ok(), age: SECRET }, ' at "input.age"; Int cannot represent non-integer value.'],
    [{ ...ok(), age: 1e12 }, ' at "input.age"; Int cannot represent non 32-bit signed integer value.'],
    [{ ...ok(), weight: SECRET }, ' at "input.weight"; Float cannot represent non numeric value.'],
    [{ ...ok(), sure: SECRET }, ' at "input.sure"; Boolean cannot represent a non boolean value.'],
    [{ ...ok(), id: [SECRET] }, ' at "input.id"; ID cannot represent value.'],
    [{ ...ok(), role: SECRET }, ' at "input.role"; The value does not exist in "Role" enum.'],
    [{ ...ok(), role: 123456 }, ' at "input.role"; Enum "Role" cannot represent non-string value.'],
    [{ ...ok(), unheardOf: SECRET }, '; Field "unheardOf" is not defined by type "Login".'],
    [
      { ...ok(), proof: { code: SECRET, token: SECRET } },
      ' at "input.proof"; Exactly one key must be specified for OneOf type "Proof".',
    ],
  ])("names the place and the type: %j", (input, expected) => {
    const said = saidOfVariables(input);
    expect(said).toContain(`Variable "$input" got invalid value${expected}`);
    expect(said.join()).not.toMatch(/hunter2|123456|s3cret/);
  });

  test("says no more than that where the reason is not known", () => {
    const message = `Variable "$input" got invalid value "${SECRET}"; hunter2`;
    expect(withoutValues(new GraphQLError(message), message)).toBe('Variable "$input" got invalid value.');
  });
});

describe("what graphql says of a document, without its values", () => {
  test.each([
    [`{ name: "a", password: ["${"hunter2"}"] }`, "String cannot represent a non string value."],
    ['{ name: "a", password: hunter2 }', "String cannot represent a non string value."],
    ['{ name: "a", password: 123456 }', "String cannot represent a non string value."],
    ['{ name: "a", password: "b", role: hunter2 }', 'The value does not exist in "Role" enum.'],
    ['{ name: "a", password: "b", role: "hunter2" }', 'Enum "Role" cannot represent non-enum value.'],
    ['{ name: "a", password: "b", age: "hunter2" }', "Int cannot represent non-integer value."],
    ['"hunter2"', 'Expected value of type "Login".'],
  ])("names the type: %s", (input, expected) => {
    const said = saidOfDocument(input);
    expect(said).toContain(expected);
    expect(said.join()).not.toMatch(/hunter2|123456/);
  });

  test.each([
    ['{ login(input: { password "hunter2" }) }', 'Syntax Error: Expected ":", found String'],
    ["{ login(input: { password: a }) 'hunter2' }", "Syntax Error"],
    ['{ "hunter2" }', "Syntax Error: Expected Name, found String"],
    ["{ login(input: { password: hunter 2 }) }", "Syntax Error: Expected Name, found Int"],
    ['{ a } """ hunter2 """ 12', "Syntax Error: Unexpected Int"],
    ['{ a } "hunter2', "Syntax Error: Unterminated string."],
  ])("says what kind of token was in the way: %s", (text, expected) => {
    const message = messageOf(() => parse(text));
    const said = withoutValues(new GraphQLError(message), message);
    expect(said.startsWith(expected), said).toBe(true);
    expect(said).not.toMatch(/hunter2|"12|"2/);
  });

  test("leaves names as they are", () => {
    const message = 'Cannot query field "password" on type "Query".';
    expect(withoutValues(new GraphQLError(message), message)).toBe(message);
  });
});

/** What takes time in proportion to the square of this does not end within the test. */
const LONG = 500_000;

test.each([
  " cannot represent ",
  ' at "',
  'Value "',
  '" does not exist in',
  'Name "',
  'Expected value of type "',
])(
  "takes values out of a text that repeats %j",
  (part) => {
    const text = part.repeat(LONG / part.length);
    for (const start of [
      "",
      "Syntax Error: ",
      'Value "',
      'Variable "$input" got invalid value "',
      'Argument "a" ',
    ])
      expect(withoutValues(new GraphQLError("any"), start + text).length).toBeLessThanOrEqual(LONG + 100);
  },
  5_000,
);

function ok(): object {
  return { name: "a", password: "b" };
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it parses");
}

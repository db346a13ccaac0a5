import "reflect-metadata";
import { getVariableValues, Kind, type OperationDefinitionNode, parse, validate } from "graphql";
import { expect, it } from "vitest";
import { tabs } from "../../playground/src/tabs.js";
import { buildSchema } from "../src/http/schema.js";
import { resolvers } from "../src/rooms.js";

const schema = buildSchema(resolvers);
const operations = tabs.map((tab) => {
  const document = parse(tab.query);
  const [operation] = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error(`no operation: ${tab.query}`);
  return { name: operation.name?.value ?? "", document, operation, variables: tab.variables };
});

it("has a tab for each thing that an administrator does most", () => {
  expect(operations.map(({ name }) => name)).toEqual([
    ...["FindAccounts", "FindAccount", "ResetTwoFactor", "PendingResets", "ApproveReset", "UnlockAccount"],
    ...["SecurityPolicy", "PreviewPolicy", "UpdatePolicy", "AuditEvents"],
  ]);
});

it.each(operations)(
  "$name is valid against the schema, and the only operation of its tab",
  ({ document }) => {
    expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
    expect(document.definitions).toHaveLength(1);
  },
);

it.each(operations)("$name has variables of the right form", ({ operation, variables }) => {
  const { errors } = getVariableValues(schema, variablesOf(operation), JSON.parse(variables));
  expect(errors).toBeUndefined();
});

function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode): typeof variableDefinitions {
  return variableDefinitions;
}

import { type GraphQLSchema, isInputObjectType } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { built, compareWithContract, contract, type Differences } from "./contract.js";
import { BEYOND_THE_CONTRACT, STILL_TO_COME } from "./still-to-come.js";

const without = (names: readonly string[], others: readonly string[]): string[] =>
  names.filter((name) => !others.includes(name));

describe("the schema that is built, beside the contract", () => {
  let differences: Differences;
  beforeAll(async () => {
    differences = await compareWithContract();
  });

  test("has the contract's names, types, nullability, defaults and directives wherever it is built", () => {
    expect(differences.deviations).toEqual([]);
  });

  test("misses nothing of the contract but what is listed as still to come", () => {
    expect(without(differences.missing, STILL_TO_COME)).toEqual([]);
  });

  test("has nothing that is still listed as to come", () => {
    expect(without(STILL_TO_COME, differences.missing)).toEqual([]);
  });

  test("adds to the contract what is listed as an addition, and nothing else", () => {
    expect(differences.added).toEqual([...BEYOND_THE_CONTRACT].sort());
  });

  test("enforces @oneOf on the inputs that the contract marks so, and on no others", () => {
    const oneOfs = (schema: GraphQLSchema): string[] =>
      Object.values(schema.getTypeMap())
        .filter((type) => isInputObjectType(type) && type.isOneOf)
        .map(({ name }) => name)
        .sort();
    expect(oneOfs(contract).length).toBeGreaterThan(0);
    expect(oneOfs(built)).toEqual(without(oneOfs(contract), STILL_TO_COME));
  });
});

import { createUnionType } from "type-graphql";

type ObjectClass = new () => object;

/** Makes the union that a mutation returns; each of its values names its type as `__typename`. */
export function resultUnion(name: string, types: readonly ObjectClass[]): object {
  return createUnionType({
    name,
    types: () => types as unknown as readonly [ObjectClass],
    resolveType: (value: object) => (value as { __typename: string }).__typename,
  }) as unknown as object;
}
